extension Wish {
    /// The value as it is wished, whatever the kind of wish.
    public var value: WishedValue {
        switch self {
        case .exact(let value), .atLeast(let value), .atMost(let value): value
        }
    }

    /// The word that a profile writes before the value.
    public var word: String {
        switch self {
        case .exact: "value"
        case .atLeast: "at_least"
        case .atMost: "at_most"
        }
    }
}

extension WishedValue: CustomStringConvertible {
    /// As it is shown: the text, or the quantity in its braces.
    public var description: String {
        switch self {
        case .text(let text): text
        case .computed(let quantity): quantity.description
        }
    }
}
