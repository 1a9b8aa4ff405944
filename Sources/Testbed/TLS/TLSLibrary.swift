import Glibc

/// The system's OpenSSL, opened when TLS is first wanted, and never closed.
package struct TLSLibrary: Sendable {
    let api: OpenSSL
    /// `OpenSSL 3.0.19 27 Jan 2026`.
    package let version: String

    /// The names that are tried, the newest first: those of OpenSSL 3 and of 1.1.
    static let names = ["libssl.so.3", "libssl.so.1.1"]

    /// Why there is none.
    package struct Absence: Error, Sendable, Hashable, CustomStringConvertible {
        package let description: String

        package init(description: String) { self.description = description }
    }

    package static let found: Result<TLSLibrary, Absence> = open(names)

    /// OPENSSL_INIT_NO_ATEXIT: its clearing up at the end of the process would race with threads that still use it.
    private static let noExitHandler: UInt64 = 0x0008_0000

    static func open(_ names: [String]) -> Result<TLSLibrary, Absence> {
        var reasons: [String] = []
        for name in names {
            guard let handle = unsafe dlopen(name, RTLD_NOW | RTLD_LOCAL) else {
                // It begins with the name.
                let words = unsafe dlerror().map { unsafe String(cString: $0) }
                reasons.append(words ?? "cannot open \(name)")
                continue
            }
            do throws(OpenSSL.Missing) {
                let api = try unsafe OpenSSL(handle)
                guard api.OPENSSL_init_ssl(noExitHandler, nil) == 1 else {
                    reasons.append("cannot initialise \(name) (see its openssl.cnf)")
                    continue
                }
                let version = unsafe api.OpenSSL_version(0).map { unsafe String(cString: $0) }
                return .success(TLSLibrary(api: api, version: version ?? name))
            } catch {
                reasons.append("\(name) lacks \(error.name)")
            }
        }
        return .failure(
            Absence(description: "found no libssl (\(reasons.joined(separator: "; ")))"))
    }
}
