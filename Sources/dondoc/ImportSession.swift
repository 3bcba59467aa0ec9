import Control
import Model
import Reports

/// One file after the other: preview, question, storing. Each file is one request that the daemon stores in one transaction, so that whatever
/// ends this program ends it between whole files.
struct ImportSession {
    enum Mode {
        case preview, ask, storeUnasked
    }

    let place: PlaceOptions
    let format: OutputFormat
    let language: Language
    let surroundings: Surroundings
    let mode: Mode
    /// Whether the operator says yes.
    let ask: () -> Bool

    /// Brings one file as far as the mode and the operator want. A daemon that cannot be reached is an outcome as well.
    func bring(_ order: ImportOrder, number: Int, of count: Int) -> Outcome {
        do throws(ControlError) {
            return try asked(order, number: number, of: count)
        } catch {
            return Outcome(error, language: language)
        }
    }

    private func asked(_ order: ImportOrder, number: Int, of count: Int) throws(ControlError) -> Outcome {
        let bar = ProgressBar(isShown: surroundings.isInteractive, label: "\(order.name) (\(number)/\(count))")
        var response = try response(to: .importPreview(order: order), bar)
        // A preview that no longer holds when it is confirmed is shown again; without anybody to look, three times are enough.
        for _ in 0..<3 {
            guard let verdict = Verdict(response), mode != .preview, verdict.changesFigures else { return outcome(response) }
            if mode == .ask {
                // Nobody is asked about a preview that could not be shown.
                do throws(Failure) { try Sink.standardOutput(language).write(outcome(response).output) } catch {
                    return outcome(.failure(error))
                }
                guard ask() else { return declined(order) }
            }
            let commit = Request.importCommit(order: order, digest: verdict.digest)
            response = try Interruption.postponed { () throws(ControlError) in try self.response(to: commit, bar) }
            guard let after = Verdict(response), after.state == ImportReport.State.changed.rawValue else {
                let outcome = outcome(mode == .ask ? response.withoutLines : response)
                guard Interruption.wasAsked else { return outcome }
                // The file in hand was brought to its end; the next one is not begun.
                return stopped(after: order, saying: outcome)
            }
        }
        return outcome(response)
    }

    /// What the preview or the storing came to, as programs read it.
    struct Verdict {
        let state: String
        let digest: String
        let changesFigures: Bool
        let refused: Int64

        init?(_ response: Response) {
            guard case .document(let document) = response, case .sheet(let sheet)? = document.blocks.first, sheet.id == "import",
                let row = sheet.rows.first
            else { return nil }
            func value(_ column: String) -> Sheet.Value {
                sheet.columns.firstIndex { $0.id == column }.flatMap { row.indices.contains($0) ? row[$0] : nil } ?? .missing
            }
            func count(_ column: String) -> Int64 { if case .integer(let count) = value(column) { count } else { 0 } }
            guard case .code(let state, _, _) = value("state"), case .text(let digest) = value("digest") else { return nil }
            self.state = state
            self.digest = digest
            changesFigures = count("new") + count("restated") > 0 && state != ImportReport.State.unchanged.rawValue
            refused = count("refused")
        }
    }

    /// The answer as it is printed. Refused figures make the status "no".
    private func outcome(_ response: Response) -> Outcome {
        let shown = format == .table ? response.withoutDigest : response
        var outcome = Outcome(shown, format: format, language: language, in: surroundings)
        guard let verdict = Verdict(response) else { return outcome }
        if verdict.refused > 0 || verdict.state == ImportReport.State.changed.rawValue { outcome.status = .answerIsNo }
        guard !verdict.changesFigures, verdict.state == ImportReport.State.previewed.rawValue else { return outcome }
        outcome.complaint =
            language == .vietnamese
            ? "Tệp không làm thay đổi số liệu nào: kho đã có đủ, mọi số liệu đều bị từ chối, hoặc tệp chưa có số liệu. Không ghi gì.\n"
            : "The file changes no figure: the store has them already, all are refused, or it holds none. Nothing is stored.\n"
        return outcome
    }

    private func declined(_ order: ImportOrder) -> Outcome {
        var outcome = Outcome(output: "", status: .answerIsNo)
        outcome.complaint = language == .vietnamese ? "Không ghi \(order.name).\n" : "\(order.name) is not stored.\n"
        return outcome
    }

    private func stopped(after order: ImportOrder, saying stored: Outcome) -> Outcome {
        var outcome = stored
        outcome.status = .failed
        outcome.complaint =
            language == .vietnamese
            ? "Đã dừng sau \(order.name): tệp này đã xử lý trọn vẹn, các tệp sau chưa đụng tới.\n"
            : "Stopped after \(order.name): it was brought to its end, the files after it were not begun.\n"
        return outcome
    }

    private func response(to request: Request, _ bar: ProgressBar) throws(ControlError) -> Response {
        if let database = place.database {
            return Offline.answer(request, database: database, configuration: place.config, language: language)
        }
        let path: String
        switch place.socketPath {
        case .success(let found): path = found
        case .failure(let failure): return .failure(failure)
        }
        defer { bar.clear() }
        return try ControlClient(path: path, limit: request.patience).ask(request, language: language) { bar.show($0, of: $1) }
    }
}

extension Response {
    /// The counts alone, for somebody who has just read the lines.
    fileprivate var withoutLines: Response {
        guard case .document(let document) = self else { return self }
        return .document(Document(Array(document.blocks.prefix(1))))
    }

    /// Without what only programs read.
    fileprivate var withoutDigest: Response {
        guard case .document(let document) = self, case .sheet(let sheet)? = document.blocks.first,
            let index = sheet.columns.firstIndex(where: { $0.id == "digest" })
        else { return self }
        let rows = sheet.rows.map { row in row.enumerated().map { $0.offset == index ? .missing : $0.element } }
        let shown = Sheet(id: sheet.id, title: sheet.title, columns: sheet.columns, rows: rows, notes: sheet.notes, shape: sheet.shape)
        return .document(Document([.sheet(shown)] + document.blocks.dropFirst()))
    }
}
