/// A value that may be absent and is then written as `null`: scripts find the name in either case.
@propertyWrapper
public struct Explicit<Value: Encodable & Sendable>: Encodable, Sendable {
    public var wrappedValue: Value?

    public init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let wrappedValue {
            try container.encode(wrappedValue)
        } else {
            try container.encodeNil()
        }
    }
}

extension Explicit: Equatable where Value: Equatable {}
extension Explicit: Hashable where Value: Hashable {}

extension Explicit: Decodable where Value: Decodable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        wrappedValue = container.decodeNil() ? nil : try container.decode(Value.self)
    }
}

extension KeyedDecodingContainer {
    /// A name that is missing means the same as `null`: documents of before it was added have none.
    public func decode<Value>(
        _: Explicit<Value>.Type, forKey key: Key
    ) throws -> Explicit<Value> where Value: Decodable & Sendable {
        Explicit(wrappedValue: try decodeIfPresent(Value.self, forKey: key))
    }
}
