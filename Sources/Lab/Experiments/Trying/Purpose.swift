import Model

/// What an experiment's remedy is for, so that other settings can be asked whether they do the same.
package struct Purpose: Sendable {
    /// Completes "Does tcp_fin_timeout = 5 …?": `shorten TIME_WAIT`.
    var words: String
    /// What is measured where they do; the point of it first.
    var signs: [Sign]
    /// What the experiment's own law says of the settings that are tried, with its numbers computed from them.
    var law: @Sendable (TriedSettings) -> [Law]

    /// Something that is measured of an arm where the purpose is reached.
    struct Sign: Sendable {
        var measure: String
        var range: ClosedRange<Double>
        /// True where it is reached: `none of 1 300 connections fails`.
        var goal: String
        /// What is measured, in a sentence: true for any value.
        var words: @Sendable (Double) -> String

        init(
            _ measure: String, _ range: ClosedRange<Double>, _ goal: String,
            _ words: @escaping @Sendable (Double) -> String
        ) {
            self.measure = measure
            self.range = range
            self.goal = goal
            self.words = words
        }

        /// That a program gets ETIMEDOUT while it is watched, for so many whole seconds.
        static func told(within seconds: Double) -> Sign {
            let time = "\(Int(seconds)) s"
            return Sign("errors_ETIMEDOUT", 1...1, "the program gets an error within \(time)") {
                $0 == 1
                    ? "the program gets ETIMEDOUT within \(time)"
                    : "the program has no error after \(time)"
            }
        }
    }

    /// A sentence of the law about the arm that tries the settings.
    struct Law: Sendable {
        var text: String
        var measure: String
        var range: ClosedRange<Double>

        init(_ text: String, _ measure: String, _ range: ClosedRange<Double>) {
            self.text = text
            self.measure = measure
            self.range = range
        }
    }

    init(
        _ words: String, _ signs: [Sign],
        law: @escaping @Sendable (TriedSettings) -> [Law] = { _ in [] }
    ) {
        self.words = words
        self.signs = signs
        self.law = law
    }
}

extension Double {
    /// As a count in a sentence.
    var counted: String { Measure.Unit.count.text(self) }
}
