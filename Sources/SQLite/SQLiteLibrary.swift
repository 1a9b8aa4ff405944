import Glibc

/// The system's SQLite, opened when a database is first wanted, and never closed.
///
/// Found by name at run time, as libssl and libidn2 are: neither program links it, and a host without it lacks the history and
/// nothing else. Every object of the library is a pointer without a type here; sqlite.org/c3ref says what each function takes.
@safe
struct SQLiteLibrary: Sendable {
    typealias Object = UnsafeMutableRawPointer
    typealias Text = UnsafePointer<CChar>
    typealias Release = @convention(c) @Sendable (Object?) -> Void

    let sqlite3_open_v2:
        @convention(c) @Sendable (Text?, UnsafeMutablePointer<Object?>?, CInt, Text?) -> CInt
    let sqlite3_close_v2: @convention(c) @Sendable (Object?) -> CInt
    let sqlite3_busy_timeout: @convention(c) @Sendable (Object?, CInt) -> CInt
    let sqlite3_extended_errcode: @convention(c) @Sendable (Object?) -> CInt
    let sqlite3_system_errno: @convention(c) @Sendable (Object?) -> CInt
    let sqlite3_errmsg: @convention(c) @Sendable (Object?) -> Text?
    let sqlite3_get_autocommit: @convention(c) @Sendable (Object?) -> CInt
    let sqlite3_prepare_v2:
        @convention(c) @Sendable (
            Object?, Text?, CInt, UnsafeMutablePointer<Object?>?, UnsafeMutablePointer<Text?>?
        ) -> CInt
    let sqlite3_step: @convention(c) @Sendable (Object?) -> CInt
    let sqlite3_reset: @convention(c) @Sendable (Object?) -> CInt
    let sqlite3_finalize: @convention(c) @Sendable (Object?) -> CInt
    let sqlite3_bind_int64: @convention(c) @Sendable (Object?, CInt, Int64) -> CInt
    let sqlite3_bind_null: @convention(c) @Sendable (Object?, CInt) -> CInt
    let sqlite3_bind_text:
        @convention(c) @Sendable (Object?, CInt, UnsafePointer<UInt8>?, CInt, Object?) -> CInt
    let sqlite3_bind_blob:
        @convention(c) @Sendable (Object?, CInt, UnsafeRawPointer?, CInt, Object?) -> CInt
    let sqlite3_column_type: @convention(c) @Sendable (Object?, CInt) -> CInt
    let sqlite3_column_int64: @convention(c) @Sendable (Object?, CInt) -> Int64
    let sqlite3_column_blob: @convention(c) @Sendable (Object?, CInt) -> UnsafeRawPointer?
    let sqlite3_column_bytes: @convention(c) @Sendable (Object?, CInt) -> CInt

    /// A function that this version does not have.
    private struct Missing: Error { let name: String }

    static let usualName = "libsqlite3.so.0"
    static let found = open(usualName)

    static func open(_ name: String) -> Result<SQLiteLibrary, DatabaseError> {
        guard let handle = unsafe dlopen(name, RTLD_NOW | RTLD_LOCAL) else {
            return .failure(
                DatabaseError.missingLibrary(
                    "cannot open \(name), which keeps the history (Debian: apt install libsqlite3-0)"
                ))
        }
        do throws(Missing) { return .success(try unsafe SQLiteLibrary(handle)) } catch {
            return .failure(
                DatabaseError.missingLibrary(
                    "\(name) lacks \(error.name): install another version"))
        }
    }

    private init(_ handle: Object) throws(Missing) {
        unsafe sqlite3_open_v2 = try unsafe Self.function("sqlite3_open_v2", handle)
        unsafe sqlite3_close_v2 = try unsafe Self.function("sqlite3_close_v2", handle)
        unsafe sqlite3_busy_timeout = try unsafe Self.function("sqlite3_busy_timeout", handle)
        unsafe sqlite3_extended_errcode = try unsafe Self.function(
            "sqlite3_extended_errcode", handle)
        unsafe sqlite3_system_errno = try unsafe Self.function("sqlite3_system_errno", handle)
        unsafe sqlite3_errmsg = try unsafe Self.function("sqlite3_errmsg", handle)
        unsafe sqlite3_get_autocommit = try unsafe Self.function("sqlite3_get_autocommit", handle)
        unsafe sqlite3_prepare_v2 = try unsafe Self.function("sqlite3_prepare_v2", handle)
        unsafe sqlite3_step = try unsafe Self.function("sqlite3_step", handle)
        unsafe sqlite3_reset = try unsafe Self.function("sqlite3_reset", handle)
        unsafe sqlite3_finalize = try unsafe Self.function("sqlite3_finalize", handle)
        unsafe sqlite3_bind_int64 = try unsafe Self.function("sqlite3_bind_int64", handle)
        unsafe sqlite3_bind_null = try unsafe Self.function("sqlite3_bind_null", handle)
        unsafe sqlite3_bind_text = try unsafe Self.function("sqlite3_bind_text", handle)
        unsafe sqlite3_bind_blob = try unsafe Self.function("sqlite3_bind_blob", handle)
        unsafe sqlite3_column_type = try unsafe Self.function("sqlite3_column_type", handle)
        unsafe sqlite3_column_int64 = try unsafe Self.function("sqlite3_column_int64", handle)
        unsafe sqlite3_column_blob = try unsafe Self.function("sqlite3_column_blob", handle)
        unsafe sqlite3_column_bytes = try unsafe Self.function("sqlite3_column_bytes", handle)
    }

    private static func function<Function>(
        _ name: String, _ handle: Object
    ) throws(Missing) -> Function {
        guard let address = unsafe dlsym(handle, name) else { throw Missing(name: name) }
        return unsafe unsafeBitCast(address, to: Function.self)
    }
}
