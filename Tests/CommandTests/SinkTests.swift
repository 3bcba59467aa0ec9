import Control
import Foundation
import Model
import TestSupport
import Testing

@testable import dondoc

/// What is written whole succeeds; what is cut off says so and leaves nothing that passes as whole.
struct SinkTests {
    private func full() throws -> FileHandle { try #require(FileHandle(forWritingAtPath: "/dev/full")) }

    @Test func aFullDiskIsAFailureInBothLanguages() throws {
        let full = try full()
        func failure(_ language: Language, _ name: String) -> Failure? {
            #expect(throws: Failure.self) {
                try Sink(descriptor: full.fileDescriptor, name: name, language: language).write(Array("dump".utf8))
            }
        }

        #expect(
            failure(.english, "standard output")
                == Failure(
                    .failed, "standard output cannot be written in full: No space left on device",
                    hint: "free space there, or choose another place; what was written is of no use"))
        #expect(
            failure(.vietnamese, "a.xlsx")
                == Failure(
                    .failed, "không viết được a.xlsx trọn vẹn: No space left on device",
                    hint: "giải phóng dung lượng đĩa hoặc chọn nơi khác; phần đã viết không dùng được"))
    }

    @Test func aReaderThatWentAwayIsNoFailure() throws {
        signal(SIGPIPE, SIG_IGN)
        let pipe = Pipe()
        try pipe.fileHandleForReading.close()

        try Sink(descriptor: pipe.fileHandleForWriting.fileDescriptor, name: "pipe", language: .english).write(Array("rows".utf8))
    }

    @Test func theProgramEndsWithFourWhenItsAnswerWasCutOff() throws {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let process = Process()
        process.executableURL = URL(filePath: tests).deletingLastPathComponent().appending(path: "dondoc")
        process.arguments = ["config", "check", "/nonexistent", "--lang", "en"]
        process.standardOutput = try full()
        let complaint = Pipe()
        process.standardError = complaint

        try process.run()
        let text = String(decoding: complaint.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()

        #expect(process.terminationStatus == 4)
        #expect(text.hasPrefix("dondoc: standard output cannot be written in full: No space left on device\n"))
    }

    @Test func aFileThatCannotBeFilledIsNotThereAndAFormerOneStays() throws {
        let directory = try TemporaryDirectory()
        let former = directory.file("former.xlsx")
        try directory.write("the former form", to: "former.xlsx")
        let trouble = Failure(.failed, "the disk is full")

        for (path, replaces) in [(directory.file("new.xlsx"), false), (former, true)] {
            let failure = #expect(throws: Failure.self) {
                try NewFile(path: path, mode: 0o644, language: .english, replaces: replaces).make { sink throws(Failure) in
                    try sink.write(Array("half".utf8))
                    throw trouble
                }
            }
            #expect(failure == trouble)
        }

        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["former.xlsx"])
        #expect(try String(contentsOfFile: former, encoding: .utf8) == "the former form")
    }

    @Test func aFileThatIsThereIsReplacedOnlyWhenAsked() throws {
        let directory = try TemporaryDirectory()
        try directory.write("the former form", to: "form.xlsx")
        let path = directory.file("form.xlsx")

        let failure = #expect(throws: Failure.self) {
            try NewFile(path: path, mode: 0o644, language: .vietnamese).make { sink throws(Failure) in try sink.write([]) }
        }
        try NewFile(path: path, mode: 0o644, language: .vietnamese, replaces: true).make { sink throws(Failure) in
            try sink.write(Array("the new form".utf8))
        }

        #expect(failure == Failure(.refused, "đã có sẵn tệp \(path)", hint: "chọn tên khác"))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "the new form")
    }
}
