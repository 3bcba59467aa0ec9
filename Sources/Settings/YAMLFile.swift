import Foundation
import Yams

/// Reads one file of a configuration directory as far as its top-level mapping.
struct YAMLFile {
    let directory: String
    let problems: ProblemList
    /// Texts that stand in for files of the directory: what a change would make of them, checked before it is written.
    var replacements: [String: String] = [:]

    /// The mapping at the top of a file; nil with a problem when there is none.
    func reader(_ file: String) -> SettingsReader? {
        guard let text = text(file) else { return nil }
        let node: Node?
        do {
            node = try RepeatedKeys(file: file, problems: problems).compose(text)
        } catch let error as YamlError {
            problems.add(BrokenYAML(file: file, text: text).problem(error))
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

    /// The text of a file, without a byte-order mark; nil with a problem when it is missing, cannot be read or is not UTF-8.
    func text(_ file: String) -> String? {
        if let replacement = replacements[file] { return replacement }
        let path = "\(directory)/\(file)"
        guard let data = FileManager.default.contents(atPath: path) else {
            problems.add(Problem(file: file, message: YAMLFile.obstacle(at: path)))
            return nil
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            problems.add(YAMLFile.notUTF8(data, in: file))
            return nil
        }
        return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
    }

    /// The files with an ending below a folder, in order of name; empty when the folder is missing, and a problem when it cannot be listed.
    func names(in folder: String, ending: String) -> [String] { names(in: folder).filter { $0.hasSuffix(ending) } }

    /// All files of a folder that are not hidden; editors and LibreOffice keep hidden ones beside those that are open.
    func names(in folder: String) -> [String] {
        let path = folder == "." ? directory : "\(directory)/\(folder)"
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path).filter { !$0.hasPrefix(".") }.sorted()
        } catch CocoaError.fileReadNoSuchFile {
            // A missing folder is a configuration without such files.
            return []
        } catch {
            // Of one that cannot be listed nobody knows that: sources would seem to be gone, and agencies be urged for figures never asked for.
            problems.add(Problem(file: folder == "." ? directory : folder, message: YAMLFile.obstacle(at: path)))
            return []
        }
    }

    /// Why something could not be read, with what to do about it.
    private static func obstacle(at path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor < 0 else {
            close(descriptor)
            return obstacle(code: 0)
        }
        return obstacle(code: errno)
    }

    /// What an error number means for whoever reads a configuration.
    static func obstacle(code: Int32) -> String {
        switch code {
        case ENOENT: "is missing; the sample in the documentation's config folder shows what it holds"
        case EACCES: "may not be read by this user; join the group dondoc or use sudo. The daemon reads it as the group dondoc (chgrp -R dondoc)"
        default: "cannot be read"
        }
    }

    /// The place of the first byte that is not UTF-8.
    private static func notUTF8(_ data: Data, in file: String) -> Problem {
        let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let number = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
        var good = ""
        for length in 1...max(1, lines[number].count) {
            // A prefix that ends within a character is not UTF-8 either, so the longest good one is looked for.
            if let prefix = String(validating: lines[number].prefix(length), as: UTF8.self) { good = prefix }
        }
        return Problem(
            file: file, line: number + 1, column: good.unicodeScalars.count + 1,
            message: "is not UTF-8 here; save the file as UTF-8 (in LibreOffice: Save As, Edit filter settings, Unicode (UTF-8))")
    }
}

/// Says where and why a text is not YAML, and what to do about the usual slips.
struct BrokenYAML {
    let file: String
    let text: String

    /// The problem at the place that Yams or the text itself gives.
    func problem(_ error: YamlError) -> Problem {
        switch error {
        case .scanner(let context?, "found unexpected end of stream", _, _):
            let mark = context.mark
            return Problem(file: file, line: mark.line, column: mark.column, message: "is not YAML here: a quote is opened and never closed")
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _):
            return Problem(file: file, line: mark.line, column: mark.column, message: "is not YAML here: \(problem)\(remedy(problem, at: mark))")
        case .composer(_, "but found another document", let mark, _):
            return Problem(
                file: file, line: mark.line, column: mark.column, message: "a second document begins here; a file holds one, so take '---' away")
        case .composer(_, let problem, let mark, _):
            return Problem(file: file, line: mark.line, column: mark.column, message: "is not YAML here: \(problem)")
        case .duplicatedKeysInMapping(let keys, let context):
            return Problem(
                file: file, line: context.mark.line, column: context.mark.column,
                message: "the key '\(keys.sorted().joined(separator: "', '"))' stands twice in this mapping; keep one of them")
        case .reader(let problem, let offset, _, _):
            let before = String(decoding: Array(text.utf8).prefix(offset ?? 0), as: UTF8.self)
            let line = before.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
            return Problem(file: file, line: line.count, column: (line.last?.count ?? 0) + 1, message: "is not YAML here: \(problem)")
        default:
            return Problem(file: file, message: "cannot be read as YAML")
        }
    }

    private func remedy(_ problem: String, at mark: Mark) -> String {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let line = lines.indices.contains(mark.line - 1) ? lines[mark.line - 1] : ""
        if line.prefix(while: { $0 == " " || $0 == "\t" }).contains("\t") { return "; indent with spaces, not with tabs" }
        switch problem {
        case "mapping values are not allowed in this context":
            return "; put quotes around a text that holds ': ', or mend the indentation"
        case "did not find expected key", "did not find expected '-' indicator":
            return "; the lines of one block must begin in the same column"
        case "found character that cannot start any token":
            return "; put quotes around a text that begins with a special character"
        default: return ""
        }
    }
}
