/// A number that is written with a zero at its beginning, which C and the kernel read as octal.
public enum LeadingZero {
    /// What is wrong with it, and what to write: `'010' has a leading zero, which the kernel reads as octal 8: write 10`.
    public static func sentence(_ word: Substring) -> String {
        let digits = word.utf8.first == UInt8(ascii: "-") ? word.dropFirst() : word
        let plain = String(digits.drop { $0 == "0" })
        return "'\(word)' has a leading zero"
            + (Int64(digits, radix: 8).map { ", which the kernel reads as octal \($0)" } ?? "")
            + ": write \(plain.isEmpty ? "0" : plain)"
    }
}
