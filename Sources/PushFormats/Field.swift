import Model

/// The fields of one observation, by the names they have in JSON and CSV.
enum Field: String, CaseIterable {
    case agency, measure, from, to, period, scheme, value

    /// The field with the name in a range; nil when there is none.
    init?(_ range: Range<Int>, in bytes: [UInt8]) {
        guard let found = Field.likely(range, bytes), Field.isEqual(range, bytes, found.text) else { return nil }
        self = found
    }

    /// Its place among the fields, for sets of them in one number.
    var bit: UInt8 {
        switch self {
        case .agency: 0
        case .measure: 1
        case .from: 2
        case .to: 3
        case .period: 4
        case .scheme: 5
        case .value: 6
        }
    }

    /// Whether a range holds just this text.
    static func isEqual(_ range: Range<Int>, _ bytes: [UInt8], _ text: StaticString) -> Bool {
        guard range.count == text.utf8CodeUnitCount else { return false }
        // A static string's pointer is good for as many bytes as it says it has, for ever.
        let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        var at = range.lowerBound
        for byte in wanted {
            guard bytes[at] == byte else { return false }
            at += 1
        }
        return true
    }

    /// What was probably meant by a name that is none.
    static func nearest(to name: String) -> String? {
        guard name.utf8.count <= 80 else { return nil }
        return TextFolding.nearest(to: name, among: allCases.map(\.rawValue))
    }

    /// The only field that can have this length and first letter.
    private static func likely(_ range: Range<Int>, _ bytes: [UInt8]) -> Field? {
        switch range.count {
        case 2: .to
        case 4: .from
        case 5: .value
        case 7: .measure
        case 6:
            switch bytes[range.lowerBound] {
            case UInt8(ascii: "a"): .agency
            case UInt8(ascii: "p"): .period
            default: .scheme
            }
        default: nil
        }
    }

    private var text: StaticString {
        switch self {
        case .agency: "agency"
        case .measure: "measure"
        case .from: "from"
        case .to: "to"
        case .period: "period"
        case .scheme: "scheme"
        case .value: "value"
        }
    }
}

/// Where the fields of one observation stand in its body; each is there or not.
struct FieldPlaces {
    var agency: Range<Int>?
    var measure: Range<Int>?
    var from: Range<Int>?
    var to: Range<Int>?
    var period: Range<Int>?
    var scheme: Range<Int>?
    var value: Range<Int>?

    subscript(field: Field) -> Range<Int>? {
        get {
            switch field {
            case .agency: agency
            case .measure: measure
            case .from: from
            case .to: to
            case .period: period
            case .scheme: scheme
            case .value: value
            }
        }
        set {
            switch field {
            case .agency: agency = newValue
            case .measure: measure = newValue
            case .from: from = newValue
            case .to: to = newValue
            case .period: period = newValue
            case .scheme: scheme = newValue
            case .value: value = newValue
            }
        }
    }
}
