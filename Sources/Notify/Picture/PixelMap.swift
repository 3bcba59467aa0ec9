/// A small picture of few colours.
struct PixelMap {
    /// The colours there are; the raw value is the place in the palette.
    enum Colour: UInt8, CaseIterable {
        case paper, good, bad, line, absent, ink, grid

        /// Red, green, blue.
        var bytes: [UInt8] {
            switch self {
            case .paper: [255, 255, 255]
            case .good: [46, 125, 91]
            case .bad: [179, 38, 30]
            case .line: [40, 40, 40]
            case .absent: [205, 205, 205]
            case .ink: [70, 70, 70]
            case .grid: [232, 232, 232]
            }
        }
    }

    let width: Int
    let height: Int
    /// The colour of each pixel, row by row from the top.
    private(set) var pixels: [UInt8]

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        pixels = Array(repeating: Colour.paper.rawValue, count: width * height)
    }

    /// Fills a rectangle; what lies outside the picture is left out.
    mutating func fill(x: Range<Int>, y: Range<Int>, _ colour: Colour) {
        let columns = x.clamped(to: 0..<width)
        for row in y.clamped(to: 0..<height) {
            for column in columns { pixels[row * width + column] = colour.rawValue }
        }
    }

    /// Writes digits around the middle `x`, with `y` as their upper edge; each is ten pixels wide and fourteen high.
    mutating func write(_ digits: String, middle x: Int, top y: Int, _ colour: Colour) {
        let glyphs = digits.utf8.compactMap { byte in byte.isDigit ? PixelMap.glyphs[Int(byte) - 48] : nil }
        var left = x - (glyphs.count * 12 - 2) / 2
        for glyph in glyphs {
            for (row, bits) in glyph.enumerated() {
                for column in 0..<5 where bits & (16 >> UInt8(column)) != 0 {
                    let start = (x: left + 2 * column, y: y + 2 * row)
                    fill(x: start.x..<start.x + 2, y: start.y..<start.y + 2, colour)
                }
            }
            left += 12
        }
    }

    /// The digits 0 to 9, five dots wide and seven high, a row a number.
    private static let glyphs: [[UInt8]] = [
        [14, 17, 19, 21, 25, 17, 14], [4, 12, 4, 4, 4, 4, 14], [14, 17, 1, 2, 4, 8, 31], [31, 2, 4, 2, 1, 17, 14], [2, 6, 10, 18, 31, 2, 2],
        [31, 16, 30, 1, 1, 17, 14], [6, 8, 16, 30, 17, 17, 14], [31, 1, 2, 4, 8, 8, 8], [14, 17, 17, 14, 17, 17, 14], [14, 17, 17, 15, 1, 2, 12],
    ]
}
