import CNetlink
import Glibc
import History
import Kernel
import SQLite
import ScratchFiles
import Testing

@testable import Recording

/// The files of the history on a disk of four mebibytes, in a mount namespace of a thread's own.
@Suite(.enabled(if: SysctlScratch.canUnshare, "needs CAP_SYS_ADMIN"))
struct `The history on a small disk` {
    typealias Files = `The files of the history`

    /// What came of it.
    struct Outcome: Sendable {
        var names: [String] = []
        var minutes: [Int64] = []
        var checks: [String] = []
        var failure: String?
    }

    private static func onSmallDisk(
        _ place: Files.Place, _ body: @escaping @Sendable (Files.Place) throws -> Outcome
    ) throws -> Outcome {
        try place.scratch.directory("/history")
        let thread = try SystemThread.start { () throws(KernelError) -> Outcome in
            guard tcptune_unshare(CInt(TCPTUNE_CLONE_NEWNS)) == 0,
                mount("", "/", "", UInt(MS_REC | MS_PRIVATE), "") == 0,
                mount("tmpfs", place.settings.directory, "tmpfs", 0, "size=4m") == 0
            else { return Outcome(failure: "no mount: errno \(errno)") }
            do { return try body(place) } catch { return Outcome(failure: "\(error)") }
        }
        return try thread.join()
    }

    private static func write(_ store: HistoryStore, _ minute: Int64) {
        store.write(
            Traffic.batch([Traffic.record(minute, tuples: 200)]), clock: Double(minute * 60 + 60))
    }

    private static func outcome(_ place: Files.Place) throws -> Outcome {
        var outcome = Outcome(names: try place.names())
        for name in outcome.names where name.hasSuffix(".db") {
            outcome.minutes += try place.records(name).map(\.minute)
            let check = try place.database(name).prepare("PRAGMA integrity_check")
            outcome.checks.append(try check.step() ? check.text(0) : "")
        }
        return outcome
    }

    @Test func `loses its oldest days, and the newest is written on`() throws {
        let place = try Files.Place()
        let days: Int64 = 12
        let outcome = try Self.onSmallDisk(place) { place in
            let store = place.store
            for day in 0..<days {
                for number in 0..<Int64(30) {
                    Self.write(store, Files.minute + day * 1440 + number)
                }
            }
            store.close()
            return try Self.outcome(place)
        }
        #expect(outcome.failure == nil)
        #expect(outcome.names.last == "2026-12-10.db")
        #expect((2..<Int(days)).contains(outcome.names.count), "\(outcome.names)")
        #expect(Set(outcome.checks) == ["ok"])
        let newest = Files.minute + (days - 1) * 1440
        #expect(outcome.minutes.suffix(30) == (newest..<newest + 30).map { $0 }[...])
        #expect(place.said.all.isEmpty, "\(place.said.all)")
    }

    @Test func `waits where somebody else has filled the disk, and goes on when there is room`()
        throws
    {
        let place = try Files.Place()
        let outcome = try Self.onSmallDisk(place) { place in
            let store = place.store
            Self.write(store, Files.minute)
            let ballast = place.settings.directory + "/ballast"
            let file = open(ballast, O_WRONLY | O_CREAT, 0o600)
            let block = Array(repeating: UInt8(1), count: 4096)
            while Glibc.write(file, block, 4096) == 4096 {}
            close(file)
            for number in 1..<Int64(20) { Self.write(store, Files.minute + number) }
            unlink(ballast)
            Self.write(store, Files.minute + 20)
            store.close()
            return try Self.outcome(place)
        }
        #expect(outcome.failure == nil)
        #expect(place.said.all.count == 2, "\(place.said.all)")
        #expect(place.said.all.first?.contains("full") == true)
        #expect(place.said.all.last == "the history is kept again")
        #expect(Set(outcome.checks) == ["ok"])
        #expect(outcome.minutes.first == Files.minute && outcome.minutes.last == Files.minute + 20)
    }

    @Test func `is left as it is where the file system is read-only, which is said once`() throws {
        let place = try Files.Place()
        let outcome = try Self.onSmallDisk(place) { place in
            let first = place.store
            Self.write(first, Files.minute)
            first.close()
            guard
                mount(
                    "", place.settings.directory, "", UInt(MS_REMOUNT | MS_RDONLY | MS_BIND), "")
                    == 0
            else { return Outcome(failure: "no remount: errno \(errno)") }
            let store = place.store
            for number in 1..<Int64(5) { Self.write(store, Files.minute + number) }
            return try Self.outcome(place)
        }
        #expect(outcome.failure == nil)
        #expect(place.said.all.count == 1, "\(place.said.all)")
        #expect(outcome.minutes == [Files.minute])
    }
}
