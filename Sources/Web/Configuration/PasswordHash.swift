/// A password as `htpasswd -B` keeps it: `$2y$10$` with 22 letters of salt and 31 of hash.
struct PasswordHash: Equatable {
    let text: String
    /// Two to the power of it is how often the password is stirred: each one more takes twice the time.
    let cost: Int

    private static let letters = Set(
        "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)

    /// Nil for anything else.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 60, ["$2a$", "$2b$", "$2y$"].contains(String(text.prefix(4))),
            bytes[6] == UInt8(ascii: "$"),
            bytes[4...5].allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains),
            let cost = Int(text.dropFirst(4).prefix(2)), 4...31 ~= cost,
            bytes[7...].allSatisfy(Self.letters.contains)
        else { return nil }
        self.text = text
        self.cost = cost
    }

    /// One that no password has, for names that nobody has: the answer must take as long as for those that somebody has.
    init(ofNobody cost: Int) {
        let digits = (cost < 10 ? "0" : "") + String(cost)
        text = "$2y$\(digits)$" + String(repeating: ".", count: 53)
        self.cost = cost
    }
}
