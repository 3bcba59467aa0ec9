import Model
import TestSupport
import Testing

@testable import Connectors

@Suite struct RequestTemplateTests {
    private func filled(_ text: String, _ window: DayRange = days("2026-08-01", "2026-08-31"), _ scheme: PeriodScheme = .calendar) throws -> String {
        try RequestTemplate(text).filled(for: window, scheme: scheme)
    }

    private func complaint(_ text: String) -> String? {
        do throws(RequestTemplate.Malformed) {
            _ = try RequestTemplate(text)
            return nil
        } catch {
            return error.message
        }
    }

    @Test(arguments: [
        ("${from}..${to}", "2026-08-01..2026-08-31"),
        ("${from:yyyy-MM-dd}", "2026-08-01"),
        ("${from:yyyy/MM/dd}-${to:yyyy/MM/dd}", "2026/08/01-2026/08/31"),
        ("${from:dd/MM/yyyy}", "01/08/2026"),
        ("${year} ${month} ${month:2} ${quarter} ${quarter:2}", "2026 8 08 3 03"),
        ("{\"month\":${month}}", "{\"month\":8}"),
        ("plain $ {text}", "plain $ {text}"),
        ("$${from} ${from}", "${from} 2026-08-01"),
        ("", ""),
    ])
    func variablesStandForTheWindow(_ template: String, _ expected: String) throws {
        #expect(try filled(template) == expected)
    }

    @Test func numbersFollowTheScheme() throws {
        let december = days("2025-12-15", "2026-01-14")

        #expect(try filled("${year}-${month:2} q${quarter}", december, .admin15) == "2026-01 q1")
        #expect(try filled("${year}-${month:2} q${quarter}", december, .calendar) == "2025-12 q4")
    }

    @Test func onlyWhatVariablesStandForIsPercentEncodedInURLs() throws {
        let source = try SourceUnderTest(request: ["url: \"https://a.example/x/y?d=${from:dd/MM/yyyy}&b=1\""])

        let request = try #require(source.http).request.fetchRequest(for: days("2026-08-01", "2026-08-31"), known: nil)

        #expect(request.url == "https://a.example/x/y?d=01%2F08%2F2026&b=1")
    }

    @Test(arguments: [
        ("${fom}", "unknown variable '${fom}', expected one of from, to, year, month, quarter; did you mean 'from'?"),
        ("${}", "unknown variable '${}', expected one of from, to, year, month, quarter"),
        ("${from:MM-dd}", "'${from:MM-dd}': unknown pattern, expected one of yyyy-MM-dd, yyyy/MM/dd, dd/MM/yyyy"),
        ("${to:}", "'${to:}': unknown pattern, expected one of yyyy-MM-dd, yyyy/MM/dd, dd/MM/yyyy"),
        ("${month:0}", "'${month:0}': the width must be a number from 1 to 4"),
        ("${year:wide}", "'${year:wide}': the width must be a number from 1 to 4"),
        ("a${from", "'${' is never closed"),
    ])
    func wrongVariablesAreNamed(_ template: String, _ message: String) {
        #expect(complaint(template) == message)
    }
}
