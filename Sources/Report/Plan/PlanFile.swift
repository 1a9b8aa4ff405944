package import Model

/// What `tcptune plan -o` writes and `tcptune apply` reads: a plan in a `tcptune.plan/1` document.
package enum PlanFile {
    /// Larger than any plan: all knobs of the catalogue with lists of all ports.
    package static let largestBytes = 8 << 20

    /// Reads a plan and looks through it; anything that tcptune would not have written is refused with its reason.
    ///
    /// - Parameter problem: what is wrong with a plan that was read; nil where it can be applied.
    package static func decode(
        _ bytes: [UInt8], problem: (Plan) -> String?
    ) throws(PlanFileError) -> Plan {
        guard bytes.count <= largestBytes else {
            throw PlanFileError("it is larger than any plan")
        }
        let plan: Plan
        do throws(EnvelopeRefusal) {
            plan = try EnvelopeReader.decode(File.self, bytes).plan
        } catch {
            throw PlanFileError(error)
        }
        if let problem = problem(plan) { throw PlanFileError("it is damaged: \(problem)") }
        return plan
    }

    private struct File: Decodable {
        let plan: Plan

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: EnvelopeReader.CodingKeys.self)
            _ = try EnvelopeReader.format(of: container, among: [.plan])
            plan = try container.decode(Plan.self, forKey: .data)
        }
    }
}

/// Why a file is no plan that can be used.
package struct PlanFileError: Error, Sendable, Hashable, CustomStringConvertible {
    package var description: String

    init(_ description: String) { self.description = description }

    init(_ refusal: EnvelopeRefusal) {
        switch refusal {
        case .notJSON, .noFormat: self = .noPlan
        case .otherFormat(let format):
            self.init(
                "its format is `\(format.prefix(80))`, not `\(Format.plan.text)`; write a plan "
                    + "with tcptune plan PROFILE -o plan.json")
        case .newer(_, let number):
            self.init(
                "a newer tcptune made it (plan format \(number), this tcptune reads up to "
                    + "\(Format.plan.number)); update tcptune")
        case .damaged(let reason): self.init("it is damaged: \(reason)")
        }
    }

    static let noPlan = PlanFileError(
        "it is not a plan; write one with tcptune plan PROFILE -o plan.json")
}
