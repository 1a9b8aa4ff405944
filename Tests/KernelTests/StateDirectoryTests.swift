import Glibc
import Testing

@testable import Kernel

@Suite struct `A state directory` {
    private func inTemporary<Result>(_ body: (String) throws -> Result) throws -> Result {
        var template = Array("/tmp/tcptune-state-XXXXXX".utf8CString)
        let made = unsafe mkdtemp(&template) != nil
        #expect(made)
        let path = String(
            decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer {
            _ = try? Root(path: path).names(in: "").map { unsafe unlink("\(path)/\($0)") }
            unsafe rmdir(path)
        }
        return try body(path)
    }

    /// A directory cannot be copied, so it cannot be handed to an expectation.
    private func isThere(_ path: String, _ privacy: StateDirectory.Privacy) throws -> Bool {
        guard let directory = try StateDirectory.open(path, privacy) else { return false }
        return directory.path == path
    }

    private func put(_ path: String, _ text: String, mode: mode_t = 0o600) {
        let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC, mode)
        unsafe _ = write(file, text, text.utf8.count)
        fchmod(file, mode)
        close(file)
    }

    @Test func `has the old file or the new one, and nothing beside`() throws {
        try inTemporary { path in
            let directory = try StateDirectory.make(path, .owner)
            #expect(try directory.read("a", limit: 100) == nil)
            try directory.replace("a", with: Array("one".utf8), mode: 0o600)
            try directory.replace("a", with: Array("two".utf8), mode: 0o644)
            #expect(try directory.read("a", limit: 100) == Array("two".utf8))
            #expect(try directory.mode(of: "a") == 0o644)
            #expect(try directory.names() == ["a"])
            try directory.move("a", to: "b")
            try directory.remove("b")
            try directory.remove("b")
            #expect(try directory.names().isEmpty)
        }
    }

    @Test func `takes no draft for a file, and clears it away`() throws {
        try inTemporary { path in
            let directory = try StateDirectory.make(path, .owner)
            put(path + "/.a.new", "half")
            #expect(try directory.read("a", limit: 100) == nil)
            try directory.replace("a", with: [1], mode: 0o600)
            #expect(try directory.names() == ["a"])
            put(path + "/.b.new", "half")
            try directory.dropDrafts()
            #expect(try directory.names() == ["a"])
        }
    }

    @Test func `refuses what others may have made`() throws {
        try inTemporary { path in
            unsafe chmod(path, 0o755)
            #expect(throws: KernelError.self) { try isThere(path, .owner) }
            #expect(try isThere(path, .everybody))
            unsafe chmod(path, 0o777)
            #expect(throws: KernelError.self) { try isThere(path, .everybody) }
            unsafe chmod(path, 0o1777)
            #expect(try isThere(path, .everybody))
            unsafe chmod(path, 0o700)
            let directory = try StateDirectory.make(path, .owner)
            unsafe symlink("/etc/passwd", path + "/link")
            unsafe mkfifo(path + "/pipe", 0o600)
            put(path + "/open", "x", mode: 0o666)
            put(path + "/long", "0123456789")
            for name in ["link", "pipe", "open", "long"] {
                #expect(throws: KernelError.self) { try directory.read(name, limit: 9) }
            }
            // What is in a file's place is replaced, not followed.
            try directory.replace("link", with: [1], mode: 0o600)
            #expect(try directory.read("link", limit: 9) == [1])
            for name in ["link", "pipe", "open", "long"] { try directory.remove(name) }
        }
    }

    @Test func `is no link`() throws {
        try inTemporary { path in
            unsafe symlink("/tmp", path + "/elsewhere")
            #expect(throws: KernelError.self) {
                _ = try isThere(path + "/elsewhere", .everybody)
            }
            let nowhere = try isThere(path + "/nowhere", .owner)
            #expect(!nowhere)
        }
    }

    @Test func `has one holder of its lock at a time`() throws {
        try inTemporary { path in
            let directory = try StateDirectory.make(path, .owner)
            do {
                guard case .taken(let lock) = try directory.lock("lock") else {
                    Issue.record("the lock was not to be had")
                    return
                }
                try withExtendedLifetime(lock) {
                    guard case .busy(let holder) = try directory.lock("lock") else {
                        Issue.record("the lock was to be had twice")
                        return
                    }
                    #expect(holder == getpid())
                }
            }
            guard case .taken = try directory.lock("lock") else {
                Issue.record("the lock was not given back")
                return
            }
        }
    }
}
