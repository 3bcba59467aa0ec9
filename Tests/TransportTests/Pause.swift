import Foundation

/// A wait on a scripted server's own thread, where the slowness itself is what is tested.
enum Pause {
    static func milliseconds(_ count: Int) { Thread.sleep(forTimeInterval: TimeInterval(count) / 1000) }
}
