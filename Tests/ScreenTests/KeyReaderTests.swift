import Testing

@testable import Screen

@Suite struct `Keys` {
    /// What terminals send, and what it means.
    private static let known: [(bytes: String, keys: [Key])] = [
        ("q", [.character("q")]), ("/", [.character("/")]), (" ", [.character(" ")]),
        ("é", [.character("é")]), ("漢", [.character("漢")]), ("👍", [.character("👍")]),
        ("\r", [.enter]), ("\n", [.enter]), ("\t", [.tab]), ("\u{7F}", [.backspace]),
        ("\u{8}", [.backspace]), ("\u{3}", [.control("c")]), ("\u{1A}", [.control("z")]),
        ("\u{1C}", [.control("\\")]), ("\u{0}", []),
        ("\u{1B}[A", [.up]), ("\u{1B}[B", [.down]), ("\u{1B}[C", [.right]), ("\u{1B}[D", [.left]),
        ("\u{1B}OA", [.up]), ("\u{1B}OB", [.down]), ("\u{1B}OC", [.right]), ("\u{1B}OD", [.left]),
        ("\u{1B}[H", [.home]), ("\u{1B}[F", [.end]), ("\u{1B}OH", [.home]), ("\u{1B}OF", [.end]),
        ("\u{1B}[1~", [.home]), ("\u{1B}[4~", [.end]), ("\u{1B}[7~", [.home]),
        ("\u{1B}[8~", [.end]), ("\u{1B}[3~", [.delete]), ("\u{1B}[5~", [.pageUp]),
        ("\u{1B}[6~", [.pageDown]), ("\u{1B}OM", [.enter]),
        // Held with Shift, Alt or Control.
        ("\u{1B}[1;5A", [.up]), ("\u{1B}[5;3~", [.pageUp]),
        // Keys that nothing is bound to, reports that nobody asked for.
        ("\u{1B}[15~", []), ("\u{1B}OP", []), ("\u{1B}[[A", []), ("\u{1B}[Z", []),
        ("\u{1B}[?1;2c", []), ("\u{1B}[24;80R", []), ("\u{1B}[200~", []),
        // Alt and a letter: Escape comes first.
        ("\u{1B}x", [.escape, .character("x")]), ("\u{1B}\u{3}", [.escape, .control("c")]),
        ("\u{1B}\u{1B}[A", [.escape, .up]),
    ]

    @Test func `are known however their bytes are parted`() {
        for (text, keys) in Self.known {
            // Followed by one that must not be swallowed.
            let bytes = Array((text + "k").utf8)
            let expected = keys + [.character("k")]
            for first in 0...bytes.count {
                for second in first...bytes.count {
                    var reader = KeyReader()
                    let read =
                        reader.read(Array(bytes[..<first]))
                        + reader.read(Array(bytes[first..<second]))
                        + reader.read(Array(bytes[second...]))
                    #expect(read == expected, "\(bytes) parted at \(first) and \(second)")
                    #expect(!reader.isUndecided)
                }
            }
        }
    }

    @Test func `follow each other in one read`() {
        var reader = KeyReader()
        let bytes = Self.known.flatMap { Array($0.bytes.utf8) }
        #expect(reader.read(bytes) == Self.known.flatMap(\.keys))
    }

    @Test func `are Escape where nothing follows it`() {
        var reader = KeyReader()
        #expect(reader.read([0x1B]).isEmpty && reader.isUndecided)
        #expect(reader.settle() == [.escape] && !reader.isUndecided)
        #expect(reader.settle().isEmpty)
        // The rest of a sequence is on its way.
        #expect(reader.read(Array("\u{1B}[".utf8)).isEmpty && !reader.isUndecided)
        #expect(reader.settle().isEmpty)
        #expect(reader.read([0x41]) == [.up])
    }

    @Test func `are not made of bytes that are no text`() {
        var reader = KeyReader()
        #expect(reader.read([0xFF, 0xC0, 0x80, 0x61]) == [.character("a")])
        #expect(reader.read([0xE2, 0x62]) == [.character("b")])
        #expect(reader.read([0xED, 0xA0, 0x80, 0x63]) == [.character("c")], "half a surrogate")
        #expect(reader.read([0xC2, 0x9B, 0x64]) == [.character("d")], "a control character")
    }

    @Test func `come to an end whatever is sent`() {
        var random = RandomFrames(seed: 4)
        for _ in 0..<2000 {
            var reader = KeyReader()
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                    Bool.random(using: &random)
                        ? UInt8.random(in: 0...255, using: &random)
                        : [0x1B, 0x5B, 0x3B, 0x31, 0x4F].randomElement(using: &random) ?? 0x1B
                }
                _ = reader.read(bytes)
            }
            // No sequence is so long that a key could not get through.
            let last = reader.read(Array(repeating: UInt8(ascii: "j"), count: 40))
            #expect(last.suffix(30) == Array(repeating: .character("j"), count: 30)[...])
        }
    }
}
