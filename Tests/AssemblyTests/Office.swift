import Assembly
import Control
import Foundation
import Model
import Settings
import Store
import TestSupport
import Testing

/// A configuration in a temporary directory with its store, and deliveries brought in on the way the daemon brings them: decode, check, record.
final class Office: Sendable {
    /// What a test may change of the configuration; the rest is a small province with one agency list.
    struct Files {
        var province =
            "language: vi\nzone: Asia/Ho_Chi_Minh\nprovince: {code: H52, name: Tỉnh Sơn La}\nstore: {path: dondoc.db}\nlisten: {control: s}\n"
        var agencies: [(code: String, name: String)]
        /// Whole lines of agencies.csv, for agencies with days of their own.
        var datedAgencies = ""
        /// Whole lines of successions.csv.
        var successions = ""
        /// Lines under `measures:`.
        var measures: String
        /// Lines under `indicators:`.
        var indicators: String
        var targets = "targets: []\n"
        var rules = "rules: []\n"
        /// By file name.
        var sources: [String: String]
    }

    let directory: TemporaryDirectory
    let configuration: Configuration
    let store: Store

    /// An office over a directory that holds a whole configuration.
    init(_ directory: TemporaryDirectory) throws {
        self.directory = directory
        configuration = try Configuration.load(directory.path).get()
        store = try Store(path: directory.file("dondoc.db"), mode: .readWrite)
    }

    init(_ files: Files) throws {
        directory = try TemporaryDirectory()
        let agencies = files.agencies.map { "\($0.code),\($0.name),department,H52,2000-01-01,,," }.joined(separator: "\n")
        try directory.write(files.province, to: "dondoc.yaml")
        try directory.write(
            "code,name,level,parent,valid_from,valid_to,contacts,aliases\nH52,UBND tỉnh Sơn La,province,,2000-01-01,,,\n\(agencies)\n\(files.datedAgencies)",
            to: "agencies.csv")
        try directory.write("predecessor,successor,effective,measures,note\n\(files.successions)", to: "successions.csv")
        try directory.write("years: [{year: 2026, status: confirmed, days_off: []}]\n", to: "calendar.yaml")
        try directory.write("measures:\n\(files.measures)", to: "measures.yaml")
        try directory.write("indicators:\n\(files.indicators)", to: "indicators.yaml")
        try directory.write(files.targets, to: "targets.yaml")
        try directory.write(files.rules, to: "rules.yaml")
        for (name, text) in files.sources { try directory.write(text, to: "sources.d/\(name).yaml") }
        try FileManager.default.createDirectory(atPath: directory.file("sources.d"), withIntermediateDirectories: true)
        switch Configuration.load(directory.path) {
        case .success(let configuration): self.configuration = configuration
        case .failure(let problems):
            Issue.record("\(problems.problems.map(\.description).joined(separator: "\n"))")
            throw problems
        }
        store = try Store(path: directory.file("dondoc.db"), mode: .readWrite)
    }

    /// Brings bytes of a source as far as the store, and gives back what was said of them.
    @discardableResult
    func receive(_ text: String, from source: String, at instant: Instant, asked: DayRange? = nil) async throws -> [Finding] {
        let found = try #require(configuration.sources.first { $0.settings.id == source })
        let delivery = Delivery(source: source, receivedAt: instant, bytes: Array(text.utf8), asked: asked)
        let checked = try found.check(delivery, core: configuration.core, store: store, today: instant.day)
        _ = try await store.record(delivery, observations: checked.observations, findings: checked.findings)
        return checked.findings
    }

    /// One indicator as the rooms of the daemon and the desk read it.
    func reading(_ id: String, of agency: String, over period: Period, today: Day, asOf: Instant? = nil) throws -> Reading {
        let indicator = try #require(configuration.core.indicators.first { $0.id == id })
        let room = try ReadingRoom(core: configuration.core, store: store, for: [(indicator, period)], today: today, asOf: asOf)
        return room.reading(of: indicator, agency: code(agency), over: period)
    }

    func desk(_ language: Language = .english, now: Instant = instant("2026-09-10T08:00")) -> Desk {
        Desk(configuration: configuration, store: store, language: language, now: now)
    }
}

extension Response {
    /// The sheet with this id; recorded as a failure of the test when there is no document.
    func sheet(_ id: String) throws -> Sheet {
        guard case .document(let document) = self else {
            Issue.record("no document but \(self)")
            throw Document.MissingSheet(id: id)
        }
        return try document.sheet(id)
    }

    var failure: Failure? { if case .failure(let failure) = self { failure } else { nil } }
}
