@testable import Screen

/// Frames drawn at random, always the same ones for a seed.
struct RandomFrames: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// Letters, wide signs, marks, what moves cursors and what is drawn from the right.
    static let scalars = Array(
        "ab1 .→█▁─漢字한é\u{301}\u{200D}\u{202E}\u{1B}[2J\u{9B}\u{7}\n\r\u{8}👍🏽🇩🇪אبक्षि\u{FE0F}e\u{300}\u{301}\u{302}\u{303}ｱＡ"
            .unicodeScalars)
    private static let styles: [Style] = [.plain, .strong, .quiet, .code, .critical]

    mutating func text() -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0...24, using: &self) {
            // Mostly plain letters, so that runs of equal places occur.
            let scalar =
                Bool.random(using: &self)
                ? "x" : Self.scalars.randomElement(using: &self) ?? "x"
            text.unicodeScalars.append(scalar)
        }
        return text
    }

    /// The frame with some lines drawn over it.
    mutating func changed(_ frame: Frame, look: Look) -> Frame {
        var frame = frame
        for _ in 0..<Int.random(in: 0...6, using: &self) {
            frame.draw(
                look.line(text(), Self.styles.randomElement(using: &self) ?? .plain),
                row: Int.random(in: -1...frame.size.rows, using: &self),
                column: Int.random(in: -8...frame.size.columns, using: &self))
        }
        return frame
    }
}
