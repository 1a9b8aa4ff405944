import CNetlink
import Model
import Text

/// Bytes that nobody can guess (getrandom(2)).
package enum RandomBytes {
    package static func hexadecimal(count: Int) throws(KernelError) -> String {
        var bytes = [UInt8](repeating: 0, count: count)
        _ = try systemCall("read", "random bytes") { unsafe tcptune_getrandom(&bytes, UInt(count)) }
        return bytes.hexadecimal
    }
}
