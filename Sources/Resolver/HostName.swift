import Model
import Text

/// A name as it is entered, and the form in which it can be asked for.
package struct HostName {
    /// In ASCII, without a final dot.
    var ascii: String
    /// True where a final dot says that it is whole: no domain is to be tried behind it.
    var isAbsolute: Bool

    /// RFC 1035 §2.3.4: 255 bytes on the wire, of which the lengths of the first label and of the root take two.
    static let mostBytes = 253
    static let mostLabelBytes = 63

    /// Takes a name to pieces, and a name that is not in ASCII into its ASCII form.
    static func parse(_ text: String) -> Result<HostName, Refusal> {
        if text.utf8.contains(where: { $0 >= 0x80 }) {
            return InternationalName.ascii(of: text).flatMap(plain)
        }
        return plain(text)
    }

    /// A name in ASCII, without a final dot, and without any of the domains that a search puts behind it; nil of what is no name.
    package static func ascii(of text: String) -> String? {
        switch parse(text) {
        case .success(let name): name.ascii
        case .failure: nil
        }
    }

    /// Why a name cannot be asked for.
    struct Refusal: Error {
        var failure: NameResolution.Failure

        init(_ reason: NameResolution.Reason, _ text: String) {
            failure = NameResolution.Failure(reason, text)
        }
    }

    private static func plain(_ text: String) -> Result<HostName, Refusal> {
        let isAbsolute = text.hasSuffix(".")
        let name = isAbsolute ? text.dropLast() : text[...]
        guard !name.isEmpty else { return bad(text, "it is empty") }
        guard name.utf8.count <= mostBytes else {
            return bad(text, "it has \(name.utf8.count) bytes; a name has at most \(mostBytes)")
        }
        for label in name.split(separator: ".", omittingEmptySubsequences: false) {
            if label.isEmpty { return bad(text, "it has an empty label (two dots in a row)") }
            guard label.utf8.count <= mostLabelBytes else {
                return bad(
                    text,
                    "one of its labels has \(label.utf8.count) bytes; a label has at most \(mostLabelBytes)"
                )
            }
            if let odd = label.utf8.first(where: { !isPlain($0) }) {
                let shown =
                    0x21...0x7E ~= odd
                    ? "'\(UnicodeScalar(odd))'" : "the byte 0x\([odd].hexadecimal)"
                return bad(text, "a host name cannot contain \(shown)")
            }
        }
        return .success(HostName(ascii: String(name), isAbsolute: isAbsolute))
    }

    /// Letters, digits, hyphens (RFC 1123 §2.1), and the underscore, which is there without being allowed.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private static func bad(_ text: String, _ why: String) -> Result<HostName, Refusal> {
        let start = text.prefix(60)
        let shown = start.count < text.count ? "\(start)…" : text
        return .failure(Refusal(.badName, "\"\(shown)\" is not a host name: \(why)"))
    }
}
