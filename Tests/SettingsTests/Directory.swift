import Foundation
import Model
import TestSupport

@testable import Settings

/// A configuration directory made of the good one in `Cases/base.good` and what a test lays over it.
struct Directory {
    static let cases = repository("Tests/SettingsTests/Cases")

    let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        try lay(over: "base.good")
    }

    /// Copies a case's files over those that are there; `NAME.missing` takes NAME away.
    func lay(over name: String) throws {
        let top = "\(Directory.cases)/\(name)"
        let files = FileManager.default.enumerator(atPath: top)
        while let file = files?.nextObject() as? String {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: "\(top)/\(file)", isDirectory: &isFolder), !isFolder.boolValue, file != "expected.txt" else {
                continue
            }
            let isAbsence = file.hasSuffix(".missing")
            let target = directory.file(isAbsence ? String(file.dropLast(".missing".count)) : file)
            if FileManager.default.fileExists(atPath: target) { try FileManager.default.removeItem(atPath: target) }
            if !isAbsence { try directory.copy("\(top)/\(file)", to: directoryName(target)) }
        }
    }

    private func directoryName(_ target: String) -> String { String(target.dropFirst(directory.path.count + 1)) }

    func write(_ text: String, to file: String) throws { try directory.write(text, to: file) }

    func core() -> (core: CoreSettings?, problems: [String]) {
        let problems = ProblemList()
        let core = SettingsFiles.core(in: directory.path, problems: problems)
        return (core, problems.problems.map(\.description))
    }

    /// Every problem of the directory. The kinds' own keys are only those of `base`, since Settings knows no kind.
    func problems() -> [String] {
        let problems = ProblemList()
        _ = SettingsFiles.core(in: directory.path, problems: problems)
        for (_, reader) in SettingsFiles.sources(in: directory.path, problems: problems) {
            _ = reader.reader("request")
            _ = reader.reader("answer")
            reader.finish()
        }
        for (_, _, reader) in SettingsFiles.rules(in: directory.path, problems: problems) {
            _ = reader.strings("indicators")
            reader.finish()
        }
        _ = SettingsFiles.templates(in: directory.path, language: .vietnamese, problems: problems)
        return problems.problems.map(\.description)
    }
}
