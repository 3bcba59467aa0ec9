import Connectors
import Control
import Ingest
import Model
import Reports
import Settings
import Store

/// Reads bytes as a source's delivery and shows what would be stored; stores nothing.
public struct SourceTrial: Sendable {
    let configuration: Configuration
    /// What is already stored matters for overlaps and falling totals; nil when no database is at hand.
    let store: Store?
    let today: Day

    public init(configuration: Configuration, store: Store?, today: Day) {
        self.configuration = configuration
        self.store = store
        self.today = today
    }

    /// The newest days that the source would be asked for; a sample is read as the answer to this question.
    public func newestWindow(of source: Configuration.Source) -> DayRange? {
        source.connector.windows(from: today - 400, through: today - 1).last
    }

    public func document(_ source: Configuration.Source, bytes: [UInt8], language: Language) throws(Failure) -> Document {
        let delivery = Delivery(source: source.settings.id, receivedAt: today.start, bytes: bytes, asked: newestWindow(of: source))
        let checked: Checked
        do throws(SourceReadingError) {
            checked = try source.check(delivery, core: configuration.core, store: store, today: today)
        } catch {
            switch error {
            case .undecodable(let error):
                let hint = language == .vietnamese ? "sửa phần answer trong tệp nguồn" : "correct answer in the source's file"
                throw Failure(.failed, error.description, hint: hint)
            case .store(let error): throw Failure(error, language)
            }
        }
        return TrialReport.document(
            source: source.settings.id, observations: checked.observations, findings: checked.findings, measures: configuration.core.measures,
            register: configuration.core.register, language: language)
    }
}

/// Why a delivery could not be brought as far as observations.
public enum SourceReadingError: Error {
    case undecodable(DecodeError)
    case store(StoreError)
}

extension Configuration.Source {
    /// Decodes a delivery and checks its rows against the province and what the store holds around them: the same way for the daemon and for
    /// a trial.
    public func check(_ delivery: Delivery, core: CoreSettings, store: Store?, today: Day) throws(SourceReadingError) -> Checked {
        let rows: [Result<Row, UnreadableRow>]
        do throws(DecodeError) { rows = try connector.decode(delivery) } catch { throw .undecodable(error) }
        do throws(StoreError) {
            return try core.examine(rows, from: delivery.source, store: store, today: today).checked
        } catch {
            throw .store(error)
        }
    }
}

extension CoreSettings {
    /// The first day of which figures are still kept at the end of a day; what ended before goes within the hour.
    public func firstKept(on today: Day) -> Day { ((today + 1).start - .milliseconds(1) - province.store.keepFigures).day }

    /// Checks rows against the province and what the store holds around them; with each observation the place it stood at.
    ///
    /// - Parameter firstKept: refuses what ended before; nil takes any, as of what is pulled.
    func examine(
        _ rows: [Result<Row, UnreadableRow>], from source: String, store: Store?, today: Day, firstKept: Day? = nil
    ) throws(StoreError) -> (checked: Checked, places: [String]) {
        var known = CellTable([:])
        // A line that is no row lies over no days: it has no neighbours.
        let read = rows.compactMap { try? $0.get() }
        if let store, let around = Ingest.neighbourhood(of: read, measures: measures, indicators: indicators) {
            known = try store.cells(of: around.measures, in: around.range)
        }
        let context = IngestContext(
            register: register, measures: measures, indicators: indicators, province: province.province, today: today, known: known,
            firstKept: firstKept)
        return Ingest.examine(rows, from: source, in: context)
    }
}
