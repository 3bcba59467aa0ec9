import Foundation
import Model
import Testing

@testable import PushFormats

/// What readers say of bodies, in both languages.
struct WordingTests {
    private static let expectations: [Wanted] =
        [
            .sign("':'"), .either("','", "']'"), .observationList, .bodyEnd, .lineEnd, .jsonValue, .string, .stringWithoutControls,
            .endOfString(from: 7), .nesting(most: 64), .escape, .onceInObject("x"), .objectPerLine, .object, .numberOrNull, .quotedText, .once,
            .columns(5, hasMore: true), .columns(5, hasMore: false), .number, .agencyCode, .measureID, .day(example: "2026-11-01"), .dayOrPeriod,
            .period, .dayFrom(Day(number: 9000)), .periodOrDays, .schemeBesidePeriod, .agencyLabel("agency"), .metricOrLabel("measure"),
            .timeInPrecision, .timestamp(unit: "ms"), .wholeTimestamp(unit: "ms"), .measurement, .equalsSign, .tag, .blankBeforeFields, .namedField,
            .fieldValue, .endAfterTimestamp, .closingQuote, .oneField, .singleCount(not: "summary"), .gaugeOrWholeDays, .gaugeOfNoFlow, .wholeDays,
            .nanoseconds, .sample,
        ] + NumberTrouble.allCases.map { .fittingNumber($0) }

    private static let faults: [BodyFault] =
        [
            .ends(.bodyEnd), .instead(found: "x", .string), .otherName("x", shape: "{}"), .emptyTable(header: CSVObservations.header),
            .separator(";"), .separator("\t"), .unknownColumn("x", nearest: nil), .unknownColumn("valeu", nearest: "value"), .columnTwice("value"),
            .missingColumn("value", header: CSVObservations.header), .missingHeader(found: "x", header: CSVObservations.header), .openQuote,
            .textAfterQuote,
        ] + BodyFault.Part.allCases.map { .notUTF8($0) }
        + [SnappyFault.noLength, .cutOff, .holdsMore, .copyBeforeBeginning, .ends(after: 1, of: 2)].map { .snappy($0) }
        + [ProtobufFault.fieldNumber(0), .fieldTooLong, .wireType(3), .cutOff, .longNumber].map { .protobuf($0) }

    private static let packings: [PackingFault] = [.damaged(near: 7), .endsEarly(after: 7), .empty, .unavailable]

    private static let errors: [PushFormatError] =
        faults.map { .malformed(.byte(17), $0) } + [.malformed(.line(2), .openQuote), .tooLargeUnpacked(most: 7), .tooManyObservations(most: 7)]
        + packings.map { .damagedPacking(.gzip, $0) }

    private static let found: [Found] = [
        .text("x"), .lineEnd, .columns(6), .fields(6), .unknownField("valeu"), .twice(.field), .twice(.tag), .twice(.label),
        .fault(.malformed(.byte(17), .ends(.bodyEnd))), .runningTotal, .delta(from: 1, to: 2),
    ]

    private static var texts: [LocalizedText] {
        errors.map { error in LocalizedText { error.text($0) } } + expectations.map { one in LocalizedText { one.text($0) } }
            + found.map { one in LocalizedText { one.text($0) } }
    }

    /// Names of fields, formats and programs, which are the same in both languages, and "or", "and" and the like never are.
    private static let names: Set<String> = [
        "agency", "measure", "from", "to", "value", "valeu", "period", "scheme", "null", "json", "csv", "excel", "libreoffice", "utf", "byte",
        "snappy",
        "protobuf", "gzip", "remote", "write", "content", "encoding", "gauge", "sum", "delta", "summary", "ms", "uxxxx", "tab", "nam",
    ]

    private func words(_ text: String) -> Set<String> {
        Set(text.lowercased().split { !$0.isLetter }.map(String.init).filter { $0.count > 1 && $0.utf8.allSatisfy { $0 < 0x80 } })
    }

    @Test func vietnameseTextsHoldNoEnglishWord() {
        // The words of the English texts are those that a text left untranslated would have.
        let english = Self.texts.reduce(into: Set<String>()) { $0.formUnion(words($1.english)) }.subtracting(Self.names)
        #expect(english.contains("expected") && english.contains("or"))
        for text in Self.texts { #expect(words(text.vietnamese).intersection(english).isEmpty, "\(text.vietnamese)") }
    }

    @Test func everyTextIsWalkedOver() throws {
        let kinds: [(file: String, samples: [String])] = [
            ("Wanted", Self.expectations.map { "\($0)" }),
            (
                "BodyFault",
                Self.faults.map { "\($0)" } + ["body", "label", "attribute", "metricName"] + Self.packings.map { "\($0)" }
                    + ["cutOff", "noLength", "holdsMore", "copyBeforeBeginning", "ends", "fieldNumber", "fieldTooLong", "wireType", "longNumber"]
            ),
        ]
        for (name, samples) in kinds {
            let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources/PushFormats/\(name).swift")
            let declared = try String(contentsOf: file, encoding: .utf8).matches(of: /\n +case ([^\n]+)/).flatMap { match in
                match.output.1.replacing(/\([^)]*\)/, with: "").split(separator: ",").map { $0.filter { $0 != " " } }
            }
            #expect(Set(declared) == Set(samples.map { String($0.prefix { $0.isLetter || $0.isNumber }) }))
        }
    }
}
