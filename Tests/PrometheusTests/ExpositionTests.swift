import Model
import TestSupport
import Testing

@testable import Prometheus

@Suite struct ExpositionTests {
    private let families = [
        MetricFamily("dondoc_passes_total", .counter, help: "Passes.", samples: [.init([], 3)]),
        MetricFamily("dondoc_empty", help: "Nothing."),
        MetricFamily(
            "dondoc_reading_ratio", help: "A \"part\" of one,\nby C:\\ or not.",
            samples: [.init([Label("agency", "H52.01"), Label("note", "a\\b\"c\nd")], 0.1), .init([Label("agency", "H52.02")], 1)]),
    ]

    @Test func textFormatEscapesAndLeavesOutWhatIsEmpty() {
        let text = Exposition.prometheus.text(families)

        #expect(
            text == #"""
                # HELP dondoc_passes_total Passes.
                # TYPE dondoc_passes_total counter
                dondoc_passes_total 3
                # HELP dondoc_reading_ratio A "part" of one,\nby C:\\ or not.
                # TYPE dondoc_reading_ratio gauge
                dondoc_reading_ratio{agency="H52.01",note="a\\b\"c\nd"} 0.1
                dondoc_reading_ratio{agency="H52.02"} 1

                """#)
    }

    @Test func openMetricsNamesCountersWithoutTheirSuffixAndEnds() {
        let text = Exposition.openMetrics.text(families)

        #expect(
            text == #"""
                # HELP dondoc_passes Passes.
                # TYPE dondoc_passes counter
                dondoc_passes_total 3
                # HELP dondoc_reading_ratio A \"part\" of one,\nby C:\\ or not.
                # TYPE dondoc_reading_ratio gauge
                dondoc_reading_ratio{agency="H52.01",note="a\\b\"c\nd"} 0.1
                dondoc_reading_ratio{agency="H52.02"} 1
                # EOF

                """#)
    }

    @Test(arguments: [
        (0, "0"), (1.5, "1.5"), (-3, "-3"), (1_790_000_000.125, "1790000000.125"), (9_007_199_254_740_991, "9007199254740991"),
        (1.0 / 3, "0.3333333333333333"), (1e-7, "1e-07"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"),
    ])
    func numbersReadBackAsThemselves(value: Double, text: String) {
        #expect(Exposition.number(value) == text)
        #expect(value.isNaN || Double(text) == value)
    }

    @Test func theFormatFollowsTheAcceptHeader() {
        #expect(Exposition(accept: nil) == .prometheus)
        #expect(Exposition(accept: "text/plain;version=0.0.4;q=0.5,*/*;q=0.1") == .prometheus)
        #expect(Exposition(accept: "application/openmetrics-text;version=1.0.0,text/plain;q=0.5") == .openMetrics)
        #expect(Exposition.prometheus.mediaType == "text/plain; version=0.0.4; charset=utf-8")
        #expect(Exposition.openMetrics.mediaType == "application/openmetrics-text; version=1.0.0; charset=utf-8")
    }
}
