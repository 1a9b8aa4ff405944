/// A statement or a file that SQLite refused: what was tried, on which file, and SQLite's own words.
package struct DatabaseError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The extended result code of SQLite; its low byte is the primary one.
    package let code: Int32
    /// The errno of the system call behind it; 0 where there was none.
    package let systemCode: Int32
    package let description: String

    /// Of errno(3): no space on the device, none of one's quota, no right, a file system that is read-only.
    private static let (noSpace, noQuota, readOnlySystem): (Int32, Int32, Int32) = (28, 122, 30)

    private enum Primary: Int32 {
        case locked = 5, readOnly = 8, inputOutput = 10, damaged = 11, full = 13, cannotOpen = 14
        case mismatch = 20, noDatabase = 26
    }

    init(code: Int32, systemCode: Int32, description: String) {
        self.code = code
        self.systemCode = systemCode
        self.description = description
    }

    /// There is no SQLite on this host.
    static func missingLibrary(_ why: String) -> DatabaseError {
        DatabaseError(code: missingCode, systemCode: 0, description: why)
    }

    /// A file that has another layout than that which is asked for.
    package static func foreign(_ path: String, _ why: String) -> DatabaseError {
        DatabaseError(
            code: Primary.noDatabase.rawValue, systemCode: 0,
            description: "cannot read \(path): \(why)")
    }

    /// None of SQLite's codes.
    private static let missingCode: Int32 = -1

    private var primary: Primary? { Primary(rawValue: code & 0xff) }

    /// Whether the library itself is not there.
    package var isMissingLibrary: Bool { code == Self.missingCode }
    /// Whether the disk, or the quota on it, is full.
    package var isFull: Bool {
        primary == .full
            || primary == .inputOutput && [Self.noSpace, Self.noQuota].contains(systemCode)
    }
    /// Whether the file is no whole database of the wanted layout.
    package var isDamaged: Bool { primary == .damaged || primary == .noDatabase }
    /// Whether the file, or what belongs to it, cannot be opened or written by this user.
    package var isRefused: Bool {
        primary == .cannotOpen || primary == .readOnly || systemCode == Self.readOnlySystem
    }
}
