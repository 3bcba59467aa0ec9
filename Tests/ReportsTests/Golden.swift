import FoundationEssentials
import Testing

/// Files that tests compare with; UPDATE_GOLDEN=1 rewrites them, and the diff is reviewed.
enum Golden {
    static var isUpdating: Bool { ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" }

    static func url(_ relative: String, from file: String = #filePath) -> String {
        file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/") + "/" + relative
    }

    static func expect(_ text: String, matches name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let path = url("Golden/\(name)")
        if isUpdating { try Data(text.utf8).write(to: URL(filePath: path)) }
        let stored = try String(decoding: Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        #expect(text == stored, sourceLocation: sourceLocation)
    }
}
