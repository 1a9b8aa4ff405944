/// A statement that is prepared once and run again and again.
@safe
package final class Statement {
    /// What stands in a place of a statement, or in a column of a row.
    package enum Value: Sendable, Hashable {
        case null
        case integer(Int64)
        case text(String)
        case blob([UInt8])

        package static func integer(_ value: Int?) -> Value {
            value.map { .integer(Int64($0)) } ?? .null
        }
    }

    private let handle: UnsafeMutableRawPointer
    private let database: Database
    private var library: SQLiteLibrary { database.library }

    /// SQLITE_ROW, SQLITE_DONE, SQLITE_NULL, and SQLITE_TRANSIENT, which has SQLite copy the bytes.
    private static let (row, done, null): (CInt, CInt, CInt) = (100, 101, 5)
    private static var copied: UnsafeMutableRawPointer? {
        unsafe UnsafeMutableRawPointer(bitPattern: -1)
    }

    init(_ handle: UnsafeMutableRawPointer, of database: Database) {
        unsafe self.handle = handle
        self.database = database
    }

    deinit { unsafe _ = library.sqlite3_finalize(handle) }

    /// Begins again, with these values in the places of its question marks.
    package func bind(_ values: Value...) throws(DatabaseError) { try bind(all: values) }

    private func bind(all values: [Value]) throws(DatabaseError) {
        unsafe _ = library.sqlite3_reset(handle)
        for (index, value) in values.enumerated() {
            let code = bind(value, at: CInt(index + 1))
            guard code == 0 else { throw database.error("write to", code) }
        }
    }

    /// Runs it with these values; its rows do not matter.
    package func run(_ values: Value...) throws(DatabaseError) {
        try bind(all: values)
        while try step() {}
        unsafe _ = library.sqlite3_reset(handle)
    }

    private func bind(_ value: Value, at place: CInt) -> CInt {
        switch value {
        case .null: unsafe library.sqlite3_bind_null(handle, place)
        case .integer(let value): unsafe library.sqlite3_bind_int64(handle, place, value)
        case .text(let text):
            // With a byte behind it, for the address of no byte would be NULL.
            unsafe (Array(text.utf8) + [0]).withUnsafeBufferPointer { bytes in
                unsafe library.sqlite3_bind_text(
                    handle, place, bytes.baseAddress, CInt(bytes.count - 1), Self.copied)
            }
        case .blob(let bytes):
            unsafe bytes.withUnsafeBytes { bytes in
                unsafe library.sqlite3_bind_blob(
                    handle, place, bytes.baseAddress, CInt(bytes.count), Self.copied)
            }
        }
    }

    /// Goes to the next row; false where there is none.
    package func step() throws(DatabaseError) -> Bool {
        let code = unsafe library.sqlite3_step(handle)
        switch code {
        case Self.row: return true
        case Self.done: return false
        default: throw database.error("use", code)
        }
    }

    /// Ends it, so that it keeps no lock.
    package func reset() { unsafe _ = library.sqlite3_reset(handle) }

    package func isNull(_ column: Int32) -> Bool {
        unsafe library.sqlite3_column_type(handle, column) == Self.null
    }

    package func integer(_ column: Int32) -> Int64 {
        unsafe library.sqlite3_column_int64(handle, column)
    }

    /// A number that may be missing, and that fits.
    package func count(_ column: Int32) -> Int? {
        isNull(column) ? nil : Int(exactly: integer(column))
    }

    package func blob(_ column: Int32) -> [UInt8] {
        guard let start = unsafe library.sqlite3_column_blob(handle, column) else { return [] }
        let count = Int(unsafe library.sqlite3_column_bytes(handle, column))
        return unsafe Array(UnsafeRawBufferPointer(start: start, count: max(count, 0)))
    }

    package func text(_ column: Int32) -> String { String(decoding: blob(column), as: UTF8.self) }
}
