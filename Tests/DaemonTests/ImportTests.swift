import Control
import Daemon
import Foundation
import Model
import Store
import TestSupport
import Testing

/// An operator's file, from the preview to the store and back out of it, through the whole daemon.
struct ImportTests {
    private static func table(_ values: [(String, String, String)]) -> Payload {
        let lines = values.map { "\($0.0),\($0.1),2026-05-01,2026-05-31,\($0.2)" }
        return Payload(Array(("agency,measure,from,to,value\n" + lines.joined(separator: "\n") + "\n").utf8))
    }

    private func order(_ values: [(String, String, String)]) -> ImportOrder {
        ImportOrder(name: "thang-5.csv", file: ImportTests.table(values), by: "lan")
    }

    private static let received = "dossiers.received"
    private static let online = "dossiers.received.online"

    private func column(_ response: Response, _ id: String) throws -> String { try response.sheet("import").column(id).map(\.id).joined() }

    private func commit(_ order: ImportOrder, after preview: Response, _ daemon: RunningDaemon) async throws -> Response {
        try await daemon.ask(.importCommit(order: order, digest: column(preview, "digest")))
    }

    @Test func aFileIsPreviewedStoredOnceAndTakenBack() async throws {
        try await RunningDaemon.run(try SmallProvince()) { daemon in
            try await daemon.eventually("the first figures are there") { try daemon.stored { try $0.deliveries() }.count == 3 }
            let order = order([
                ("H52.01", Self.received, "100"), ("H52.01", Self.online, "70"), ("H52.99", Self.received, "1"), ("H52.02", Self.received, "x"),
            ])

            let preview = try await daemon.ask(.importPreview(order: order))
            #expect(
                try ["state", "new", "restated", "unchanged", "refused", "source", "by"].map { try column(preview, $0) } == [
                    "previewed", "2", "0", "0", "2", "import:csv", "lan",
                ])
            let lines = try preview.sheet("import-lines")
            #expect(try lines.column("outcome").map(\.id) == ["refused", "refused", "new", "new"])
            #expect(try lines.column("place").map(\.id) == ["line 4", "line 5", "line 2", "line 3"].map { "\($0), column 'value'" })
            #expect(try daemon.stored { try $0.deliveries() }.count == 3, "a preview stores nothing")

            let stored = try await commit(order, after: preview, daemon)
            #expect(try column(stored, "state") == "stored")
            #expect(try column(stored, "delivery") == "D4")
            let record = try #require(try daemon.stored { try $0.delivery(DeliveryID(4)) })
            #expect(record.origin == ImportOrigin(by: "lan", file: "thang-5.csv"))
            #expect(record.outcome == IngestOutcome(stored: 2, refused: 2))
            #expect(try daemon.stored { try $0.findings(source: "import:csv") }.count == 2)

            let again = try await daemon.ask(.importPreview(order: order))
            #expect(try ["state", "new", "restated", "unchanged"].map { try column(again, $0) } == ["previewed", "0", "0", "2"])
            let nothing = try await commit(order, after: again, daemon)
            #expect(try column(nothing, "state") == "unchanged")
            #expect(try daemon.stored { try $0.deliveries() }.count == 4)

            let retracted = try await daemon.ask(.retract(delivery: DeliveryID(4), by: AlertActor(name: "lan", why: "nhầm tháng")))
            #expect(try retracted.sheet("retraction").column("removed") == [.integer(2)])
            #expect(try retracted.sheet("retraction").column("confirmations") == [.integer(0)])

            func listed(_ source: String?, limit: Int = 50) async throws -> Sheet {
                try await daemon.ask(.deliveriesList(source: source, limit: limit)).sheet("deliveries")
            }
            let files = try await listed("import:csv")
            #expect(try files.column("delivery") == [.text("D4")])
            #expect(try files.column("retracted") == [.text("D5")])
            let newest = try await listed(nil, limit: 2)
            #expect(try newest.column("delivery") == [.text("D5"), .text("D4")])
            #expect(newest.notes == ["Only the newest 2 are shown; --limit shows more."])
            #expect(try await listed("retraction").column("delivery") == [.text("D5")])
            let unknown = try await daemon.ask(.deliveriesList(source: "import:xml", limit: 50)).text
            #expect(unknown == "unknown-id: there is no source 'import:xml'")
            let page = try await daemon.ask(.deliveryShow(id: DeliveryID(5), raw: false)).sheet("deliveries")
            #expect(page.notes == ["This record took D4 back: 0 figures restored, 2 removed. See: dondoc deliveries show D4."])
        }
    }

    @Test func correctionsAreStoredInWhateverOrderTheirLinesStand() async throws {
        try await RunningDaemon.run(try SmallProvince()) { daemon in
            try await daemon.eventually("the first figures are there") { try daemon.stored { try $0.deliveries() }.count == 3 }
            let first = order([("H52.02", Self.received, "10"), ("H52.01", Self.received, "20"), ("H52.01", Self.online, "5")])
            _ = try await commit(first, after: try await daemon.ask(.importPreview(order: first)), daemon)
            let second = order([("H52.02", Self.received, "11"), ("H52.01", Self.online, "6"), ("H52.01", Self.received, "21")])

            let preview = try await daemon.ask(.importPreview(order: second))
            let stored = try await commit(second, after: preview, daemon)

            #expect(try ["state", "restated"].map { try column(stored, $0) } == ["stored", "3"])
        }
    }

    @Test func figuresPastTheirKeepingAreRefusedWithTheFirstDayThatIsKept() async throws {
        let province = try SmallProvince()
        let settings = try String(contentsOfFile: province.directory.file("dondoc.yaml"), encoding: .utf8)
        try province.directory.write(
            settings.replacing("store: {path: dondoc.db}", with: "store: {path: dondoc.db, keep_figures: 30d}"), to: "dondoc.yaml")
        try await RunningDaemon.run(province) { daemon in
            let today = daemon.clock.now.day
            let text = "agency,measure,from,value\nH52.01,dossiers.received,\(today - 31),1\nH52.01,dossiers.received,\(today - 30),1\n"

            let preview = try await daemon.ask(.importPreview(order: ImportOrder(name: "a.csv", file: Payload(Array(text.utf8)), by: "lan")))

            #expect(try ["new", "refused"].map { try column(preview, $0) } == ["1", "1"])
            let reasons = try preview.sheet("import-lines").column("reason").map(\.id)
            #expect(reasons.first?.contains("Day outside what is kept") == true && reasons.first?.contains("≥ \(today - 30)") == true)
        }
    }

    @Test func aLineThatCannotBeReadIsRefusedAloneAndTheOthersAreStored() async throws {
        try await RunningDaemon.run(try SmallProvince()) { daemon in
            try await daemon.eventually("the first figures are there") { try daemon.stored { try $0.deliveries() }.count == 3 }
            let text = """
                agency,measure,from,to,value
                H52.01,dossiers.received,31/05/2026,,1
                H52.01,dossiers.received,2026-05-31,2026-05-01,1
                H52.01,dossiers.received,2026-05-01,2026-05-31,12,5
                H52.02,dossiers.received,2026-05-01,2026-05-31,1e2
                """
            let order = ImportOrder(name: "thang-5.csv", file: Payload(Array(text.utf8)), by: "lan")

            let preview = try await daemon.ask(.importPreview(order: order), language: .vietnamese)

            let lines = try preview.sheet("import-lines")
            #expect(try lines.column("outcome").map(\.id) == ["refused", "refused", "refused", "new"])
            #expect(
                try lines.column("place").map(\.id) == ["dòng 2, cột 'from'", "dòng 3, cột 'to'", "dòng 4", "dòng 5, cột 'value'"])
            #expect(
                try lines.column("reason").map(\.id).dropLast() == [
                    "Dòng không đọc được (cần: ngày dạng 2026-08-31)", "Dòng không đọc được (cần: 2026-05-31 trở đi)",
                    "Dòng không đọc được (cần: 5 trường, không phải 6; dấu phẩy thập phân tách đôi con số, hãy viết 12.5)",
                ])
            let stored = try await commit(order, after: preview, daemon)
            #expect(try ["state", "new", "refused"].map { try column(stored, $0) } == ["stored", "1", "3"])
            #expect(try daemon.stored { try $0.delivery(DeliveryID(4)) }?.outcome == IngestOutcome(stored: 1, refused: 3))
        }
    }

    @Test func aFileOfAnotherShapeIsRefusedInTheLanguageOfWhoBringsIt() async throws {
        try await RunningDaemon.run(try SmallProvince()) { daemon in
            let order = ImportOrder(name: "a.csv", file: Payload(Array("Cơ quan;Số\n".utf8)), by: "lan")

            let vietnamese = try await daemon.ask(.importPreview(order: order), language: .vietnamese)
            let english = try await daemon.ask(.importPreview(order: order))

            #expect(
                vietnamese
                    == .failure(
                        Failure(
                            .refused,
                            "a.csv: dòng 1: tệp không ở dạng đọc được ngay: dòng đầu phải là agency,measure,from,to,value nhưng lại là 'cơ quan;số'; "
                                + "hãy nêu nguồn bằng --source, hoặc kèm bảng ánh xạ bằng --map",
                            hint: "dondoc template viết sẵn tệp để điền; xem docs/import.md")))
            #expect(
                english
                    == .failure(
                        Failure(
                            .refused,
                            "a.csv: line 1: the file is not in the form that needs no mapping: its first line must be agency,measure,from,to,value but "
                                + "is 'cơ quan;số'; name its source with --source, or give a mapping with --map",
                            hint: "dondoc template writes a file to fill in; see docs/import.md")))
        }
    }

    @Test func whatChangedSinceThePreviewIsShownAgainAndNotStored() async throws {
        try await RunningDaemon.run(try SmallProvince()) { daemon in
            try await daemon.eventually("the first figures are there") { try daemon.stored { try $0.deliveries() }.count == 3 }
            let first = order([("H52.01", Self.received, "100")])
            let second = order([("H52.01", Self.received, "120")])
            let preview = try await daemon.ask(.importPreview(order: first))
            let other = try await daemon.ask(.importPreview(order: second))
            _ = try await commit(second, after: other, daemon)

            let late = try await commit(first, after: preview, daemon)

            #expect(try ["state", "new", "restated"].map { try column(late, $0) } == ["changed", "0", "1"])
            #expect(try late.sheet("import-lines").column("before") == [.integer(120)])
            #expect(try daemon.stored { try $0.deliveries() }.count == 4)
            let now = try await commit(first, after: late, daemon)
            #expect(try column(now, "state") == "stored")
            #expect(try daemon.stored { try $0.delivery(DeliveryID(5)) }?.outcome == IngestOutcome(restated: 1))
        }
    }

    @Test func aSourceOrAMapReadsTheFile() async throws {
        try await RunningDaemon.run(try SmallProvince()) { daemon in
            try await daemon.eventually("the first figures are there") { try daemon.stored { try $0.deliveries() }.count == 3 }
            let answer = Payload(Array(#"{"data":[{"code":"H52.01","received":50,"online":20}]}"#.utf8))
            var order = ImportOrder(name: "/home/lan/thang-5.json", file: answer, source: "one-stop", period: PeriodName("2026-05"), by: "lan")
            let preview = try await daemon.ask(.importPreview(order: order))
            #expect(try ["source", "new", "file"].map { try column(preview, $0) } == ["one-stop", "2", "thang-5.json"])

            order.source = nil
            order.map = ImportOrder.Map(
                name: "so.yaml", text: "answer: {rows: data, agency: {code: code}, measures: {dossiers.received: received}}\n")
            let mapped = try await daemon.ask(.importPreview(order: order))
            #expect(try ["source", "new"].map { try column(mapped, $0) } == ["import:so", "1"])

            order.period = nil
            let daysMissing = try await daemon.ask(.importPreview(order: order)).text
            #expect(daysMissing == "refused: thang-5.json: no days were asked for, and days: asked reads none from the answer")
            order.map?.text = "answer: {rows: data}\n"
            let broken = try await daemon.ask(.importPreview(order: order)).text
            #expect(broken.hasPrefix("refused: so.yaml:1:9: 'agency' is missing"))
            order.map = nil
            order.source = "one-stip"
            let unknown = try await daemon.ask(.importPreview(order: order))
            #expect(unknown == .failure(Failure(.unknownID, "there is no source 'one-stip'", hint: "did you mean 'one-stop'?")))
            order = self.order([("H52.01", Self.received, "1")])
            order.period = PeriodName("2026-06")
            let outside = try await daemon.ask(.importPreview(order: order)).text
            #expect(
                outside == """
                    refused: thang-5.csv: line 2, column 'value': a figure of 2026-05-01..2026-05-31, outside 2026-06-01..2026-06-30 that --period says
                    """)
        }
    }

    @Test func hostileFilesAreRefusedAndTheDaemonGoesOn() async throws {
        try await RunningDaemon.run(try SmallProvince()) { daemon in
            for bytes in [[0x50, 0x4B, 3, 4], [0xD0, 0xCF, 0x11, 0xE0], Array("{\"observations\":[[[[".utf8), [0xFF, 0xFE, 0x41], []] as [[UInt8]] {
                let answer = try await daemon.ask(.importPreview(order: ImportOrder(name: "x", file: Payload(bytes), by: "lan")))
                #expect(answer.text.hasPrefix("refused: x: "))
            }
            let status = try await daemon.ask(.status)
            #expect(throws: Never.self) { try status.sheet("status") }
        }
    }

    @Test func aFormIsWrittenForTheAgenciesOfALevelWithEachMeasureAndAgencyOnce() async throws {
        try await RunningDaemon.run(try SmallProvince()) { daemon in
            let question = FormQuestion(
                measures: [measure(Self.received), measure(Self.received)], period: try #require(PeriodName("2026-05")),
                agencies: [code("H52.02"), code("H52.02")], level: .department, form: .csv)
            let form = try await daemon.ask(.importForm(question: question)).text
            #expect(
                form == """
                    agency,measure,from,to,value\r
                    H52.02,dossiers.received,2026-05-01,2026-05-31,\r
                    H52.01,dossiers.received,2026-05-01,2026-05-31,\r

                    """)

            var other = question
            other.measures = [measure("dossiers.recieved")]
            let unknown = try await daemon.ask(.importForm(question: other))
            #expect(unknown == .failure(Failure(.unknownID, "there is no measure 'dossiers.recieved'", hint: "did you mean 'dossiers.received'?")))
            other = question
            other.agencies = []
            other.level = .commune
            let nobody = try await daemon.ask(.importForm(question: other)).text
            #expect(nobody == "refused: there is no agency for the form")
        }
    }
}
