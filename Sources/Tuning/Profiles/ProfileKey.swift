import Catalogue
import Kernel
import Model

/// Why a sysctl cannot stand in a profile.
struct KeyRefusal: Error {
    let message: String

    init(_ message: String) { self.message = message }
}

/// The sysctls that a profile may set: those of the catalogue that can be written, and written back.
enum ProfileKey {
    /// Takes either spelling, dots or slashes.
    static func knob(_ text: String) throws(KeyRefusal) -> Knob {
        guard let key = SysctlKey(text) else {
            throw KeyRefusal(
                "'\(text)' is not the name of a sysctl, such as net.ipv4.tcp_fin_timeout")
        }
        if let reason = neverSet(key) { throw KeyRefusal("\(key.name) \(reason)") }
        guard let knob = Knob.ofAnySubject(key.name) else {
            throw KeyRefusal(subject(of: key.name).map(foreign) ?? unknown(key.name))
        }
        if knob.isOfNoKernel {
            throw KeyRefusal("no Linux from 5.10 to 7.3 has \(knob.key). \(knob.meaning)")
        }
        if let until = knob.until {
            throw KeyRefusal("Linux \(until) removed \(knob.key). \(explanation(of: knob))")
        }
        if let subject = subject(of: knob.key) { throw KeyRefusal(foreign(subject)) }
        guard !knob.isReadOnly else {
            throw KeyRefusal("\(knob.key) is read-only: \(knob.meaning)")
        }
        return knob
    }

    /// What a key is of where it is not TCP's; nil where it is, or is not known.
    static func subject(of name: String) -> Knob.Subject? {
        if let knob = Knob.ofAnySubject(name) {
            return knob.subject == .tcp || knob.isOfNoKernel ? nil : knob.subject
        }
        return Knob.foreignSubject(of: name)
    }

    private static func foreign(_ subject: Knob.Subject) -> String {
        "it is a setting of \(subject.words), not of TCP: leave it to a sysctl.d file"
    }

    /// What became of a sysctl that is gone.
    static func explanation(of knob: Knob) -> String {
        knob.myth.map { "\(knob.meaning) Myth: \($0)" } ?? knob.meaning
    }

    /// Known, and known not to be there.
    private static func unknown(_ name: String) -> String {
        let near = suggestions(for: name)
        return "unknown sysctl \(name); "
            + (near.isEmpty
                ? "tcptune knobs --all lists the settings that a profile may set"
                : "did you mean \(near.joined(separator: " or "))?")
    }

    static func suggestions(for name: String) -> [String] {
        Topic.suggestions(for: name).filter { near in
            Knob.named(near).map {
                $0.until == nil && $0.vendor == nil && $0.inertSince == nil && !$0.isReadOnly
            } ?? false
        }
    }

    /// Keys whose old value cannot be put back, or must not be known; and one that has a better name.
    static func neverSet(_ key: SysctlKey) -> String? {
        let parts = key.path.split(separator: "/")
        switch parts.last {
        case "ip_forward", "forwarding", "mc_forwarding":
            return "resets other settings of every interface when it is written, which no rollback "
                + "can revert: set it in a sysctl.d file"
        case "disable_ipv6":
            return
                "removes every IPv6 address when it is written, which no rollback can revert: set "
                + "it in a sysctl.d file"
        case "tcp_fastopen_key", "stable_secret":
            return "is a secret: tcptune never reads it, and so could not revert it"
        case "flush", "compact_memory", "drop_caches":
            return "is a command, not a value: no rollback can revert it"
        case "nf_conntrack_max" where parts.count == 2:
            return "is an old name; write net.netfilter.nf_conntrack_max"
        default: return nil
        }
    }
}
