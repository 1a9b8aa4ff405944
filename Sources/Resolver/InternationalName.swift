import CNetlink
import Glibc
import Model

/// Names in other scripts, by GNU libidn2, which is looked for when one is met: glibc does the same.
///
/// Source: `inet/idna.c:__idna_to_dns_encoding` of glibc.
enum InternationalName {
    static let library = "libidn2.so.0"

    // int idn2_lookup_u8(const uint8_t *src, uint8_t **lookupname, int flags)
    private typealias Lookup =
        @convention(c) (
            UnsafePointer<UInt8>?, UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?, CInt
        ) -> CInt
    // void idn2_free(void *ptr)
    private typealias Free = @convention(c) (UnsafeMutableRawPointer?) -> Void
    // const char *idn2_strerror(int rc)
    private typealias Words = @convention(c) (CInt) -> UnsafePointer<CChar>?

    /// IDN2_NFC_INPUT and IDN2_NONTRANSITIONAL: letters in one form each, and UTS #46 without its rules for old names.
    private static let flags: CInt = 1 | 8

    /// `xn--mnchen-3ya.de` of `münchen.de`.
    static func ascii(of name: String) -> Result<String, HostName.Refusal> {
        ascii(of: name, library: library)
    }

    static func ascii(of name: String, library: String) -> Result<String, HostName.Refusal> {
        guard let handle = unsafe dlopen(library, RTLD_NOW | RTLD_LOCAL) else {
            return .failure(
                HostName.Refusal(
                    .notASCII,
                    "\"\(name)\" is not ASCII, and \(library), which would convert it, is not installed (Debian: libidn2-0); use the form that begins with xn--"
                ))
        }
        defer { unsafe _ = dlclose(handle) }
        guard let lookup = unsafe dlsym(handle, "idn2_lookup_u8"),
            let free = unsafe dlsym(handle, "idn2_free"),
            let words = unsafe dlsym(handle, "idn2_strerror")
        else {
            return .failure(
                HostName.Refusal(
                    .notASCII, "\(library) lacks idn2_lookup_u8: install another version"))
        }
        let look = unsafe unsafeBitCast(lookup, to: Lookup.self)
        var made: UnsafeMutablePointer<UInt8>?
        let code = unsafe (Array(name.utf8) + [0]).withUnsafeBufferPointer {
            unsafe look($0.baseAddress, &made, flags)
        }
        guard code == 0, let text = unsafe made else {
            let reason = unsafe unsafeBitCast(words, to: Words.self)(code).map {
                unsafe String(cString: $0)
            }
            return .failure(
                HostName.Refusal(
                    .notASCII, "\"\(name)\" has no ASCII form: \(reason ?? "error \(code)")"))
        }
        defer { unsafe unsafeBitCast(free, to: Free.self)(text) }
        return .success(unsafe String(cString: text))
    }
}
