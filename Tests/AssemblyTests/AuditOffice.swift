import Assembly
import Control
import Model
import Settings
import Store
import TestSupport
import Testing

/// A province for an auditor's questions: an indicator whose definition changed in the middle of June 2026, days beside months, running totals.
enum Audit {
    static let agency = code("H52.01")
    static let online = measure("online")

    static func files() -> Office.Files {
        Office.Files(
            agencies: [("H52.01", "Sở Một"), ("H52.02", "Sở Hai")],
            datedAgencies: "H52.03,Sở Ba,department,H52,2025-07-01,,,\nH52.04,Sở Bốn,department,H52,2000-01-01,2025-06-30,,\n",
            measures: """
                  - {id: received, title: {vi: Hồ sơ tiếp nhận, en: Dossiers received}}
                  - {id: online, title: {vi: Hồ sơ trực tuyến, en: Online dossiers}}
                  - {id: eligible, title: {vi: Hồ sơ đủ điều kiện, en: Eligible dossiers}}
                  - {id: resolved, title: {vi: Hồ sơ đã giải quyết, en: Resolved}, kind: cumulative, since: admin15}
                  - {id: open, title: {vi: Hồ sơ đang giải quyết, en: Open}, kind: stock}

                """,
            indicators: """
                  - id: share
                    title: {vi: Tỷ lệ trực tuyến, en: Share online}
                    clause: "(g)"
                    direction: higher
                    unit: percent
                    definitions:
                      - version: 1
                        to: 2026-06-14
                        numerator: online
                        denominator: received
                        wording: {vi: Mức 3 và 4 trên tổng số, en: Levels 3 and 4 over all}
                        legal_basis: Văn bản cũ
                      - version: 2
                        from: 2026-06-15
                        numerator: online
                        denominator: eligible
                        wording: {vi: Toàn trình trên số đủ điều kiện, en: Fully online over eligible}
                        legal_basis: Nghị định 42/2022/NĐ-CP
                  - id: done
                    title: {vi: Tỷ lệ giải quyết, en: Share resolved}
                    clause: "(f)"
                    direction: higher
                    unit: quotient
                    scheme: admin15
                    definitions:
                      - version: 1
                        numerator: resolved
                        denominator: resolved + open
                        wording: {vi: Đã giải quyết trên cần giải quyết, en: Resolved over the workload}
                        legal_basis: Văn bản thử nghiệm
                  - id: silence
                    title: {vi: Số ngày không có hồ sơ trực tuyến, en: Days without an online dossier}
                    clause: "(d)"
                    direction: lower
                    unit: days-since
                    definitions:
                      - version: 1
                        numerator: online
                        wording: {vi: Số ngày, en: Days}
                        legal_basis: Văn bản thử nghiệm

                """,
            sources: [:])
    }

    static func observation(_ id: String, _ range: DayRange, _ value: Int64?, of agency: String = "H52.01") -> Observation {
        Observation(cell: CellKey(agency: code(agency), measure: measure(id), range: range), value: value)
    }

    static func month(_ text: String) -> DayRange { period(text).range }

    /// Records observations as a delivery that holds only its own name.
    @discardableResult
    static func record(_ observations: [Observation], in store: Store, at instant: Instant, source: String = "one-stop") async throws -> Recorded {
        let delivery = Delivery(source: source, receivedAt: instant, bytes: Array("\(instant) \(observations.count)".utf8), mediaType: "text/plain")
        return try await store.record(delivery, observations: observations)
    }
}
