import Catalogue
import Kernel
package import Model
import Text

extension LoadPlan.Assignment {
    /// A setting that a private namespace may have, as it is typed: `net.ipv4.tcp_fin_timeout=5`.
    package init(text: String) throws(Refusal) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            throw Refusal(.usage, "write a setting as KEY=VALUE, not '\(text.prefix(100))'")
        }
        try self.init(checking: String(parts[0]), String(parts[1]))
    }

    /// Refuses what is no sysctl, and what is one value for the whole host.
    package init(checking name: String, _ value: String) throws(Refusal) {
        guard let key = SysctlKey(Self.whole(name)) else {
            throw Refusal(.usage, "'\(name.prefix(100))' is not a sysctl")
        }
        let value = value.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
        guard !value.isEmpty else { throw Refusal(.usage, "\(name) has no value") }
        let knob = Knob.all.first { $0.key == key.name }
        if let knob, knob.scope != .namespace {
            throw Refusal(
                .usage,
                "\(knob.key) has one value for the whole host, so a private namespace cannot have its own"
            )
        }
        if knob == nil, !key.name.hasPrefix("net.") {
            throw Refusal(
                .usage,
                NearMiss.sentence(
                    "'\(name)' is not a setting of a network namespace", name,
                    among: Knob.all.filter { $0.scope == .namespace }.map(\.key)))
        }
        self.init(key: key, value: value)
    }

    /// The key whose last part a name is, where there is one: `tcp_fin_timeout`, `somaxconn`.
    private static func whole(_ name: String) -> String {
        guard !name.contains("."), !name.contains("/") else { return name }
        let keys = Knob.all.map(\.key).filter { $0.hasSuffix("." + name) }
        return keys.count == 1 ? keys[0] : name
    }
}
