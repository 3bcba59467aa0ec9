import Foundation
import NIOSSL
import Settings

/// Certificate, key and CA files made into what connections are encrypted with.
enum TLSMaterial {
    static func context(_ files: PushTLSSettings) throws(ReceiverError) -> NIOSSLContext {
        for file in [files.certificate, files.key, files.clientCA].compactMap({ $0 }) { try requireReadable(file) }
        try checkPermissions(of: files.key)
        let chain: [NIOSSLCertificate]
        do { chain = try NIOSSLCertificate.fromPEMFile(files.certificate) } catch { throw .unusable(file: files.certificate, "\(error)") }
        let key: NIOSSLPrivateKey
        do { key = try NIOSSLPrivateKey(file: files.key, format: .pem) } catch { throw .unusable(file: files.key, "\(error)") }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        if let authority = files.clientCA {
            do {
                let roots = try NIOSSLCertificate.fromPEMFile(authority)
                guard !roots.isEmpty else { throw ReceiverError.unusable(file: authority, "it holds no certificate") }
                configuration.trustRoots = .certificates(roots)
            } catch let error as ReceiverError {
                throw error
            } catch {
                throw .unusable(file: authority, "\(error)")
            }
            // A sender without a certificate shows a token; one with a certificate must have it signed by these.
            configuration.certificateVerification = .optionalVerification
        }
        do {
            return try NIOSSLContext(configuration: configuration)
        } catch NIOSSLError.failedToLoadPrivateKey {
            // Each has been read; what fails here is the pair.
            throw .foreignKey(file: files.key, certificate: files.certificate)
        } catch {
            throw .unusable(file: files.certificate, "\(error)")
        }
    }

    private static func requireReadable(_ file: String) throws(ReceiverError) {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor < 0 else {
            close(descriptor)
            return
        }
        throw errno == EACCES
            ? .forbidden(file: file) : errno == ENOENT ? .missing(file: file) : .unusable(file: file, String(cString: strerror(errno)))
    }

    /// A key that everybody on the machine may read is no secret.
    private static func checkPermissions(of file: String) throws(ReceiverError) {
        // Nil is reported as unreadable when the key is read.
        let attributes = try? FileManager.default.attributesOfItem(atPath: file)
        guard let mode = attributes?[.posixPermissions] as? Int, mode & 0o027 != 0 else { return }
        throw .keyOpenToOthers(file: file)
    }
}

extension PushTLSSettings {
    /// Reads the files as the listener does at a start, for whoever checks a configuration before it.
    ///
    /// - Throws: what the listener would say.
    public func check() throws(ReceiverError) {
        _ = try TLSMaterial.context(self)
    }
}

/// Why the listener cannot run.
public enum ReceiverError: Error, Hashable, Sendable, CustomStringConvertible {
    case missing(file: String)
    /// This user may not read it; the daemon's user perhaps may.
    case forbidden(file: String)
    /// A key that is not the certificate's.
    case foreignKey(file: String, certificate: String)
    case unusable(file: String, String)
    case keyOpenToOthers(file: String)
    /// systemd gave no socket of this name.
    case noSocket(name: String, found: [String])
    /// Without TLS on an address that others reach.
    case clear(address: String)

    /// The file that is to blame; nil when none is.
    public var file: String? {
        switch self {
        case .missing(let file), .forbidden(let file), .foreignKey(let file, _), .unusable(let file, _), .keyOpenToOthers(let file): file
        case .noSocket, .clear: nil
        }
    }

    public var description: String {
        switch self {
        case .missing(let file): "push.tls: \(file) is missing"
        case .forbidden(let file): "push.tls: \(file) may not be read by this user; the daemon reads it with chgrp dondoc and chmod 640"
        case .foreignKey(let file, let certificate):
            "push.tls: the key \(file) does not belong to the certificate \(certificate); give the key that it was issued for"
        case .unusable(let file, let problem): "push.tls: \(file) cannot be used: \(problem); it must be a PEM file"
        case .keyOpenToOthers(let file): "push.tls: the key \(file) may be read or written by others; chgrp dondoc and chmod 640 it"
        case .noSocket(let name, let found):
            "push.socket_activation: systemd handed over no socket named '\(name)', found "
                + (found.isEmpty ? "none" : found.joined(separator: ", "))
                + "; enable dondocd.socket with FileDescriptorName=\(name), or use 'address'"
        case .clear(let address):
            "push.socket_activation: the socket listens on \(address) without TLS; give 'push.tls' its certificate and key, or let the socket listen on 127.0.0.1"
        }
    }
}
