import Assembly
import Control
import Foundation
import Logging
import Model
import ServiceLifecycle
import Settings
import Store

/// Makes a backup whenever the schedule says so, and lets go of those that the rotation no longer keeps.
struct ScheduledBackups: Service {
    let live: LiveConfiguration
    let store: Store
    /// Rung by a reload, which may have changed the schedule.
    let bell: Bell
    let time: TimeSource
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                // Without settings, or with a schedule that never comes, there is only a reload to wait for.
                let later = time.now() + .seconds(3600)
                let next = live.current.configuration.core.province.backup?.schedule.next(after: time.now())
                await bell.wait(until: min(next ?? later, later), by: time)
                guard !Task.isCancelled, let next, next <= time.now(), let settings = live.current.configuration.core.province.backup else {
                    continue
                }
                await make(settings, at: time.now())
            }
        }
    }

    /// One backup; a failure is a finding, and nothing older is let go then.
    private func make(_ settings: BackupSettings, at now: Instant) async {
        do {
            let made = try await store.reading { [settings] store throws(StoreError) in
                Result { () throws(Failure) in try ScheduledBackups.make(settings, of: store, at: now) }
            }.get()
            logger.info("backup made", metadata: ["file": "\(made.file)", "bytes": "\(made.summary.bytes)"])
        } catch {
            let text = (error as? Failure)?.message ?? "\(error)"
            logger.error("backup failed", metadata: ["error": "\(text)"])
            let finding = Finding(.backupFailed, place: settings.directory, found: String(text.prefix(200)))
            do throws(StoreError) { try await store.note(findings: [finding], at: now) } catch {
                logger.error("the finding could not be stored", metadata: ["error": "\(error)"])
            }
        }
    }

    private static func make(_ settings: BackupSettings, of store: Store, at now: Instant) throws(Failure) -> BackupMaker.Made {
        let files = FileManager.default
        let file = settings.directory + "/" + BackupRotation.name(at: now)
        do { try files.createDirectory(atPath: settings.directory, withIntermediateDirectories: true) } catch {
            throw Failure(.failed, "\(settings.directory) cannot be made: \(error.localizedDescription)")
        }
        let made = try BackupMaker(recipient: settings.ageRecipient).make(file, of: store, replaces: true)
        do {
            for name in settings.rotation.outdated(among: try files.contentsOfDirectory(atPath: settings.directory)) {
                try files.removeItem(atPath: settings.directory + "/" + name)
            }
        } catch {
            throw Failure(.failed, "the backup is made, but older ones could not be removed: \(error.localizedDescription)")
        }
        return made
    }
}
