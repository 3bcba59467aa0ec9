import Assembly
import Control
import Model
import Reports
import Store

/// Files that operators bring: looked at again when they are to be stored, because figures may have changed since the preview.
extension FrontDesk {
    /// Stores a file in one transaction, if it would still change what its preview said; otherwise what it would change now is the answer.
    func commit(_ order: ImportOrder, digest: String, _ desk: Desk) async throws(Failure) -> Document {
        let now = time.now()
        let configuration = live.current.configuration
        // Twice at most: the second time the store itself has noticed a change between looking and storing.
        for _ in 0..<2 {
            let preview = try await preview(order, configuration, at: now, desk.language)
            guard preview.digest == digest else { return preview.document(.changed, language: desk.language) }
            guard preview.changesFigures else { return preview.document(.unchanged, language: desk.language) }
            let source = preview.delivery.source
            do throws(StoreError) {
                let recorded = try await store.record(
                    preview.delivery, observations: preview.checked.observations, findings: preview.checked.findings,
                    doubts: { Pull.doubts($0, source: source, day: now.day, configuration) }, expects: { preview.isKept(by: $0, $1) })
                runner.judgeSoon()
                return preview.document(.stored, delivery: recorded.id, language: desk.language)
            } catch {
                guard error.kind == .changed else { throw Failure(error, desk.language) }
            }
        }
        throw Failure(
            .busy, desk.language == .vietnamese ? "số liệu trong kho đang thay đổi liên tục" : "figures in the store keep changing",
            hint: desk.language == .vietnamese ? "chưa ghi gì; nhập lại sau ít phút" : "nothing was stored; import again in some minutes")
    }

    /// Decoding and comparing take a while for a large file, so they are done off the cooperative pool.
    private func preview(
        _ order: ImportOrder, _ configuration: Configuration, at now: Instant, _ language: Language
    ) async throws(Failure) -> ImportPreview {
        let result: Result<ImportPreview, Failure>
        do throws(StoreError) {
            result = try await store.reading { store throws(StoreError) in
                Result { () throws(Failure) in
                    try FileImport(order, configuration: configuration, store: store, now: now, language: language).preview
                }
            }
        } catch {
            throw Failure(error, language)
        }
        return try result.get()
    }
}
