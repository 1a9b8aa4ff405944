import CNetlink
import Glibc

/// Bytes that nobody can guess (getrandom(2)).
package enum RandomBytes {
    package static func hexadecimal(count: Int) throws(KernelError) -> String {
        var bytes = [UInt8](repeating: 0, count: count)
        _ = try systemCall("read", "random bytes") { unsafe tcptune_getrandom(&bytes, UInt(count)) }
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
