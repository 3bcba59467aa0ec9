import Foundation
import Model
import Notify
import Testing

@Suite struct TemplateCheckTests {
    private let good = ["letter": "{{addressee}}", "letter-subject": "x", "operators": "x", "operators-subject": "x"]

    private func problems(_ changes: [String: String?]) -> [String] {
        var templates = good
        for (name, text) in changes { templates[name] = text }
        return TemplateCheck.problems(in: templates, language: .english).map(\.description)
    }

    @Test(arguments: Language.allCases)
    func shippedTemplatesUseOnlyKnownVariables(language: Language) throws {
        let templates = try LetterTests.templates(language)

        let whole = LetterKind.allCases.flatMap { [$0.rawValue, $0.rawValue + "-subject", $0.rawValue + ".html"] }
        #expect(templates.keys.filter { !$0.hasPrefix("_") }.sorted() == whole.sorted())
        #expect(TemplateCheck.problems(in: templates, language: language, kinds: LetterKind.allCases) == [])
    }

    @Test func documentationNamesExactlyTheVariablesThatLettersFill() throws {
        let page = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/letters.md")
        let tables = try String(contentsOf: page, encoding: .utf8).split(separator: "## Variables of a letter").last?.split(separator: "## The mail")
            .first

        let named = try #require(tables).split(separator: "\n").filter { $0.hasPrefix("| `") }.flatMap { line in
            line.split(separator: "`", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) }
        }.filter { !$0.contains(".") && !$0.contains(" ") }

        #expect(Set(named) == TemplateCheck.variableNames)
    }

    @Test func mistypedVariableIsNamedWithItsLine() {
        let text = "a\n{{#firing}}\n{{! {{ignored}} }}\n{{#threshold}}{{figur}}{{/threshold}}{{/firing}}\n{{figure}}"

        #expect(
            problems(["letter": text]).contains("letter.mustache:4: unknown variable 'figur'; did you mean 'figure'?"))
        #expect(problems(["letter": text]).last == "letter.mustache:5: unknown variable 'figure'")
    }

    @Test func brokenMissingAndUnknownTemplatesAreNamed() {
        #expect(
            problems(["letter": "a\n{{#firing}}\nb"]) == [
                "letter.mustache:3: the template cannot be read, a section '{{#…}}' is never closed with '{{/…}}'"
            ])
        #expect(
            problems(["operators": String?.none]) == [
                "operators.mustache:1: the template is missing: copy the one that is shipped and adapt it"
            ])
        #expect(problems(["leter": "x"]) == ["leter.mustache:1: no letter uses a template of this name; did you mean 'letter'?"])
    }

    @Test(arguments: [
        ("letter", " \n", "letter.mustache:1: the template is empty; a letter needs a subject and a text"),
        ("letter-subject", "", "letter-subject.mustache:1: the template is empty; a letter needs a subject and a text"),
        (
            "letter", "a\n{{=<% %>=}}<%nonsense%>",
            "letter.mustache:2: delimiters cannot be changed here: write variables as {{name}}"
        ),
        ("operators", "x\n{{addressee}}", "operators.mustache:2: unknown variable 'addressee'"),
        (
            "letter.html", "{{> _part}}",
            "letter.html.mustache:1: '_part' cannot be included here: an HTML version includes only parts whose names end in '.html'"
        ),
        ("letter", "{{> _part.html}}", "letter.mustache:1: '_part.html' cannot be included here: a text includes no part of an HTML version"),
    ])
    func whatALetterCannotUseIsNamed(name: String, text: String, problem: String) {
        let parts = ["_part": "{{sender}}", "_part.html": "{{sender}}"].filter { text.contains($0.key + "}") }

        #expect(problems([name: text].merging(parts) { first, _ in first }).first == problem)
    }

    @Test func aPartMayAskForWhatOnlyOtherKindsHave() {
        let part = "{{#addressee}}To {{addressee}}{{/addressee}}{{^addressee}}To the operators{{/addressee}}"

        #expect(problems(["letter": "{{> _to}}", "operators": "{{> _to}}", "_to": part]) == [])
        #expect(problems(["operators": part + "{{adressee}}"]) == ["operators.mustache:1: unknown variable 'adressee'"])
    }

    @Test func aPartMayBeEmptied() {
        #expect(problems(["letter": "{{> _part}}x", "_part": ""]) == [])
    }

    @Test func writerRefusesWhatItCannotUse() {
        let missing = #expect(throws: NotifyError.self) {
            try LetterWriter(head: Fixture.head(), catalogue: Fixture.catalogue(), templates: [:], secret: Fixture.secret)
        }
        let broken = #expect(throws: NotifyError.self) {
            var templates = good
            templates["letter"] = "{{/firing}}"
            _ = try LetterWriter(head: Fixture.head(), catalogue: Fixture.catalogue(), templates: templates, secret: Fixture.secret)
        }

        #expect(missing?.description == "templates/vi/letter.mustache is missing: copy the one that is shipped and adapt it")
        #expect(
            broken?.description
                == "letter.mustache:1: the template cannot be read, a section is closed under another name than it was opened with")
        #expect(
            NotifyError.noRecipient.description
                == "nobody can get this letter: the agency has no contacts and mail.operators in dondoc.yaml is empty; enter at least one operator")
    }
}
