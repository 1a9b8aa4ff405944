import FoundationEssentials
import Glibc
import Model
import ScratchFiles
import Testing

@testable import Kernel

@Suite struct `A result's file` {
    private let folder: SysctlScratch

    init() throws { folder = try SysctlScratch() }

    private func path(_ name: String) -> String { "\(folder.path)/\(name)" }

    private func write(_ text: String, to path: String) throws {
        try OutputFile.claim(path).finish(Array(text.utf8))
    }

    private func content(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    private func status(_ path: String) throws -> stat {
        var status = stat()
        let found = unsafe lstat(path, &status)
        try #require(found == 0)
        return status
    }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    private func code(_ path: String) -> CInt? {
        do throws(KernelError) {
            _ = try OutputFile.claim(path)
            return nil
        } catch {
            return error.code
        }
    }

    @Test func `is there when it is whole, and not before`() throws {
        let output = try OutputFile.claim(path("new"))
        #expect(try names().isEmpty)
        try output.finish(Array("all of it".utf8))
        #expect(try content(path("new")) == "all of it")
        #expect(try names() == ["new"])
        let mode = try status(path("new")).st_mode & 0o7777
        #expect(mode == (geteuid() == 0 ? 0o600 : 0o644))
    }

    @Test func `that stands there keeps its mode, and its owner where root writes`() throws {
        try folder.write("/old", "an older and longer result")
        unsafe _ = chmod(path("old"), 0o640)
        if geteuid() == 0 { unsafe _ = chown(path("old"), 12345, 23456) }
        let before = try status(path("old"))
        let output = try OutputFile.claim(path("old"))
        #expect(try content(path("old")) == "an older and longer result")
        try output.finish(Array("new".utf8))
        let after = try status(path("old"))
        #expect(try content(path("old")) == "new")
        #expect(try names() == ["old"])
        #expect(after.st_mode == before.st_mode)
        #expect(after.st_uid == before.st_uid && after.st_gid == before.st_gid)
        // Another file took the name: a reader that had the old one open reads it to its end.
        #expect(after.st_ino != before.st_ino)
    }

    @Test func `that somebody makes meanwhile is replaced`() throws {
        let output = try OutputFile.claim(path("late"))
        try folder.write("/late", "somebody else's")
        try output.finish(Array("ours".utf8))
        #expect(try content(path("late")) == "ours")
        #expect(try names() == ["late"])
    }

    @Test func `is no directory, socket, foreign link or pipe without a reader`() throws {
        try FileManager.default.createDirectory(
            atPath: path("folder"), withIntermediateDirectories: false)
        unsafe _ = mkfifo(path("pipe"), 0o600)
        unsafe _ = symlink(path("elsewhere"), path("link"))
        let start = MonotonicClock.now
        #expect(code(path("folder")) == EISDIR)
        #expect(code(path("folder/")) == EISDIR && code(folder.path + "/.") == EISDIR)
        #expect(code(path("pipe")) == ENXIO)
        #expect(code(path("link")) == ELOOP)
        #expect(code(path("no/folder")) == ENOENT && code("") == ENOENT)
        #expect(code(path("pipe") + "/x") == ENOTDIR)
        #expect(MonotonicClock.now - start < 20, "nobody is waited for")
        #expect(try names() == ["folder", "link", "pipe"])
    }

    @Test func `that is a pipe with a reader gets all of it, however slowly it is read`() throws {
        unsafe _ = mkfifo(path("pipe"), 0o600)
        let reader = unsafe open(path("pipe"), O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        try #require(reader >= 0)
        defer { close(reader) }
        // More than a pipe holds.
        let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
        let output = try OutputFile.claim(path("pipe"))
        let writer = try SystemThread.start { () throws(KernelError) in try output.finish(bytes) }
        var read: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 50_000)
        let end = MonotonicClock.now + 60
        while read.count < bytes.count, MonotonicClock.now < end {
            let count = unsafe Glibc.read(reader, &room, room.count)
            if count > 0 { read += room[..<count] } else { usleep(1000) }
        }
        try writer.join()
        #expect(read == bytes)
    }

    @Test func `is none of the kernel's`() throws {
        let before = try content("/proc/thread-self/comm")
        #expect(code("/proc/thread-self/comm") == EINVAL)
        #expect(try content("/proc/thread-self/comm") == before)
    }

    @Test func `that is a device is written to`() throws {
        try write("gone", to: "/dev/null")
        #expect(try status("/dev/null").st_mode & S_IFMT == S_IFCHR)
        let full = try OutputFile.claim("/dev/full")
        #expect(throws: KernelError.self) { try full.finish(Array("no room".utf8)) }
    }

    @Test func `named by a descriptor goes where that is, behind what is there`() throws {
        let file = unsafe open(path("log"), O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        defer { close(file) }
        let written = unsafe Glibc.write(file, "before ", 7)
        try #require(written == 7)
        for name in ["/dev/fd/", "/proc/self/fd/"] { try write("x", to: "\(name)\(file)") }
        #expect(try content(path("log")) == "before xx")
        let reading = unsafe open(path("log"), O_RDONLY | O_CLOEXEC)
        defer { close(reading) }
        #expect(code("/dev/fd/\(reading)") == EBADF)
        #expect(code("/dev/fd/999999") == EBADF)
    }
}
