import CCrypt
import Glibc

/// Passwords and their hashes, by crypt_r(3) of libcrypt.
enum Bcrypt {
    /// Whether this is the password; takes a tenth of a second and more, by the cost that the hash names.
    static func matches(password: [UInt8], hash: PasswordHash) -> Bool {
        // A string of C: what stands behind a NUL would not be looked at.
        guard !password.contains(0), password.count < Int(CRYPT_MAX_PASSPHRASE_SIZE) else {
            return false
        }
        var phrase = password.map { CChar(bitPattern: $0) } + [0]
        let wanted = Array(hash.text.utf8)
        // 32 KiB, which are not for a thread's stack; the library wants zeros.
        let data = UnsafeMutablePointer<crypt_data>.allocate(capacity: 1)
        unsafe data.initialize(to: crypt_data())
        defer {
            unsafe explicit_bzero(data, MemoryLayout<crypt_data>.size)
            unsafe data.deallocate()
            unsafe explicit_bzero(&phrase, phrase.count)
        }
        guard let made = unsafe crypt_r(phrase, hash.text, data) else { return false }
        let found = unsafe Array(UnsafeBufferPointer(start: made, count: strlen(made)))
        return isEqual(found.map { UInt8(bitPattern: $0) }, wanted)
    }

    /// Takes as long for the first letter that differs as for the last.
    private static func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && zip(left, right).reduce(0) { $0 | $1.0 ^ $1.1 } == 0
    }
}
