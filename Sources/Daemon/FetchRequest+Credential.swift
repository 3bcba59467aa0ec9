import Settings
import Transport

extension FetchRequest.Credential {
    /// Reads what the settings name, anew for each request, so that a changed secret needs no reload.
    init(_ settings: RemoteWriteSettings.Credential) throws(Secret.FileError) {
        switch settings {
        case .none: self = .none
        case .bearer(let file): self = .bearer(try Secret(firstLineOf: file))
        case .basic(let user, let file): self = .basic(user: user, password: try Secret(firstLineOf: file))
        }
    }
}
