import Testing

@testable import Catalogue

// A failing test names the entry instead of printing all of it.

extension Knob: CustomTestStringConvertible {
    public var testDescription: String { key }
}

extension KernelCounter: CustomTestStringConvertible {
    public var testDescription: String { fullName }
}

extension Symptom: CustomTestStringConvertible {
    public var testDescription: String { name }
}

extension StateFact: CustomTestStringConvertible {
    public var testDescription: String { name }
}
