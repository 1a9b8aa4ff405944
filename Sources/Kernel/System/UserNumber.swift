import Glibc

/// Users by name.
package enum UserNumber {
    /// The number of a user, given by name or by the number itself (getpwnam(3)); nil for one that is not known.
    package static func of(_ text: String) -> UInt32? {
        if let number = UInt32(text), number != .max { return number }
        guard let user = unsafe getpwnam(text) else { return nil }
        return unsafe user.pointee.pw_uid
    }
}
