import Province
import TestSupport
import Testing

/// The agencies' systems as a client meets them, over HTTP.
@Suite struct WebSystemsTests {
    private let today = day("2026-11-24")
    private let portal = "/api/v1/reporting/evaluation/service-results"
    private let bearer = "Authorization: Bearer demo-token-one-stop"
    private let basic = "Authorization: Basic ZG9uZG9jOmRlbW8tcGFzc3dvcmQtbWFpbA=="

    @Test func thePortalAnswersAMonthWithStatus201() async throws {
        let body = #"{"timeType":"month","year":2026,"month":10,"currentPage":1,"pageSize":200}"#

        let answer = try await withRunning(Province(today: today)) { try await ask($0.http, portal, method: "POST", body: body) }

        #expect(answer.status == 201)
        #expect(answer.headers["content-type"] == "application/json")
        #expect(
            answer.text.hasPrefix(
                #"{"code":"OK","data":{"overview":{"departmentCode":"H52","timeType":"month"},"children":[{"departmentCode":"H52.DM.S01""#))
    }

    @Test(arguments: [
        "", "{}", #"{"year":2026}"#, #"{"year":2026,"month":13}"#, #"{"year":99999999999999999999,"month":1}"#, #"{"year":"x","month":"y"}"#,
    ])
    func thePortalRefusesABodyThatNamesNoMonth(_ body: String) async throws {
        let answer = try await withRunning(Province(today: today)) { try await ask($0.http, portal, method: "POST", body: body) }

        #expect(answer.status == 400)
        #expect(answer.text == #"{"code":"BAD_REQUEST","data":null}"#)
    }

    @Test func theOneStopSystemIsBusyTwiceAndThenWantsItsToken() async throws {
        let target = "/motcua/counts?ngay=2026-10-05"

        let answers = try await withRunning(Province(today: today)) { ports in
            var answers: [HeardAnswer] = []
            for headers in [[bearer], [bearer], [], ["Authorization: Bearer wrong"], [bearer]] {
                answers.append(try await ask(ports.http, target, headers: headers))
            }
            return answers
        }

        #expect(answers.map(\.status) == [503, 503, 401, 401, 200])
        #expect(
            answers[4].text.hasPrefix(#"{"success":true,"rows":[{"maDinhDanh":"H52.DM.S01","tenThongKe":"Văn phòng UBND tỉnh","tiepNhanQuaMang":"#))
    }

    @Test func theMailSystemWantsUserAndPasswordAndAnswersASpreadsheet() async throws {
        let target = "/thudientu/thongke?thang=2026-10"

        let (denied, answer) = try await withRunning(Province(today: today)) { ports in
            (try await ask(ports.http, target), try await ask(ports.http, target, headers: [basic]))
        }

        #expect(denied.status == 401)
        #expect(answer.status == 200)
        #expect(answer.headers["content-type"] == "text/csv; charset=utf-8")
        #expect(answer.text.hasPrefix("ma_don_vi;can_bo;hop_thu;hoat_dong;thu_gui\r\nH52.DM.S01;"))
    }

    @Test(arguments: [
        "/motcua/counts", "/motcua/counts?ngay=2026-02-30", "/motcua/counts?ngay=%FF%FE", "/thudientu/thongke?thang=2026-13",
        "/vanban/thongke?tu=2026-10-15",
        "/vanban/thongke?tu=2026-10-15&den=2026-10-01", "/congthongtin/tin?tu=2020-01-01&den=2026-01-01", "/congthongtin/tin?tu=&den=",
        "/minhbach/tthc?thang=x",
    ])
    func anUnclearQuestionIsAnsweredWith400(_ target: String) async throws {
        let status = try await withRunning(Province(today: today)) { ports in
            // The one-stop system is busy at first, whatever it is asked.
            for _ in 1...2 { _ = try await ask(ports.http, "/motcua/counts") }
            return try await ask(ports.http, target, headers: [target.hasPrefix("/thudientu") ? basic : bearer]).status
        }

        #expect(status == 400)
    }

    @Test func thePortalsListingIsNotSentAgainToWhoHasItAlready() async throws {
        let target = "/congthongtin/tin?tu=2026-10-01&den=2026-10-31"

        let (first, second, other) = try await withRunning(Province(today: today)) { ports in
            let first = try await ask(ports.http, target)
            let tag = ["If-None-Match: \(first.headers["etag"] ?? "none")"]
            return (
                first, try await ask(ports.http, target, headers: tag),
                try await ask(ports.http, target.replacing("10-31", with: "10-30"), headers: tag)
            )
        }

        #expect(first.status == 200)
        #expect(first.text.contains(#""ngay":"31/10/2026""#))
        #expect(second.status == 304)
        #expect(second.body.isEmpty)
        #expect(second.headers["etag"] == first.headers["etag"])
        #expect(other.status == 200)
    }

    @Test func refusalsOnDemandConcernOneSource() async throws {
        let province = Province(today: today)

        let statuses = try await withRunning(province) { ports in
            province.fail(source: "documents", times: 1, status: 429)
            let documents = "/vanban/thongke?tu=2026-10-15&den=2026-11-14"
            return [
                try await ask(ports.http, "/minhbach/tthc?thang=2026-10").status, try await ask(ports.http, documents).status,
                try await ask(ports.http, documents).status,
            ]
        }

        #expect(statuses == [200, 429, 200])
    }
}
