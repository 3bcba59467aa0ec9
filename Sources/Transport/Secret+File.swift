import Foundation

extension Secret {
    /// A credential file that cannot be used, with what to do about it.
    public struct FileError: Error, Hashable, CustomStringConvertible {
        public let description: String
    }

    /// The first line of a credential file. One that others may write is refused: whoever can change it can read what we send with it.
    public init(firstLineOf file: String) throws(FileError) {
        let attributes = try? FileManager.default.attributesOfItem(atPath: file)  // Nil is reported as unreadable below.
        if let mode = attributes?[.posixPermissions] as? Int, mode & 0o022 != 0 {
            throw FileError(description: "the credential file \(file) may be written by others; chgrp dondoc and chmod 640 it")
        }
        guard let bytes = FileManager.default.contents(atPath: file) else {
            throw FileError(
                description:
                    "the credential file \(file) cannot be read; it must exist and be readable by the daemon's user: chgrp dondoc and chmod 640 it")
        }
        let line = String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }, as: UTF8.self)
        guard !line.isEmpty else { throw FileError(description: "the credential file \(file) is empty; its first line is the secret") }
        self.init(line)
    }
}
