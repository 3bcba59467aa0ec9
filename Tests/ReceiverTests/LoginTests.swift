import Model
import Settings
import TestSupport
import Testing

@testable import Receiver

/// Who is let in, by which form of log-in, and what others learn.
@Suite struct LoginTests {
    @Test(arguments: [
        "Authorization: Bearer good", "Authorization: Token good", "Authorization: Basic YW55Omdvb2Q=",
    ])
    func everyFormOfLoginWorks(_ field: String) async throws {
        try await RunningListener.run { listener in
            let heard = try await listener.connect().ask("GET", "/v1/measures", token: nil, headers: [field])
            #expect(heard.status == 200)
        }
    }

    @Test func passwordInTheQueryWorksForInfluxOneOnly() async throws {
        try await RunningListener.run { listener in
            let client = try await listener.connect()
            let one = try await client.ask("POST", "/query?u=x&p=good&q=CREATE%20DATABASE%20x", token: nil, body: [])
            let other = try await client.ask("GET", "/v1/measures?u=x&p=good", token: nil)

            #expect(one.status == 200)
            #expect(one.body == #"{"results":[{"statement_id":0}]}"#)
            #expect(other.status == 401)
        }
    }

    @Test func strangersAreAskedToLogInAndCountOnlyWhenTheyGuess() async throws {
        try await RunningListener.run { listener in
            let client = try await listener.connect()

            let silent = try await client.push(Sample.json(), token: nil)
            let guess = try await client.push(Sample.json(), token: "wrong")

            #expect(silent.status == 401)
            #expect(silent.headers["www-authenticate"] == "Bearer realm=\"dondoc\", Basic realm=\"dondoc\", charset=\"UTF-8\"")
            #expect(silent.body.contains(#""code":"not-authenticated""#))
            #expect(guess.status == 401)
            #expect(guess.body.contains(#""code":"unknown-token""#))
            #expect(listener.counter.failedLogins == ["127.0.0.1"])
            #expect(listener.counter.pushes.isEmpty)
        }
    }

    @Test func guesserIsLockedOutAlsoWithTheRightTokenAndLetInLater() async throws {
        try await RunningListener.run(.onLoopback { $0.failedLogins = 3 }) { listener in
            let client = try await listener.connect()
            var guesses: [Int] = []
            for _ in 0..<3 { guesses.append(try await client.push(Sample.json(), token: "wrong").status) }

            let locked = try await client.push(Sample.json())
            listener.clock.advance(by: .seconds(300))
            let later = try await client.push(Sample.json())

            #expect(guesses == [401, 401, 401])
            #expect(locked.status == 429)
            #expect(locked.headers["retry-after"] == "300")
            #expect(locked.body.contains(#""code":"too-many-failed-logins""#))
            #expect(later.status == 200)
            #expect(listener.counter.failedLogins.count == 3)
        }
    }

    @Test func senderMayAskOnlySoOften() async throws {
        try await RunningListener.run(.onLoopback { $0.requestsPerMinute = 2 }) { listener in
            let client = try await listener.connect()
            let good = [try await client.push(Sample.json()).status, try await client.push(Sample.json()).status]
            let past = try await client.push(Sample.json())
            let other = try await client.push(Sample.json(), token: "all")

            #expect(good == [200, 200])
            #expect(past.status == 429)
            #expect(past.headers["retry-after"] == "30")
            #expect(past.body.contains(#""code":"too-many-requests""#))
            #expect(other.status == 200)
            listener.clock.advance(by: .seconds(30))
            let found1 = try await client.push(Sample.json()).status
            #expect(found1 == 200)
        }
    }

    @Test func addressMayAskOnlySoOften() async throws {
        try await RunningListener.run(.onLoopback { $0.requestsPerMinutePerAddress = 2 }) { listener in
            let client = try await listener.connect()
            let good = [try await client.ask("GET", "/healthz").status, try await client.push(Sample.json(), token: "wrong").status]
            let past = try await client.push(Sample.json())

            #expect(good == [200, 401])
            #expect(past.status == 429)
        }
    }

    @Test func deliveryOfAnotherSenderLooksLikeNone() async throws {
        try await RunningListener.run { listener in
            let client = try await listener.connect()

            let own = try await client.ask("GET", "/v1/deliveries/D42")
            let foreign = try await client.ask("GET", "/v1/deliveries/D42", token: "all", headers: ["Accept-Language: en"])
            let none = try await client.ask("GET", "/v1/deliveries/D43", token: "all", headers: ["Accept-Language: en"])
            let nonsense = try await client.ask("GET", "/v1/deliveries/xyz")
            let english = try await client.ask("GET", "/v1/deliveries/D42", headers: ["Accept-Language: en"])
            let coloured = try await client.ask("GET", "/v1/deliveries/D1%1b%5b31m%07")

            #expect(own.status == 200)
            #expect(
                own.body.replacing(/"refusals":\[.*\]/, with: "…")
                    == #"{"bytes":7,"delivery":"D42","mediaType":"application/json","received":"2026-11-02T08:00:00+07:00",…,"refused":104,"restated":1,"sha256":"ab","stored":3,"unchanged":2}"#
            )
            #expect(own.body.contains(#""refusals":[{"code":"future-day","index":0,"message":"dòng 2: ngày chưa đến"},"#))
            #expect(own.body.contains(#"{"code":"future-day","index":99,"message":"dòng 101: ngày chưa đến"}]"#), "the first hundred")
            #expect(english.headers["content-language"] == "en" && english.body.contains(#""message":"line 2: the day has not come""#))
            #expect(coloured.body.contains("'D1\u{FFFD}[31m\u{FFFD}'") && !coloured.body.contains("u001b"))
            #expect(foreign.status == 404)
            #expect(none.status == 404)
            #expect(foreign.body.replacing("D42", with: "D43") == none.body)
            #expect(nonsense.status == 404)
        }
    }

    @Test func catalogueSaysWhatMayBeSent() async throws {
        try await RunningListener.run { listener in
            let client = try await listener.connect()
            let measures = try await client.ask("GET", "/v1/measures")
            let agencies = try await client.ask("GET", "/v1/agencies")

            #expect(
                measures.body
                    == #"{"measures":[{"decimals":0,"kind":"stock","measure":"mail.accounts.active","scheme":"calendar","title":{"en":"Mailboxes in use","vi":"Hộp thư dùng"},"unit":{"en":"mailboxes","vi":"hộp thư"}}]}"#
            )
            #expect(agencies.body == #"{"agencies":[{"agency":"H52.07","level":"department","name":"Sở Nội vụ","parent":"H52"}]}"#)
        }
    }

    @Test func figuresOfAllAreForThoseWhoMaySpeakForAll() async throws {
        try await RunningListener.run { listener in
            let client = try await listener.connect()
            let one = try await client.ask("GET", "/metrics")
            let all = try await client.ask("GET", "/metrics", token: "all")
            let head = try await client.ask("HEAD", "/healthz", token: nil)

            #expect(one.status == 403)
            #expect(one.body.contains(#""code":"forbidden""#))
            #expect(all.status == 200)
            #expect(all.body == "dondoc_up 1\n")
            #expect(head.headers["content-length"] == "15")
        }
    }

    @Test func healthIsOpenAndReadinessFollowsTheStore() async throws {
        try await RunningListener.run(counter: CounterDouble(isReady: { false })) { listener in
            let client = try await listener.connect()
            let health = try await client.ask("GET", "/healthz", token: nil)
            let readiness = try await client.ask("GET", "/readyz", token: nil)

            #expect(health.status == 200)
            #expect(health.body == #"{"status":"ok"}"#)
            #expect(readiness.status == 503)
            #expect(readiness.headers["retry-after"] == "5")
        }
    }
}
