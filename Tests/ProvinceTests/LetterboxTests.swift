import Testing

@testable import Province

@Suite struct LetterboxTests {
    private func letter(_ bytes: Int) -> CaughtLetter {
        CaughtLetter(sender: "", recipients: ["b@demo.example"], bytes: [UInt8](repeating: 120, count: bytes))
    }

    @Test func aLetterBeyondTheBytesIsRefusedAndASmallerOneStillFits() {
        let box = Letterbox(directory: nil, mostBytes: 100)

        #expect([60, 50, 40, 1].map { box.keep(letter($0)) } == [true, false, true, false])
        #expect(box.letters.map(\.bytes.count) == [60, 40])
    }

    @Test func lettersAreBoundedInNumber() {
        let box = Letterbox(directory: nil)

        for _ in 0..<Letterbox.mostLetters { _ = box.keep(letter(1)) }

        #expect(!box.keep(letter(1)))
        #expect(box.letters.count == Letterbox.mostLetters)
    }

    @Test func lettersThatCouldNotBeWrittenTakeNoRoom() {
        let box = Letterbox(directory: "/dev/null/nowhere", mostBytes: 100)

        #expect((1...3).map { _ in box.keep(letter(100)) } == [false, false, false])
        #expect(box.letters == [])
    }
}
