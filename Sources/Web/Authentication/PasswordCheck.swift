/// One password that is to be hashed, and who waits for the outcome.
struct PasswordCheck {
    /// A hash of all that decides the outcome.
    var key: [UInt8]
    var password: [UInt8]
    var hash: PasswordHash
    /// False where nobody has the name: then no password is right.
    var isKnown: Bool
    /// The client's address.
    var source: String
    var waiting: [(PasswordVerdict) -> Void]
}

/// What became of a name and a password.
enum PasswordVerdict {
    case right
    case wrong
    /// Too many others are to be hashed first.
    case busy
}
