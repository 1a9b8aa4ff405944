/// A value that may be absent and is then written as `null`: scripts find the name in either case.
@propertyWrapper
struct Explicit<Value: Encodable & Sendable>: Encodable, Sendable {
    var wrappedValue: Value?

    init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let wrappedValue {
            try container.encode(wrappedValue)
        } else {
            try container.encodeNil()
        }
    }
}

extension Double {
    /// To four places, more than any measurement here has; nil for what JSON cannot hold.
    var rounded4: Double? {
        guard isFinite else { return nil }
        guard magnitude < 1e11 else { return self }
        return (self * 10_000).rounded() / 10_000
    }
}
