import FoundationEssentials
import Glibc
import Testing

@testable import Kernel

@Suite struct `A published file` {
    private static func directory() throws -> String {
        let path = "/tmp/tcptune-published-\(getpid())-\(UInt32.random(in: 0...(.max)))"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false)
        return path
    }

    private static func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    @Test func `is another file each time, for everybody to read, and leaves no draft`() throws {
        let directory = try Self.directory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let path = directory + "/a.prom"
        var inodes: Set<UInt64> = []
        for round in 1...3 {
            try PublishedFile.replace(path, with: Array("round \(round)\n".utf8))
            #expect(try Self.text(path) == "round \(round)\n")
            var status = stat()
            #expect(unsafe stat(path, &status) == 0)
            #expect(status.st_mode & 0o7777 == 0o644)
            inodes.insert(UInt64(status.st_ino))
        }
        #expect(inodes.count > 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["a.prom"])
    }

    @Test func `takes the place of a draft that was left behind`() throws {
        let directory = try Self.directory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try Data("torn".utf8).write(to: URL(filePath: directory + "/.a.prom.new"))
        try PublishedFile.replace(directory + "/a.prom", with: [0x61])
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["a.prom"])
    }

    @Test func `replaces a link, and writes nothing where it leads`() throws {
        let directory = try Self.directory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let other = directory + "/precious"
        try Data("precious".utf8).write(to: URL(filePath: other))
        #expect(unsafe symlink(other, directory + "/a.prom") == 0)
        try PublishedFile.replace(directory + "/a.prom", with: [0x61])
        #expect(try Self.text(other) == "precious")
        #expect(try Self.text(directory + "/a.prom") == "a")
    }

    @Test(arguments: ["", "/nonexistent-directory/a.prom", "/tmp/"])
    func `needs a name in a directory that is there`(path: String) {
        #expect(throws: KernelError.self) { try PublishedFile.replace(path, with: []) }
    }

    @Test func `stands beside what a process knows of itself`() throws {
        #expect(OwnProcess.descriptors ?? 0 >= 3)
        #expect(OwnProcess.descriptorLimit ?? 0 >= OwnProcess.descriptors ?? 0)
        let memory = try #require(OwnProcess.memory)
        #expect(memory.virtual > memory.resident)
        let age = WallClock.now - OwnProcess.started
        #expect(age > 0 && age < 86_400)
    }
}
