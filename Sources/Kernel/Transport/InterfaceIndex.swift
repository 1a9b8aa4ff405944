import Glibc

/// What stands behind the % of an address: an interface, by its name or its number (RFC 4007 §11).
package enum InterfaceIndex {
    /// The name of an interface of the calling thread's network namespace; nil where there is none.
    static func name(of index: UInt32) -> String? {
        var bytes = [CChar](repeating: 0, count: Int(IF_NAMESIZE))
        guard unsafe if_indextoname(index, &bytes) != nil else { return nil }
        return String(
            decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Nil where the calling thread's network namespace has no such interface.
    package static func of(_ zone: String) -> UInt32? {
        let named = unsafe if_nametoindex(zone)
        if named > 0 { return named }
        guard zone.utf8.allSatisfy({ 48...57 ~= $0 }), let number = UInt32(zone) else { return nil }
        return number
    }
}
