import Assembly
import Prometheus
import Settings
import Transport

/// Hands one batch to a target. What a target refuses is halved and asked again, because one bad sample makes receivers refuse all of a request.
struct RemoteWriteRequest: Sendable {
    struct Outcome: Sendable {
        var answer = RemoteWriteMachine.Answer.taken
        var taken = 0
        var refused = 0
        /// What was said of the first part that was refused for good.
        var refusal = ""
    }

    /// How many requests one batch may cost; what is still refused then is given up as it is.
    static let mostRequests = 64

    let target: RemoteWriteSettings
    let courier: Courier

    /// - Returns: `taken` also when parts were refused for good; otherwise what stopped it, and the whole batch is to be sent again.
    func send(_ batch: SampleBatch) async -> Outcome {
        var outcome = Outcome()
        var requests = 0
        var open = [batch]
        while let next = open.popLast() {
            requests += 1
            let answer = await post(next)
            switch answer {
            case .taken: outcome.taken += next.count
            case .refused(let text):
                if requests + open.count < RemoteWriteRequest.mostRequests, let halves = next.halves {
                    // The first half goes first: samples of a series stay in order.
                    open += [halves.1, halves.0]
                    continue
                }
                outcome.refused += next.count
                if outcome.refusal.isEmpty { outcome.refusal = text }
            case .later, .held, .interrupted:
                outcome.answer = answer
                return outcome
            }
        }
        return outcome
    }

    private func post(_ batch: SampleBatch) async -> RemoteWriteMachine.Answer {
        do throws(Secret.FileError) {
            let request = try request(batch)
            do throws(TransportError) {
                return RemoteWriteMachine.answer(to: try await courier.fetch(request))
            } catch {
                return RemoteWriteMachine.answer(to: error)
            }
        } catch {
            return .held(error.description)
        }
    }

    private func request(_ batch: SampleBatch) throws(Secret.FileError) -> FetchRequest {
        var request = FetchRequest(url: target.url)
        request.method = "POST"
        request.headers =
            [
                ("Content-Encoding", "snappy"), ("Content-Type", "application/x-protobuf"), ("X-Prometheus-Remote-Write-Version", "0.1.0"),
                ("User-Agent", "dondoc/\(Desk.version)"),
            ] + target.headers.map { ($0.name, $0.value) }
        request.body = batch.body
        request.credential = try FetchRequest.Credential(target.credential)
        request.timeout = target.timeout
        request.maximumBytes = 1_000_000
        // A redirect would turn the POST into a GET that the receiver answers kindly, and the samples would be gone.
        request.maximumRedirects = 0
        request.caFile = target.caFile
        return request
    }
}
