import Foundation
import Model
import Settings
import Testing
import Yams

@testable import Receiver

/// `docs/openapi.yaml` says what the routes do.
@Suite struct OpenAPITests {
    private let document: Node

    init() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/openapi.yaml")
        document = try #require(try Yams.compose(yaml: String(contentsOf: file, encoding: .utf8)))
    }

    /// A problem of each code; the compiler asks for a new one here when a case is added.
    static let problems: [PushProblem] = [
        .malformedRequest(.address), .malformedBody(LocalizedText(vietnamese: "dòng 1: x", english: "line 1: x")),
        .badParameter(name: "a", found: "b", expected: "c"),
        .notAuthenticated, .unknownToken, .unknownCertificate(subject: "CN=x"), .forbidden, .notFound, .noSuchDelivery("D1"),
        .methodNotAllowed(found: "PUT", allowed: ["GET", "HEAD"]), .timedOut(within: .seconds(10)), .lengthRequired, .bodyTooLarge(most: 1),
        .unpackedTooLarge(most: 1), .tooManyObservations(most: 1), .unsupportedMediaType(found: "a/b", expected: ["text/csv"]),
        .unsupportedCoding(found: "br", expected: ["identity", "gzip"]), .refused([]), .keyReused, .tooManyRequests(retryAfter: .seconds(1)),
        .tooManyFailedLogins(retryAfter: .seconds(1)), .headersTooLarge, .failed, .busy(retryAfter: .seconds(5)), .stopping, .full,
    ]

    private func methods(_ path: Node) -> [String] { path.mapping?.compactMap { $0.key.string?.uppercased() }.sorted() ?? [] }

    @Test func routesAndMethodsAreTheOnesThatAreAnswered() throws {
        let paths = try #require(document["paths"]?.mapping)
        let described = paths.map { path in
            "\(path.key.string ?? ""): \(methods(path.value))"
        }
        let answered = Route.catalogue.map { "\($0.template): \($0.methods.sorted())" }

        #expect(described.sorted() == answered.sorted())
        for entry in Route.catalogue {
            let route = try #require(Route(path: entry.template.replacing("{id}", with: "D1")))
            #expect(Array(route.methods.prefix(1)) == entry.methods)
        }
    }

    @Test func openRoutesAreTheOnesWithoutALogin() throws {
        for entry in Route.catalogue {
            let route = try #require(Route(path: entry.template.replacing("{id}", with: "D1")))
            let operation = try #require(document["paths"]?[entry.template]?[entry.methods[0].lowercased()])
            #expect((operation["security"]?.sequence?.isEmpty ?? false) == route.isOpen, "\(entry.template)")
        }
    }

    @Test func codesOfProblemsAreComplete() throws {
        let codes = document["components"]?["schemas"]?["Problem"]?["properties"]?["code"]?["enum"]?.sequence?.compactMap(\.string)

        #expect(codes == Self.problems.map(\.code))
        #expect(Set(Self.problems.map(\.code)).count == Self.problems.count)
    }

    @Test func codesOfRefusalsAreComplete() throws {
        let codes = document["components"]?["schemas"]?["Refusal"]?["properties"]?["code"]?["enum"]?.sequence?.compactMap(\.string)

        #expect(codes == PushRefusal.Code.allCases.map(\.rawValue))
    }

    @Test func typesOfBodiesAreTheOnesThatAreTaken() throws {
        for (path, route) in [("/v1/observations", Route.observations), ("/api/v1/write", .remoteWrite), ("/v1/metrics", .otlp)] {
            let content = document["paths"]?[path]?["post"]?["requestBody"]?["content"]?.mapping?.keys.compactMap(\.string)
            #expect(content?.sorted() == route.mediaTypes.sorted())
            #expect(route.mediaTypes.allSatisfy { route.format(mediaType: $0) != nil })
        }
    }

    @Test func statusOfEveryProblemIsDescribedWherePushesGo() throws {
        let responses = try #require(document["paths"]?["/v1/observations"]?["post"]?["responses"]?.mapping)
        let described = Set(responses.keys.compactMap(\.string))
        let elsewhere: Set<Int> = [403, 404]

        for problem in Self.problems where !elsewhere.contains(problem.status) {
            #expect(described.contains(String(problem.status)), "\(problem.code)")
        }
    }

    @Test func manualNamesEveryCodeRouteAndLimit() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/push.md")
        let manual = try String(contentsOf: file, encoding: .utf8)

        for problem in Self.problems {
            #expect(manual.contains("`\(problem.code)`"), "\(problem.code)")
            #expect(manual.contains("| \(problem.status) |"), "\(problem.status)")
        }
        for code in PushRefusal.Code.allCases { #expect(manual.contains("`\(code.rawValue)`"), "\(code.rawValue)") }
        for entry in Route.catalogue { #expect(manual.contains("`\(entry.methods[0]) \(entry.template)`"), "\(entry.template)") }
    }
}
