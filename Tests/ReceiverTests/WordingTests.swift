import Foundation
import Model
import NIOHTTP1
import PushFormats
import Settings
import TestSupport
import Testing

@testable import Receiver

/// Every text that senders read, in both languages, beside the reviewed ones. `UPDATE_GOLDEN=1` writes them; the difference is read.
@Suite struct WordingTests {
    private func expect(_ text: String, isGolden name: String) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name)")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" { try Data(text.utf8).write(to: file) }
        #expect(try String(contentsOf: file, encoding: .utf8) == text)
    }

    @Test func problemsReadAsReviewed() throws {
        var text = ""
        for problem in OpenAPITests.problems {
            text += "\(problem.status) \(problem.code)\n"
            for language in Language.allCases { text += "  \(language.rawValue) \(problem.title(language)): \(problem.detail(language))\n" }
        }
        try expect(text, isGolden: "problems.txt")
    }

    @Test func refusalsReadAsReviewed() throws {
        var text = ""
        for code in PushRefusal.Code.allCases {
            let refusal = PushRefusal(index: 3, code: code, place: "observations[3]", found: "x", expected: "y")
            text += "\(code.rawValue)\n"
            for language in Language.allCases { text += "  \(language.rawValue) \(refusal.message(language))\n" }
        }
        try expect(text, isGolden: "refusals.txt")
    }

    @Test func refusalWithoutDetailsIsOneSentence() {
        let refusal = PushRefusal(index: 0, code: .outOfScope, place: "")

        #expect(refusal.message(.english) == "the sender may not report this measure for this agency")
        #expect(refusal.message(.vietnamese) == "bên gửi không được gửi chỉ tiêu này cho cơ quan này")
    }

    @Test func noTextIsTheSameInBothLanguages() {
        for problem in OpenAPITests.problems {
            #expect(problem.title(.vietnamese) != problem.title(.english))
            #expect(problem.detail(.vietnamese) != problem.detail(.english))
        }
    }

    /// What the sender of a body reads: the problem, or what is wrong with its first observation.
    private func answer(_ body: String, _ format: PushFormat, _ language: Language) -> String? {
        let order = PushOrder(
            format: format, coding: .identity, sender: PushSender(name: "a", scope: PushScope(agencies: [], includesBelow: false)),
            limits: PushLimits(), precision: nil, receivedAt: Instant(milliseconds: 0), mapping: PushMapping())
        do throws(PushProblem) {
            return try BodyReader.standard.read(Array(body.utf8), order).unreadable.first?.message(language)
        } catch {
            return error.detail(language)
        }
    }

    private static let bodies: [(body: String, format: PushFormat, vietnamese: String, english: String)] = [
        (
            #"{"observations":[{"agency":"H","measure":"m","from":"2026-11-01","value":"5"}]}"#, .json,
            #"observations[0].value: không đọc được số liệu, nhận được '"5"', cần một số, hoặc null khi biết chắc là không có số liệu"#,
            #"observations[0].value: the observation cannot be read, found '"5"', expected a number, or null when it is known to be unknown"#
        ),
        (
            "{", .json,
            "byte thứ 1: JSON kết thúc ở đây; cần một chuỗi trong dấu ngoặc kép; không lưu gì, sửa nội dung rồi gửi lại",
            "byte 1: the JSON text ends here; expected a string; nothing was stored, mend the body and send it again"
        ),
        (
            "agency,measure,from,value\nH,m,2026-11-01,12.000\n", .csv,
            "dòng 2, value: giá trị không dùng được, nhận được '12.000', cần số nguyên không có dấu chấm, hoặc không phải đúng ba chữ số thập phân; dấu chấm là dấu thập phân",
            "line 2, value: the value cannot be used, found '12.000', expected a whole number without a point, or other than three decimals; the point is the decimal mark"
        ),
        (
            "agency;measure;from;value\n", .csv,
            "dòng 1: các cột cách nhau bằng ';'; cần ','. Trong Excel và LibreOffice hãy lưu thành CSV ngăn cách bằng dấu phẩy, và viết 12.5, không viết 12,5; không lưu gì, sửa nội dung rồi gửi lại",
            "line 1: the fields are separated by ';'; expected ','. In Excel and LibreOffice save as CSV with commas, and write 12.5, not 12,5; nothing was stored, mend the body and send it again"
        ),
        (
            "m value=1 1793466000000000000\n", .lineProtocol,
            "dòng 1, agency: không đọc được số liệu, cần nhãn 'agency' ghi mã cơ quan",
            "line 1, agency: the observation cannot be read, expected a label 'agency' with an agency's code"
        ),
        (
            "x", .remoteWrite,
            "byte thứ 1: không phải khối Snappy: khối kết thúc sau 0 trên 120 byte; remote write 1.0 gửi với Content-Encoding snappy; không lưu gì, sửa nội dung rồi gửi lại",
            "byte 1: not a Snappy block: the block ends after 0 of 120 bytes; remote write 1.0 sends Content-Encoding snappy; nothing was stored, mend the body and send it again"
        ),
        (
            #"{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"m","summary":{"dataPoints":[{}]}}]}]}]}"#, .otlpJSON,
            "dataPoints[0]: không đọc được số liệu, nhận được 'summary', cần gauge hoặc sum; summary không phải một con số",
            "dataPoints[0]: the observation cannot be read, found 'summary', expected a gauge or a sum; summary holds no single count"
        ),
    ]

    @Test(arguments: bodies)
    func whatIsWrongWithABodyIsToldInTheLanguageOfItsSender(_ body: String, _ format: PushFormat, _ vietnamese: String, _ english: String) {
        #expect(answer(body, format, .vietnamese) == vietnamese)
        #expect(answer(body, format, .english) == english)
    }

    @Test func whatIsNoHTTPIsToldInBothLanguages() {
        #expect(
            HTTPParserError.unknown.problem.detail(.vietnamese)
                == "yêu cầu không đọc được: không đúng cách viết của HTTP/1.1; kiểm tra địa chỉ và phần đầu yêu cầu")
        #expect(
            HTTPParserError.unknown.problem.detail(.english)
                == "the request cannot be read: it is not written as HTTP/1.1 has it; check the address and the header fields")
        for fault in RequestFault.allCases {
            let english = Set(fault.text(.english).split(separator: " "))
            let shared = english.intersection(fault.text(.vietnamese).split(separator: " "))
            #expect(shared.isSubset(of: ["HTTP/1.0", "HTTP/1.1", "Content-Length", "Host", "Transfer-Encoding", "'chunked'"]), "\(fault)")
        }
    }

    @Test func listenerTroubleNamesTheRemedy() {
        #expect(
            ReceiverError.noSocket(name: "push", found: []).description
                == "push.socket_activation: systemd handed over no socket named 'push', found none; enable dondocd.socket with FileDescriptorName=push, or use 'address'"
        )
        #expect(
            ReceiverError.noSocket(name: "push", found: ["a", "b"]).description.contains("found a, b;"))
        #expect(
            ReceiverError.clear(address: "0.0.0.0:80").description
                == "push.socket_activation: the socket listens on 0.0.0.0:80 without TLS; give 'push.tls' its certificate and key, or let the socket listen on 127.0.0.1"
        )
    }
}
