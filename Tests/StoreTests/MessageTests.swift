import Model
import Testing

@testable import Store

/// What the store could not do, in the words of those who asked.
@Suite struct MessageTests {
    @Test func whatOperatorsMeetIsSaidInBothLanguages() async throws {
        let store = try TemporaryStore().open()
        let actor = AlertActor(name: "an", why: "nhầm")

        let silence = await #expect(throws: StoreError.self) { try await store.expire(silence: 77, by: "an", at: Sample.noon()) }
        let letter = await #expect(throws: StoreError.self) { try await store.requeue(7, at: Sample.noon()) }
        let delivery = await #expect(throws: StoreError.self) { try await store.retract(DeliveryID(9), by: actor, at: Sample.noon()) }

        #expect(silence?.message(.english) == "ending silence 77: there is no silence 77")
        #expect(silence?.message(.vietnamese) == "không có lệnh tạm dừng số 77")
        #expect(silence?.hint(.vietnamese) == "`dondoc silence list --all` liệt kê các lệnh tạm dừng hiện có")
        #expect(letter?.message(.vietnamese) == "không có thư số 7")
        #expect(delivery?.message(.vietnamese) == "không có lần nhận D9")
    }

    @Test func aBackupIntoADirectoryThatIsNotThereSpeaksOfTheDirectory() throws {
        let store = try TemporaryStore().open()

        let error = #expect(throws: StoreError.self) { try store.backup(to: "/nosuch/b.db") }

        #expect(error?.hint == "check the name, and that its directory is there")
        #expect(
            error?.message(.vietnamese) == "không tìm thấy (backing up to /nosuch/b.db: /nosuch/b.db.part: No such file or directory)")
        #expect(error?.hint(.vietnamese) == "kiểm tra tên tệp, và thư mục đã có chưa")
    }

    @Test func whatNobodyForesawStillSaysItsKindInVietnamese() {
        for kind in StoreError.Kind.allCases {
            let error = StoreError(kind, operation: "reading figures", path: "d.db", cause: "disk I/O error")

            #expect(error.message(.english) == "reading figures: disk I/O error")
            #expect(error.message(.vietnamese) == "\(kind.vietnamese) (reading figures: disk I/O error)")
            #expect(error.hint(.vietnamese) != error.hint(.english))
        }
    }
}
