import Control
import Model
import Settings

/// Takes a list of agencies into the register of a configuration directory: compared and checked as a whole first, written only on request.
public struct RegisterImporter: Sendable {
    /// The configuration directory.
    public let directory: String
    /// What would change.
    public let comparison: RegisterImport

    /// Reads and compares, and checks the configuration as it would be. Every problem is at its place in the list, where it comes from there.
    public static func prepare(
        agencies: RegisterImport.List, successions: RegisterImport.List?, closing: RegisterImport.Closing?, directory: String
    ) -> Result<RegisterImporter, ConfigurationProblems> {
        let problems = ProblemList()
        guard
            let comparison = RegisterImport(agencies: agencies, successions: successions, closing: closing, in: directory, problems: problems)
        else { return .failure(ConfigurationProblems(problems: problems.problems)) }
        return Configuration.load(directory, replacing: comparison.texts)
            .map { _ in RegisterImporter(directory: directory, comparison: comparison) }
            .mapError { found in ConfigurationProblems(problems: Set(found.problems.map(comparison.located)).sorted()) }
    }

    /// Writes the changed files; the former ones stay beside them under a name with `stamp`. All new texts are on disk before the first one takes
    /// its name, and agencies.csv takes it first: successions may name agencies that are new.
    ///
    /// - Returns: the paths of the former files.
    public func apply(stamp: String) throws(Failure) -> [String] {
        let changed = comparison.texts.sorted { $0.key < $1.key }.map { (file: ReplacedFile(path: "\(directory)/\($0.key)"), text: $0.value) }
        var former: [String] = []
        do throws(ReplacedFile.Trouble) {
            for (file, text) in changed { try file.prepare(text) }
            for (file, _) in changed {
                former.append(try file.replace(keepingFormerAs: "\(file.path).before-\(stamp)"))
            }
            return former
        } catch {
            for (file, _) in changed { file.discard() }
            let state = former.isEmpty ? "nothing was changed" : "changed already, and kept as they were: \(former.joined(separator: ", "))"
            throw Failure(.failed, "the register cannot be written: \(error); \(state)", hint: "run the command as a user who may write there")
        }
    }
}
