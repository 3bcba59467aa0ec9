import Control
import Correspondence
import Model
import Notify
import Reports
import Store

extension Desk {
    /// A letter as it would be written now: of an alert as it stands, or an invented one.
    func letterPreview(_ question: LetterQuestion) throws(Failure) -> Response {
        let letter: Letter
        if let key = question.key { letter = try self.letter(of: key) } else { letter = try sampleLetter(question.kind, to: sender) }
        switch question.form {
        case .mail: return .bytes(Payload(letter.bytes))
        case .html:
            guard let html = LetterText.html(letter.bytes) else {
                throw Failure(
                    .refused,
                    language == .vietnamese ? "thư này không có bản HTML" : "this letter has no HTML version",
                    hint: language == .vietnamese
                        ? "thêm mẫu .html.mustache; xem docs/letters.md" : "add an .html.mustache template; see docs/letters.md")
            }
            return .bytes(Payload(Array(html.utf8)))
        case .text:
            return .document(Document([.verbatim(LetterText.readable(letter.bytes))]))
        }
    }

    /// An invented letter of a kind, in which everything occurs that can.
    public func sampleLetter(_ name: String?, to address: String) throws(Failure) -> Letter {
        guard let kind = LetterKind(rawValue: name ?? LetterKind.notice.rawValue) else {
            let kinds = LetterKind.allCases.map(\.rawValue).joined(separator: ", ")
            throw Failure(
                .invalidRequest, language == .vietnamese ? "không có loại thư '\(name ?? "")'" : "there is no kind of letter '\(name ?? "")'",
                hint: kinds)
        }
        return try written { writer throws(NotifyError) in try writer.sample(kind, to: address, at: now) }
    }

    private var sender: String { core.province.mail?.from.address ?? "" }

    private func letter(of key: AlertKey) throws(Failure) -> Letter {
        let (alert, urged) = try reading { () throws(StoreError) in (try store.alerts().first { $0.key == key }, try store.urged()) }
        guard let alert else {
            throw Failure(
                .unknownID, language == .vietnamese ? "không có cảnh báo '\(key)'" : "there is no alert '\(key)'", hint: "dondoc alerts list")
        }
        let steps = core.province.urging.steps
        let step = urged[key].map { min($0.step + 1, steps.count - 1) } ?? 0
        let owed = Telling.Owed(
            alert: alert, occasion: alert.state == .resolved ? .resolved : urged[key] == nil ? .news : .step, step: step,
            audience: steps.indices.contains(step) && steps[step].audience != .summary ? steps[step].audience : .agency)
        guard let notice = Notices.compose([owed], register: core.register, today: today, measures: core.measuresOfSubjects).notices.first else {
            throw Failure(.refused, language == .vietnamese ? "không có ai để gửi thư này" : "there is nobody to send this letter to")
        }
        let material = try reading { () throws(StoreError) in
            try LetterMaterials(configuration: configuration, store: store).material(
                for: notice, urged: urged, answers: try store.standingAnswers(), at: now)
        }
        return try written { writer throws(NotifyError) in try writer.letter(for: notice, at: now, material: material).letter }
    }

    private func written(_ make: (LetterWriter) throws(NotifyError) -> Letter) throws(Failure) -> Letter {
        guard let writer = configuration.letterWriter else {
            throw Failure(
                .refused,
                language == .vietnamese
                    ? "dondoc.yaml không có phần mail, nên không có thư nào được lập" : "dondoc.yaml has no mail section, so no letters are written",
                hint: "docs/configuration.md")
        }
        do throws(NotifyError) { return try make(writer) } catch { throw Failure(.refused, error.description) }
    }
}
