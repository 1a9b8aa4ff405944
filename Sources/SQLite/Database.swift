/// A connection to a database file, used by one thread at a time.
@safe
package final class Database {
    /// How a file is opened.
    package enum Access: Sendable {
        /// It is made where it is not there.
        case writing
        case reading
        /// Of a file that nobody writes any more: neither locks nor shared memory are looked for.
        case readingUnchanged
    }

    let library: SQLiteLibrary
    let handle: UnsafeMutableRawPointer
    package let path: String

    /// SQLITE_OPEN_READONLY, _READWRITE, _CREATE and _URI.
    private static let (reading, writing, creating, byURI): (CInt, CInt, CInt, CInt) =
        (0x1, 0x2, 0x4, 0x40)
    /// Milliseconds to wait for another connection's lock.
    private static let patience: CInt = 2000

    /// Opens it.
    ///
    /// - Throws: where there is no SQLite, too. That the file is no database is found by the first statement.
    package init(_ path: String, _ access: Access) throws(DatabaseError) {
        let library = try SQLiteLibrary.found.get()
        var opened: UnsafeMutableRawPointer?
        let code =
            switch access {
            case .writing:
                unsafe library.sqlite3_open_v2(
                    path, &opened, Self.writing | Self.creating, nil)
            case .reading: unsafe library.sqlite3_open_v2(path, &opened, Self.reading, nil)
            case .readingUnchanged:
                unsafe library.sqlite3_open_v2(
                    Self.unchanged(path), &opened, Self.reading | Self.byURI, nil)
            }
        guard code == 0, let handle = unsafe opened else {
            let error = unsafe Self.error("open", path, library, opened, code)
            unsafe _ = library.sqlite3_close_v2(opened)
            throw error
        }
        self.library = library
        unsafe self.handle = handle
        self.path = path
        unsafe _ = library.sqlite3_busy_timeout(handle, Self.patience)
    }

    deinit { unsafe _ = library.sqlite3_close_v2(handle) }

    /// What can be used in a URI, whatever is in the path.
    private static func unchanged(_ path: String) -> String {
        var uri = "file:"
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
                UInt8(ascii: "-"), UInt8(ascii: "_"):
                uri.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16)
                uri += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
        return uri + "?immutable=1"
    }

    /// Runs a statement that gives no rows, or whose rows do not matter.
    package func run(_ text: String) throws(DatabaseError) {
        let statement = try prepare(text)
        while try statement.step() {}
    }

    /// The number that a statement gives in its first row; nil where it gives none.
    package func number(_ text: String) throws(DatabaseError) -> Int64? {
        let statement = try prepare(text)
        return try statement.step() ? statement.integer(0) : nil
    }

    package func prepare(_ text: String) throws(DatabaseError) -> Statement {
        var made: UnsafeMutableRawPointer?
        let code = unsafe library.sqlite3_prepare_v2(handle, text, -1, &made, nil)
        guard code == 0, let statement = unsafe made else {
            throw error("read", code)
        }
        return unsafe Statement(statement, of: self)
    }

    /// Makes all changes of the body, or none.
    package func transaction(
        _ body: () throws(DatabaseError) -> Void
    ) throws(DatabaseError) {
        try run("BEGIN IMMEDIATE")
        do throws(DatabaseError) {
            try body()
            try run("COMMIT")
        } catch {
            // A full disk may have rolled it back by itself.
            if unsafe library.sqlite3_get_autocommit(handle) == 0 { try? run("ROLLBACK") }
            throw error
        }
    }

    func error(_ operation: String, _ code: CInt) -> DatabaseError {
        unsafe Self.error(operation, path, library, handle, code)
    }

    private static func error(
        _ operation: String, _ path: String, _ library: SQLiteLibrary,
        _ handle: UnsafeMutableRawPointer?, _ code: CInt
    ) -> DatabaseError {
        let words = unsafe library.sqlite3_errmsg(handle).map { unsafe String(cString: $0) }
        let isOpen = unsafe handle != nil
        return unsafe DatabaseError(
            code: isOpen ? library.sqlite3_extended_errcode(handle) : code,
            systemCode: isOpen ? library.sqlite3_system_errno(handle) : 0,
            description: "cannot \(operation) \(path): \(words ?? "error \(code)")")
    }
}
