import FoundationEssentials
import Testing

/// What the fuzzer starts from, and what once ended the program: a trap ends the whole test run.
@Suite struct `Inputs of the fuzzer` {
    private static let fixtures: URL = {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
    }()

    private static func files(_ kind: String, _ target: FuzzTarget) throws -> [URL] {
        let directory = fixtures.appending(path: kind).appending(path: target.rawValue)
        guard FileManager.default.fileExists(atPath: directory.path) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
            .map { directory.appending(path: $0) }
    }

    @Test(.timeLimit(.minutes(20)), arguments: FuzzTarget.allCases)
    func `that once ended the program are taken`(target: FuzzTarget) throws {
        for file in try Self.files("crashers", target) {
            target.take(Array(try Data(contentsOf: file)))
        }
    }

    @Test(.timeLimit(.minutes(20)), arguments: FuzzTarget.allCases)
    func `that it starts from are taken`(target: FuzzTarget) throws {
        let seeds = try Self.files("corpus", target)
        #expect(!seeds.isEmpty)
        for file in seeds { target.take(Array(try Data(contentsOf: file))) }
    }
}
