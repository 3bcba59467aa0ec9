import Model
import Testing

@testable import Reports

struct WordingTests {
    @Test(arguments: Language.allCases)
    func everyCaseOfEveryEnumHasItsOwnWords(language: Language) {
        let titles: [[String]] = [
            Reading.State.allCases.map { $0.title(language) }, Agency.Level.allCases.map { $0.title(language) },
            PeriodScheme.allCases.map { $0.title(language) }, Period.Kind.allCases.map { $0.title(language) },
            Indicator.Direction.allCases.map { $0.title(language) }, Indicator.Unit.allCases.map { $0.title(language) },
            AlertState.allCases.map { $0.title(language) }, Severity.allCases.map { $0.title(language) },
            OutboxItem.State.allCases.map { $0.title(language) }, Finding.Kind.allCases.map { $0.title(language) },
            Finding.Kind.allCases.map { $0.remedy(language) }, SourceEntry.Health.allCases.map { $0.title(language) },
            Account.Side.allCases.map { $0.title(language) },
            Account.Role.allCases.map { $0.title(language) },
        ]

        for words in titles {
            #expect(words.allSatisfy { !$0.isEmpty })
            #expect(Set(words).count == words.count)
        }
    }

    @Test func figuresHeldAgainstEachOtherAreSentencesToo() throws {
        let now = try Samples.reading("H52.07", .figure, 8, 20)
        let then = try Samples.reading("H52.07", .figure, 17, 20)
        let day = try #require(Day("2026-12-15"))
        let moved = Reason.Moved(
            reading: now, before: then, unit: .percent, limit: ExactDecimal(20), isRelative: false, isDrop: true, legalBasis: "")
        let worsened = Reason.Worsened(readings: [then, now], unit: .percent, limit: 3, legalBasis: "")
        let ranked = Reason.Ranked(
            reading: now, unit: .percent, fromEnd: 2, of: 75, last: 5, median: then, limit: nil, legalBasis: "")
        let title = LocalizedText(vietnamese: "Báo cáo khắc phục", english: "Remediation report")
        let owed = Reason.Owed(title: title, due: day, received: nil, evidence: "", legalBasis: "")
        let came = Reason.Owed(title: title, due: day, received: day + 5, evidence: "CV 12", legalBasis: "KH 12")
        let contradicted = Reason.Contradicted(reading: then, printed: ExactDecimal(90), legalBasis: "")

        #expect(
            Reason.moved(moved).sentence(.vietnamese)
                == "Tháng 8/2026: 40,00% (8/20); Tháng 8/2026: 85,00% (17/20); giảm 45,00 điểm, giới hạn 20 điểm.")
        #expect(
            Reason.moved(moved).sentence(.english)
                == "August 2026: 40.00% (8/20); August 2026: 85.00% (17/20); a fall of 45.00 points, 20 points allowed.")
        #expect(
            Reason.worsened(worsened).sentence(.vietnamese)
                == "Tháng 8/2026: 85,00% (17/20) → Tháng 8/2026: 40,00% (8/20): xấu đi 1 kỳ liên tiếp, giới hạn 3.")
        #expect(
            Reason.ranked(ranked).sentence(.vietnamese)
                == "Tháng 8/2026: 40,00% (8/20), đứng thứ 2 từ cuối lên trong 75 cơ quan cùng cấp, trung vị 85,00%; nhóm 5 cơ quan cuối.")
        #expect(Reason.owed(owed).sentence(.vietnamese) == "Báo cáo khắc phục: chưa nhận được; hạn là ngày 15/12/2026.")
        #expect(Reason.owed(came).sentence(.english) == "Remediation report: received on 2026-12-20 (CV 12); due on 2026-12-15.")
        #expect(Reason.owed(came).legalBasis == "KH 12")
        #expect(
            Reason.contradicted(contradicted).sentence(.vietnamese) == "Tháng 8/2026: 85,00% (17/20); hệ thống nguồn tự công bố 90%.")
    }

    @Test func aYearIsToldWithWhatItLeadsTo() throws {
        let (from, through) = (try #require(Day("2026-01-01")), try #require(Day("2026-08-31")))
        func said(_ part: Int64, _ whole: Int64?, _ direction: Indicator.Direction, _ target: Int64, days: Int = 243) throws -> [String] {
            let projection = try #require(
                YearProjection(
                    from: from, last: from + 364, through: through, countedDays: days, numerator: part, denominator: whole, direction: direction,
                    target: ExactDecimal(target)))
            let reason = Reason.budget(Reason.Budget(projection: projection, period: try Samples.period(), legalBasis: "KH 12"))
            return [reason.sentence(.vietnamese), reason.sentence(.english)]
        }

        #expect(
            try said(170, 200, .higherIsBetter, 88) == [
                "Từ ngày 01/01/2026 đến hết ngày 31/08/2026: 85,00% (170/200); chỉ tiêu cả năm không thấp hơn 88%. "
                    + "Theo nhịp độ này, cả năm không đạt chỉ tiêu.",
                "From 2026-01-01 to 2026-08-31: 85.00% (170/200); the year's target is at least 88%. At this pace the year misses it.",
            ])
        #expect(
            try said(40, 1000, .lowerIsBetter, 2, days: 200) == [
                "Từ ngày 01/01/2026 đến hết ngày 31/08/2026: 4,00% (40/1.000), có số liệu của 200/243 ngày; chỉ tiêu cả năm không cao hơn 2%. "
                    + "Dù toàn bộ phần còn lại của năm đều đạt, cả năm vẫn là 2,19%.",
                "From 2026-01-01 to 2026-08-31: 4.00% (40/1,000), figures of 200 of 243 days; the year's target is at most 2%. "
                    + "Even if all that is still to come goes well, the year comes to 2.19%.",
            ])
        #expect(
            try said(7, nil, .higherIsBetter, 12) == [
                "Từ ngày 01/01/2026 đến hết ngày 31/08/2026: 7; chỉ tiêu cả năm không thấp hơn 12. "
                    + "Theo nhịp độ này, cả năm là 10,51, không đạt chỉ tiêu.",
                "From 2026-01-01 to 2026-08-31: 7; the year's target is at least 12. At this pace the year comes to 10.51 and misses it.",
            ])
        #expect(
            try said(13, nil, .lowerIsBetter, 12) == [
                "Từ ngày 01/01/2026 đến hết ngày 31/08/2026: 13; chỉ tiêu cả năm không cao hơn 12. Đã vượt chỉ tiêu cả năm.",
                "From 2026-01-01 to 2026-08-31: 13; the year's target is at most 12. The year's target is passed already.",
            ])
        #expect(
            try said(180, 200, .higherIsBetter, 88).last
                == "From 2026-01-01 to 2026-08-31: 90.00% (180/200); the year's target is at least 88%. At this pace the year meets it.")
    }

    @Test func reasonsAreSentencesWithTheirNumbers() throws {
        let reading = try Samples.reading("H52.07", .figure, 17, 20)
        let judged = Reason.Judged(
            reading: reading, unit: .percent, direction: .higherIsBetter, bound: ExactDecimal(90), legalBasis: "KH 12", consecutive: 2)
        let due = try #require(Day("2026-09-03"))
        let never = Reason.NotReported(period: try Samples.period(), due: due, ever: false, legalBasis: "")
        let stale = Reason.Stale(last: Day("2026-07-01"), today: due, limit: 30, countsWorkingDays: true, age: 45, legalBasis: "")

        #expect(Reason.beyondThreshold(judged).sentence(.vietnamese) == "Tháng 8/2026: 85,00% (17/20), thấp hơn ngưỡng 90%; 2 kỳ liên tiếp.")
        #expect(Reason.beyondThreshold(judged).sentence(.english) == "August 2026: 85.00% (17/20), below the bound of 90%; 2 periods in a row.")
        let own = Reason.Judged(
            reading: reading, unit: .percent, direction: .higherIsBetter, bound: ExactDecimal(80), legalBasis: "", consecutive: 2,
            reason: "mới tiếp nhận nhiệm vụ")
        #expect(
            Reason.withinThreshold(own).sentence(.vietnamese)
                == "Tháng 8/2026: 85,00% (17/20), đạt ngưỡng 80% (ngưỡng riêng: mới tiếp nhận nhiệm vụ).")
        #expect(
            Reason.beyondThreshold(own).sentence(.english)
                == "August 2026: 85.00% (17/20), below the bound of 80% (a bound of its own: mới tiếp nhận nhiệm vụ); 2 periods in a row.")
        let excepted = Reason.Excepted(from: due, last: due + 27, reason: "chuyển trụ sở")
        let open = Reason.Excepted(from: due, last: nil, reason: "chuyển trụ sở")
        #expect(
            Reason.excepted(excepted).sentence(.vietnamese)
                == "Không áp dụng quy tắc: được miễn từ ngày 03/09/2026 đến hết ngày 30/09/2026: chuyển trụ sở.")
        #expect(
            Reason.excepted(excepted).sentence(.english)
                == "The rule does not apply: excepted from 2026-09-03 to 2026-09-30: chuyển trụ sở.")
        #expect(Reason.excepted(open).sentence(.vietnamese) == "Không áp dụng quy tắc: được miễn từ ngày 03/09/2026: chuyển trụ sở.")
        #expect(Reason.excepted(open).sentence(.english) == "The rule does not apply: excepted from 2026-09-03: chuyển trụ sở.")
        #expect(Reason.withinThreshold(judged).sentence(.vietnamese) == "Tháng 8/2026: 85,00% (17/20), đạt ngưỡng 90%.")
        #expect(
            Reason.notReported(never).sentence(.vietnamese)
                == "Tháng 8/2026: chưa báo cáo, hạn là ngày 03/09/2026; cơ quan chưa từng báo cáo.")
        let earlier = [try Samples.period().advanced(by: -2)]
        let both = Reason.NotReported(period: try Samples.period(), due: due, ever: true, legalBasis: "", earlier: earlier)
        #expect(
            Reason.notReported(both).sentence(.vietnamese)
                == "Tháng 8/2026: chưa báo cáo, hạn là ngày 03/09/2026; còn thiếu cả Tháng 6/2026.")
        #expect(
            Reason.notReported(both).sentence(.english)
                == "August 2026: not reported (missing too: June 2026); it was due on 2026-09-03.")
        #expect(Reason.reported(never).sentence(.english) == "August 2026: the figures have come; they were due on 2026-09-03.")
        #expect(Reason.stale(stale).sentence(.vietnamese) == "Cập nhật gần nhất ngày 01/07/2026, đã 45 ngày làm việc; giới hạn là 30 ngày làm việc.")
        #expect(Reason.stale(stale).sentence(.english) == "Last updated on 2026-07-01, 45 working days ago; the limit is 30 working days.")
        #expect(Reason.fresh(stale).sentence(.vietnamese) == "Đã cập nhật ngày 01/07/2026.")
        #expect(Reason.noLongerJudged("x").sentence(.english) == "No longer judged: x")
        #expect(Reason.noLongerJudged("agency").sentence(.vietnamese) == "Không còn được đánh giá: cơ quan đã kết thúc hoạt động")
    }

    @Test func aFormationAndABreakAreToldInFull() throws {
        let day = try #require(Day("2025-07-01"))
        let agency = try Samples.agency("H52.30", "Xã Mới")
        let old = Agency(code: try #require(AgencyCode("H52.20")), name: "Xã Cũ", level: .commune, validFrom: day - 1000, validTo: day)
        let staff = try #require(MeasureID("staff"))
        let moved = Succession(predecessor: old.code, successor: agency.code, effective: day, measures: [staff])
        let part = Succession(predecessor: old.code, successor: agency.code, effective: day)
        let register = Register(agencies: [agency, old], successions: [moved])
        let tell = { (lineage: Lineage, language: Language) in
            RegisterRemarks.formation(of: agency, lineage, register: register, language: language)
        }

        let formed = Lineage(members: [old.code, agency.code], breaks: [])
        #expect(
            tell(formed, .vietnamese) == [
                "Hình thành ngày 01/07/2025 từ Xã Cũ (H52.20); số liệu ở đây chỉ của đơn vị mới. Cộng cả đơn vị cũ: dondoc rollup CHỈ_SỐ "
                    + "--agency H52.30 --with-predecessors."
            ])
        #expect(
            tell(formed, .english) == [
                "Formed on 2025-07-01 from Xã Cũ (H52.20); the figures here are the new agency's alone. To add the former ones: dondoc rollup "
                    + "INDICATOR --agency H52.30 --with-predecessors."
            ])
        #expect(
            tell(Lineage(members: [agency.code], breaks: [moved, part]), .vietnamese) == [
                "Ngắt chuỗi ngày 01/07/2025: staff chuyển về từ Xã Cũ (H52.20); số liệu cũ không được cộng.",
                "Ngắt chuỗi ngày 01/07/2025: chỉ một phần của Xã Cũ (H52.20) chuyển về; số liệu cũ không được cộng.",
            ])
        #expect(
            tell(Lineage(members: [agency.code], breaks: [moved, part]), .english) == [
                "Break on 2025-07-01: staff came over from Xã Cũ (H52.20); its earlier figures are not added.",
                "Break on 2025-07-01: only a part of Xã Cũ (H52.20) came over; its earlier figures are not added.",
            ])
        #expect(tell(Lineage(members: [agency.code], breaks: []), .english) == [])
    }
}
