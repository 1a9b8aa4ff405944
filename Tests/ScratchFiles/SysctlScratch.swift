import FoundationEssentials
import Glibc

/// A tree of files that goes when its owner goes.
package final class SysctlScratch: Sendable {
    package let path: String

    /// Whether this user may make mount and network namespaces: root without CAP_SYS_ADMIN may not.
    package static let canUnshare =
        unsafe geteuid() == 0 && system("unshare -mn true 2>/dev/null") == 0

    package init() throws {
        path = FileManager.default.temporaryDirectory.path + "/tcptune-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    package func directory(_ name: String) throws {
        try FileManager.default.createDirectory(
            atPath: path + name, withIntermediateDirectories: true)
    }

    package func write(_ name: String, _ bytes: [UInt8]) throws {
        try directory(String(name[..<(name.lastIndex(of: "/") ?? name.startIndex)]))
        try Data(bytes).write(to: URL(filePath: path + name))
    }

    package func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

    package func link(_ name: String, to target: String) throws {
        try directory(String(name[..<(name.lastIndex(of: "/") ?? name.startIndex)]))
        try FileManager.default.createSymbolicLink(
            atPath: path + name, withDestinationPath: target)
    }
}

/// SplitMix64: the same numbers from the same seed, on every machine.
package struct SysctlRandom: RandomNumberGenerator {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    package mutating func pick<Element>(_ choices: [Element]) -> Element {
        choices[Int.random(in: choices.indices, using: &self)]
    }

    /// True once in so many times.
    package mutating func once(in times: Int) -> Bool {
        Int.random(in: 0..<times, using: &self) == 0
    }
}
