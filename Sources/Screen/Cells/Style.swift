/// How something is written, apart from what.
package enum Style: Hashable, Sendable {
    case plain, strong, quiet, code, good
    case critical, warning, notice, myth

    /// The parameters of SGR (ECMA-48 §8.3.117), each of which undoes what stood before; of the sixteen colours that every
    /// theme makes readable, the same as on the pages.
    var parameters: String {
        switch self {
        case .plain: "0"
        case .strong: "0;1"
        case .quiet: "0;2"
        case .code: "0;36"
        case .good: "0;32"
        case .critical: "0;1;31"
        case .warning: "0;1;33"
        case .notice: "0;1;34"
        case .myth: "0;1;35"
        }
    }
}
