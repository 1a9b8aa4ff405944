/// What a profile may compute a value from.
public enum HostQuantity: Sendable, Hashable {
    /// `{listeners}`: the ports on which this host listens, as a list.
    case listeners
    /// `{memory / N}`: one for every N bytes of memory.
    case memory(bytesEach: Int64)
    /// `{processors * N}`: N for each processor online.
    case processors(each: Int64)
}

extension HostQuantity: CustomStringConvertible {
    /// As a profile writes it.
    public var description: String {
        switch self {
        case .listeners: "{listeners}"
        case .memory(let bytes): "{memory / \(bytes)}"
        case .processors(let each): "{processors * \(each)}"
        }
    }
}
