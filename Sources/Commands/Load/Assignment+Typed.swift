import Lab
import Model

extension LoadPlan.Assignment {
    /// What was typed after `--set`, as often as it was.
    static func typed(_ texts: [String]) throws -> [LoadPlan.Assignment] {
        try texts.map { text in
            do throws(Refusal) { return try LoadPlan.Assignment(text: text) } catch {
                throw CommandFailure(error)
            }
        }
    }
}
