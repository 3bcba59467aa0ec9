import Foundation
import Yams

/// Reads one file of a configuration directory as far as its top-level mapping.
struct YAMLFile {
    let directory: String
    let problems: ProblemList

    /// The mapping at the top of a file; nil with a problem when there is none.
    func reader(_ file: String) -> SettingsReader? {
        guard let text = text(file) else { return nil }
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            problems.add(YAMLFile.problem(error, in: file))
            return nil
        } catch {
            problems.add(Problem(file: file, message: "cannot be read as YAML: \(error)"))
            return nil
        }
        guard let mapping = node?.mapping else {
            problems.add(
                Problem(
                    file: file, line: node?.mark?.line ?? 1, column: node?.mark?.column ?? 1,
                    message: "expected a mapping of keys and values at the top"))
            return nil
        }
        return SettingsReader(mapping, file: file, problems: problems)
    }

    /// The text of a file; nil with a problem when it is missing, cannot be read or is not UTF-8.
    func text(_ file: String) -> String? {
        let path = "\(directory)/\(file)"
        guard let data = FileManager.default.contents(atPath: path) else {
            let exists = FileManager.default.fileExists(atPath: path)
            problems.add(
                Problem(
                    file: file,
                    message: exists
                        ? "cannot be read; the daemon's user needs read permission"
                        : "is missing; the sample in the documentation's config folder shows what it holds"))
            return nil
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            problems.add(
                Problem(file: file, message: "is not UTF-8; save it as UTF-8 (in LibreOffice: Save As, Edit filter settings, Unicode (UTF-8))"))
            return nil
        }
        return text
    }

    /// The files with an ending below a folder, in order of name; empty when the folder is missing.
    func names(in folder: String, ending: String) -> [String] {
        // A missing folder is a configuration without such files.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(directory)/\(folder)")) ?? []
        return names.filter { $0.hasSuffix(ending) && !$0.hasPrefix(".") }.sorted()
    }

    private static func problem(_ error: YamlError, in file: String) -> Problem {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
            return Problem(file: file, line: mark.line, column: mark.column, message: "is not YAML here: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            let mark = context.mark
            return Problem(
                file: file, line: mark.line, column: mark.column,
                message: "a mapping that begins here holds a key twice: \(duplicates.sorted().joined(separator: ", "))")
        default:
            return Problem(file: file, message: "cannot be read as YAML: \(error)")
        }
    }
}
