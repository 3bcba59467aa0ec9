import Model
import Testing

@Suite struct TextFoldingTests {
    @Test(arguments: [
        ("prot", "port"), ("treshold", "threshold"), ("langauge", "language"), ("H52.70", "H52.07"), ("dossiers.recieved", "dossiers.received"),
    ])
    func slipOfTheHandIsRecognised(word: String, meant: String) {
        let candidates = ["port", "host", "threshold", "language", "H52.07", "H52.05", "dossiers.received", "dossiers.resolved"]

        #expect(TextFolding.nearest(to: word, among: candidates) == meant)
    }

    @Test(arguments: ["xyz", "", "portfolio"])
    func somethingElseIsNotGuessed(word: String) {
        #expect(TextFolding.nearest(to: word, among: ["port", "host"]) == nil)
    }
}
