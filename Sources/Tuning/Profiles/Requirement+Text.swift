import Catalogue
import Model
import Text

/// Why a text is no requirement.
struct RequirementError: Error {
    let message: String

    init(_ message: String) { self.message = message }
}

extension Requirement {
    /// Takes `kernel >= 4.19`, or a scalar sysctl compared with a number.
    init(_ text: String) throws(RequirementError) {
        let words = text.split(separator: " ").map(String.init)
        guard words.count == 3 else {
            throw RequirementError(
                "'\(text)' is not a requirement: write \"kernel >= 4.19\" or "
                    + "\"net.ipv4.tcp_timestamps != 0\", with blanks between")
        }
        guard let comparison = Comparison(rawValue: words[1]) else {
            throw RequirementError(
                "'\(words[1])' is not a comparison; there are "
                    + Comparison.allCases.map(\.rawValue).joined(separator: " "))
        }
        if words[0] == "kernel" {
            guard comparison == .atLeast else {
                throw RequirementError(
                    "a profile can only require 'kernel >= RELEASE' of the kernel")
            }
            let parts = words[2].split(separator: ".", omittingEmptySubsequences: false)
            let numbers = parts.compactMap { $0.utf8.count <= 4 ? UInt16($0) : nil }
            guard numbers.count == 2, parts.count == 2 else {
                throw RequirementError("'\(words[2])' is not a release, such as 4.19")
            }
            self = .kernel(atLeast: KernelRelease(Int(numbers[0]), Int(numbers[1])))
            return
        }
        let name = String(words[0].map { $0 == "/" ? "." : $0 })
        guard let knob = Knob.named(name) else {
            let near =
                ProfileKey.suggestions(for: name) + NearMiss.nearest(to: name, among: ["kernel"])
            throw RequirementError(
                "unknown sysctl \(name)"
                    + (near.isEmpty ? "" : "; did you mean \(near.joined(separator: " or "))?"))
        }
        guard knob.type.arity == 1 else {
            throw RequirementError(
                "\(knob.key) is not one number; only one number can be compared")
        }
        do throws(ValueRefusal) {
            let value = try KnobText.checked(words[2], for: knob)
            self = .sysctl(key: knob.key, comparison: comparison, value: Int64(value) ?? 0)
        } catch {
            throw RequirementError(error.message)
        }
    }
}
