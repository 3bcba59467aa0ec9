import Foundation
import Model
import Notify
import Testing

/// The form of the mail around its text: versions, pictures, files, threads.
@Suite struct LetterFormTests {
    private typealias F = Fixture

    private let key = Fixture.key("H52.01")

    private func letter(attaches: Bool = false, shows: Bool = true, listID: String? = nil, _ material: LetterMaterial = LetterMaterial()) throws
        -> Letter
    {
        let head = Letterhead(
            senderName: "Sở Nội vụ", senderAddress: "dondoc@sonla.example", envelopeFrom: "bounce@sonla.example", operators: ["truc@sonla.example"],
            answerWithin: 5, provinceName: "Sơn La", language: .vietnamese, listID: listID, attachesFigures: attaches, showsPictures: shows)
        let writer = try LetterWriter(head: head, catalogue: F.catalogue(), templates: LetterTests.templates(.vietnamese), secret: F.secret)
        let notice = Notice(agency: F.department, addressees: [F.department], transitions: [F.transition(key, nil, .firing, .critical)])
        return try writer.letter(for: notice, at: F.now, material: material).letter
    }

    private func withHistory(_ readings: [Reading]) -> LetterMaterial {
        var material = LetterMaterial()
        material.histories = [key: readings]
        return material
    }

    private func types(_ letter: Letter) throws -> [String] {
        try #require(ReadableLetter.message(letter)).leaves.map { String($0.type.prefix { $0 != ";" }) }
    }

    @Test func thePlainTextComesFirstAndThePictureGoesWithTheHTML() throws {
        let letter = try letter(withHistory(LetterKindTests.history()))

        let parts = try #require(ReadableLetter.message(letter)).leaves
        let id = try #require(parts.last?.headers.first { $0.hasPrefix("Content-ID: <") }).dropFirst(13).dropLast()
        #expect(try types(letter) == ["text/plain", "text/html", "image/png"])
        #expect(try #require(ReadableLetter.html(of: letter)).contains("src=\"cid:\(id)\""))
    }

    @Test func thePictureHasItsFiguresAsWords() throws {
        let html = try #require(ReadableLetter.html(of: letter(withHistory(LetterKindTests.history()))))

        let words = "alt=\"Tỷ lệ hồ sơ trễ hạn. Tháng 11/2025: 0,80%; Tháng 12/2025: 1,28%; Tháng 1/2026: không có số liệu; Tháng 2/2026: 2,24%; "
        #expect(html.contains(words))
        #expect(html.contains("Tháng 10/2026: 6,08%. Ngưỡng: 3%\""))
    }

    @Test func oneFigureIsNoPicture() throws {
        #expect(try types(letter(withHistory(Array(LetterKindTests.history().suffix(1))))) == ["text/plain", "text/html"])
    }

    @Test func picturesCanBeSwitchedOff() throws {
        #expect(try types(letter(shows: false, withHistory(LetterKindTests.history()))) == ["text/plain", "text/html"])
    }

    @Test func figuresGoAlongAsAFileThatSpreadsheetsRead() throws {
        let letter = try letter(attaches: true)

        let file = try #require(ReadableLetter.message(letter)?.leaves.last)
        let bytes = try #require(file.bytes)
        #expect(file.headers.contains("Content-Disposition: attachment; filename=\"so-lieu-H52.01.csv\""))
        #expect(Array(bytes.prefix(3)) == [0xEF, 0xBB, 0xBF], "without the mark spreadsheets take Vietnamese for another encoding")
        #expect(
            String(decoding: bytes.dropFirst(3), as: UTF8.self)
                == "reference,indicator,agency,agency_name,from,to,state,figure,numerator,denominator,unit,bound\r\n"
                + "late/dossier.late/H52.01,Tỷ lệ hồ sơ trễ hạn,H52.01,Sở Xây dựng,2026-10-01,2026-10-31,firing,5.56,1499,26972,percent,5\r\n")
    }

    @Test func aLetterOnAnOldMatterIsAnAnswerToTheEarlierOnes() throws {
        var material = LetterMaterial()
        material.thread = (1...20).map { "<\($0)@sonla.example>" }

        let headers = try #require(ReadableLetter.message(letter(material))).headers

        let references = try #require(headers.first { $0.hasPrefix("References: ") }).dropFirst(12).split(separator: " ")
        #expect(headers.contains("In-Reply-To: <20@sonla.example>"))
        #expect(references.first == "<1@sonla.example>" && references.last == "<20@sonla.example>")
        #expect(references.count == 12, "the first and the last ones")
    }

    @Test func mailProgramsAndAnsweringMachinesAreToldWhatItIs() throws {
        let headers = try #require(ReadableLetter.message(letter(listID: "donđốc.x.example\r\nBcc: a@b.example"))).headers

        #expect(headers.contains("Auto-Submitted: auto-generated"))
        #expect(headers.contains { $0.hasPrefix("List-Id: <don") })
        #expect(!headers.contains { $0.hasPrefix("Precedence") || $0.hasPrefix("Bcc") })
    }

    @Test func everyLineOfAFullLetterIsShortAsciiAndEndsInCRLF() throws {
        let bytes = try letter(attaches: true, withHistory(LetterKindTests.history())).bytes

        let lines = String(decoding: bytes, as: UTF8.self).replacingOccurrences(of: "\r\n", with: "\n").split(separator: "\n")
        #expect(bytes.allSatisfy { $0 < 0x7F })
        #expect(lines.allSatisfy { $0.utf8.count <= 76 })
        #expect(bytes.indices.allSatisfy { bytes[$0] != 10 || ($0 > 0 && bytes[$0 - 1] == 13) })
    }
}
