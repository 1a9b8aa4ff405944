import FoundationEssentials
package import Tuning

/// What `tcptune plan -o` writes and `tcptune apply` reads: a plan in a `tcptune.plan/1` document.
package enum PlanFile {
    /// Reads a plan and looks through it; anything that tcptune would not have written is refused with its reason.
    package static func decode(_ bytes: [UInt8]) throws(PlanFileError) -> Plan {
        guard bytes.count <= Plan.largestBytes else {
            throw PlanFileError("it is larger than any plan")
        }
        let plan: Plan
        do {
            plan = try JSONDecoder().decode(File.self, from: Data(bytes)).plan
        } catch {
            throw refusal(error)
        }
        if let problem = plan.firstProblem() { throw PlanFileError("it is damaged: \(problem)") }
        return plan
    }

    /// Looks at the format before the data: what a newer one holds may be anything.
    private struct File: Decodable {
        let plan: Plan

        enum CodingKeys: String, CodingKey { case format, data }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            try PlanFile.check(try container.decodeIfPresent(String.self, forKey: .format))
            plan = try container.decode(Plan.self, forKey: .data)
        }
    }

    private static func check(_ format: String?) throws(PlanFileError) {
        guard let format else { throw .noPlan }
        guard let number = Format.plan.number(in: format) else {
            throw PlanFileError(
                "its format is `\(format.prefix(80))`, not `\(Format.plan.text)`; write a plan "
                    + "with tcptune plan PROFILE -o plan.json")
        }
        guard number <= Format.plan.number else {
            throw PlanFileError(
                "it was made by a newer tcptune (plan format \(number), this one reads up to "
                    + "\(Format.plan.number)); update tcptune")
        }
    }

    /// Where and what, without the decoder's own words for itself.
    private static func refusal(_ error: any Error) -> PlanFileError {
        if let error = error as? PlanFileError { return error }
        guard let error = error as? DecodingError else {
            return PlanFileError("it is damaged: \(error)")
        }
        switch error {
        case .dataCorrupted(let context) where context.codingPath.isEmpty: return .noPlan
        case .typeMismatch(_, let context)
        where context.codingPath.isEmpty || context.codingPath.first?.stringValue == "format":
            return .noPlan
        case .dataCorrupted(let context): return damaged(context, "is no value of its kind")
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            return damaged(context, "is not of the right type")
        case .keyNotFound(let key, let context):
            return damaged(context, "has no `\(key.stringValue)`")
        @unknown default: return PlanFileError("it cannot be read")
        }
    }

    private static func damaged(_ context: DecodingError.Context, _ what: String) -> PlanFileError {
        let path = context.codingPath.map { key in
            key.intValue.map { "[\($0)]" } ?? ".\(key.stringValue)"
        }
        let place = path.isEmpty ? "the document" : String(path.joined().drop { $0 == "." })
        return PlanFileError("it is damaged: \(place) \(what)")
    }
}

/// Why a file is no plan that can be used.
package struct PlanFileError: Error, Sendable, Hashable, CustomStringConvertible {
    package var description: String

    init(_ description: String) { self.description = description }

    static let noPlan = PlanFileError(
        "it is no plan; write one with tcptune plan PROFILE -o plan.json")
}
