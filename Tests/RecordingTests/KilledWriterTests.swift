import FoundationEssentials
import Glibc
import History
import Kernel
import Model
import SQLite
import ScratchFiles
import Testing

@testable import Recording

/// A program that writes is killed in the middle of it, again and again.
@Suite struct `A writer that is killed` {
    typealias Files = `The files of the history`

    /// Beside the tests.
    private static let program =
        ((try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "")
        .split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        + "/history-writer"

    /// Starts it, kills it after so many microseconds, and gives the last minute that it said was written.
    private static func run(_ place: Files.Place, from first: Int64, killedAfter pause: UInt32)
        throws
        -> Int64?
    {
        let output = place.scratch.path + "/output"
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        let texts = [program, place.settings.directory, String(first)]
        var words: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, program, &actions, nil, &words, environ)
        try #require(code == 0)
        usleep(pause)
        kill(pid, SIGKILL)
        var status: Int32 = 0
        waitpid(pid, &status, 0)
        // It did not end by itself, with a complaint.
        #expect(status & 0x7f == SIGKILL, "\(status)")
        let text = String(decoding: try Data(contentsOf: URL(filePath: output)), as: UTF8.self)
        // The last line may be torn.
        let whole = text[..<(text.lastIndex(of: "\n") ?? text.startIndex)]
        return whole.split(separator: "\n").last.flatMap { Int64($0) }
    }

    @Test func `a hundred times leaves whole files, with every minute that was written`() throws {
        let place = try Files.Place()
        var random = SystemRandomNumberGenerator()
        // It begins before midnight, so that the day changes while it is killed again and again.
        var next = Files.minute - 60
        var said: Set<Int64> = []
        for _ in 0..<100 {
            let first = next
            let pause = UInt32.random(in: 5_000...250_000, using: &random)
            if let last = try Self.run(place, from: first, killedAfter: pause) {
                said.formUnion(first...last)
                next = last + 1
            }
            for name in try place.names() where name.hasSuffix(".db") {
                let check = try Database(place.settings.directory + "/" + name, .writing).prepare(
                    "PRAGMA integrity_check")
                #expect(try check.step() && check.text(0) == "ok", "\(name)")
            }
        }
        #expect(said.count > 100)
        let names = try place.names().filter { $0.hasSuffix(".db") }
        #expect(try place.names().allSatisfy { !$0.contains("damaged") })
        var found: Set<Int64> = []
        for name in names {
            for record in try place.records(name) {
                found.insert(record.minute)
                #expect(record.tuples.count == 40)
                for (tuple, row) in record.tuples {
                    let number = Int(tuple.destination.low & 0xffff)
                    for second in 0..<60 {
                        let count = (Int(record.minute) * 31 + number * 7 + second) % 200
                        #expect(
                            Int(row.closings[second])
                                == (record.known.contains(second) ? count : 0))
                    }
                }
            }
        }
        #expect(said.subtracting(found).isEmpty)
        // What was written and not said any more is one minute a kill at most.
        #expect(found.subtracting(said).count <= 100)
        print("history: \(said.count) minutes written, 100 kills, \(names.count) files")
    }
}
