import Catalogue
import Glibc
import Model
import Testing

/// The catalogue against the kernel that runs: every value is written inside a private network namespace only.
@Suite(
    .enabled(if: PrivateNamespace.works, "unshare(1) cannot make a network namespace here"),
    .serialized)
struct `The catalogue on this kernel` {
    /// The private namespace's sysctls of the catalogue as they are before anything is written.
    private static let fresh: [String: SysctlFile] = {
        let lines = Knob.all.map { "show \($0.key) \(path($0))" }
        return PrivateNamespace.files(lines)
    }()

    private static func path(_ knob: Knob) -> String {
        "/proc/sys/" + knob.key.split(separator: ".").joined(separator: "/")
    }

    private static let release = PrivateNamespace.release

    /// The release on which the ranges were measured: others may have wider ones.
    private static let measured = KernelRelease(6, 18)

    @Test func `has most of what the catalogue knows`() throws {
        #expect(Self.fresh.count > 60)
    }

    @Test func `keeps each sysctl where its scope says`() throws {
        for knob in Knob.all {
            let file = Self.fresh[knob.key]
            switch knob.scope {
            case .host:
                // What is not of the network (fs.*) knows no network namespace.
                guard knob.key.hasPrefix("net.") else { continue }
                #expect(file == nil, "\(knob.key) is visible in a namespace")
            case .readOnlyElsewhere: #expect(file?.writable != true, "\(knob.key) is writable")
            case .namespace:
                guard let file else { continue }
                #expect(file.writable == !knob.isReadOnly, "\(knob.key)")
            }
        }
    }

    @Test func `has what its release should have`() throws {
        let release = try #require(Self.release)
        for knob in Knob.all where knob.scope == .namespace && knob.key.hasPrefix("net.ipv4.") {
            let isThere = Self.fresh[knob.key] != nil
            switch knob.availability(on: release) {
            case .present, .withoutEffect: #expect(isThere, "\(knob.key) on \(release)")
            case .removed, .vendorOnly, .never: #expect(!isThere, "\(knob.key) on \(release)")
            // Stable releases take sysctls over from later ones: 5.10.262 has tcp_migrate_req of 5.14.
            case .notYet: break
            }
        }
    }

    @Test func `has no TCP sysctl that the catalogue does not know`() throws {
        let release = try #require(Self.release)
        guard release <= Self.measured else { return }
        let names = PrivateNamespace.lines(of: "ls /proc/sys/net/ipv4 | grep '^tcp_'")
        #expect(names.count > 50)
        for name in names { #expect(Knob.named("net.ipv4.\(name)") != nil, "\(name)") }
    }

    @Test func `has the counters of its release by the same names`() throws {
        let release = try #require(Self.release)
        var names: Set<String> = []
        for line in PrivateNamespace.lines(of: "cat /proc/net/netstat /proc/net/snmp") {
            let words = line.split(separator: " ")
            guard let group = words.first?.dropLast() else { continue }
            // Of each pair of lines the first has the names; the numbers of the second do no harm.
            names.formUnion(words.dropFirst().map { "\(group).\($0)" })
        }
        let tracked = PrivateNamespace.lines(of: "head -1 /proc/net/stat/nf_conntrack 2>/dev/null")
            .first.map { $0.split(separator: " ").map { "nf_conntrack.\($0)" } }
        var looked = 0
        for counter in KernelCounter.all {
            switch counter.group {
            case "TcpExt", "Tcp": break
            case "nf_conntrack"
            where !["count", "max", "buckets", "delete_list"].contains(counter.name):
                guard let tracked else { continue }
                names.formUnion(tracked)
            default: continue
            }
            guard counter.since.map({ $0 <= release }) ?? true,
                counter.until.map({ $0 > release }) ?? true
            else { continue }
            #expect(names.contains(counter.fullName), "\(counter.fullName) on \(release)")
            looked += 1
        }
        #expect(looked > 60)
    }

    @Test func `starts a namespace with the catalogue's values`() throws {
        let release = try #require(Self.release)
        var compared = 0
        for knob in Knob.all where knob.scope == .namespace && !knob.isReadOnly {
            guard let file = Self.fresh[knob.key], let expected = knob.initialValue(on: release)
            else { continue }
            #expect(file.numbers == expected, "\(knob.key)")
            compared += 1
        }
        #expect(compared > 50)
    }

    @Test func `copies into a namespace what the first one has`() throws {
        let copied = Knob.all.filter(\.isCopiedFromInit)
        #expect(copied.count == 3)
        // Only in the first namespace is this host's own tcp_max_orphans to be seen.
        guard PrivateNamespace.lines(of: "ls /proc/sys/net/ipv4").contains("tcp_max_orphans")
        else { return }
        for knob in copied {
            let show = "cat \(Self.path(knob))"
            #expect(PrivateNamespace.run([show]) == PrivateNamespace.lines(of: show), "\(knob.key)")
        }
    }

    @Test func `works out the limits of a namespace from the table of connections`() throws {
        let release = try #require(Self.release)
        // Before, the table's size was not to be seen.
        guard release >= KernelRelease(6, 1) else { return }
        let table = try #require(Self.fresh["net.ipv4.tcp_ehash_entries"]?.numbers.first)
        let slots = abs(table)
        #expect(Self.fresh["net.ipv4.tcp_max_tw_buckets"]?.numbers == [slots / 2])
        #expect(Self.fresh["net.ipv4.tcp_max_syn_backlog"]?.numbers == [max(128, slots / 128)])
    }

    @Test func `accepts each range to its ends and refuses what lies beyond`() throws {
        let hz = try #require(ticksPerSecond(), "the limit of tcp_fin_timeout fits no usual HZ")
        var script: [String] = []
        for knob in Knob.all where knob.scope == .namespace && !knob.isReadOnly {
            guard Self.fresh[knob.key] != nil, let range = knob.range(ticksPerSecond: hz),
                let count = knob.type.arity
            else { continue }
            script += Self.preparation[knob.key] ?? []
            let common = Self.commonRanges[knob.key]
            var attempts = [(common ?? range).lowerBound, (common ?? range).upperBound].map {
                ($0, "accepts")
            }
            if Self.release == Self.measured, common == nil {
                attempts.append((range.lowerBound - 1, "refuses"))
                // What ends at Int64.max is an unsigned long, whose upper half is not needed.
                let (beyond, tooLarge) = range.upperBound.addingReportingOverflow(1)
                if !tooLarge { attempts.append((beyond, "refuses")) }
            }
            for (number, wanted) in attempts {
                let value = Array(repeating: "\(number)", count: count).joined(separator: " ")
                script.append("try \(wanted) '\(value)' \(knob.key) \(Self.path(knob))")
            }
        }
        #expect(script.count > (Self.release == Self.measured ? 200 : 100))
        #expect(PrivateNamespace.run(script) == [])
    }

    /// What all kernels accept of ranges that stable updates have narrowed.
    ///
    /// Measured: tcp_rmem from 1 on 5.10.262 and 6.18.44, from 4096 on 6.1.192, 6.12.117 and 7.3.4;
    /// tcp_tso_rtt_log to 255 on 6.1.192 and 6.18.44, to 31 on 6.12.117 and 7.3.4.
    private static let commonRanges: [String: ClosedRange<Int64>] = [
        "net.ipv4.tcp_rmem": 4096...Int64(Int32.max), "net.ipv4.tcp_tso_rtt_log": 0...31,
    ]

    /// Ranges of the two that bound each other: each is tried with the other out of its way.
    private static let preparation = [
        "net.ipv4.ip_local_port_range": ["echo 0 > /proc/sys/net/ipv4/ip_unprivileged_port_start"],
        "net.ipv4.ip_unprivileged_port_start": [
            "echo 65535 65535 > /proc/sys/net/ipv4/ip_local_port_range"
        ],
    ]

    @Test func `bounds two port sysctls by each other`() {
        let range = "/proc/sys/net/ipv4/ip_local_port_range"
        let first = "/proc/sys/net/ipv4/ip_unprivileged_port_start"
        #expect(
            PrivateNamespace.run([
                "try refuses '1000 2000' below-unprivileged \(range)",
                "try refuses '40000 30000' low-above-high \(range)",
                "try accepts '1024 1024' one-port \(range)",
                "try refuses 1025 above-the-range \(first)",
                "try accepts 1024 at-the-range \(first)",
            ]) == [])
    }

    @Test func `reads reserved ports as a list`() {
        let path = "/proc/sys/net/ipv4/ip_local_reserved_ports"
        #expect(
            PrivateNamespace.run([
                "try accepts '0-65535' all \(path)", "try accepts '8080,9000-9010' list \(path)",
                "try refuses '65536' beyond \(path)", "try refuses '9010-9000' backwards \(path)",
            ]) == [])
    }

    /// HZ by the one limit that depends on it: the largest tcp_fin_timeout.
    private func ticksPerSecond() -> Int64? {
        [100, 250, 300, 1000].first { hz in
            let path = "/proc/sys/net/ipv4/tcp_fin_timeout"
            let limit = Int64(Int32.max) / hz
            return PrivateNamespace.run([
                "try accepts \(limit) x \(path)", "try refuses \(limit + 1) x \(path)",
            ]) == []
        }
    }
}

/// One file under /proc/sys as a private namespace shows it.
private struct SysctlFile {
    var writable: Bool
    var numbers: [Int64]
}

/// Runs shell lines in a network namespace that ends with them.
private enum PrivateNamespace {
    static let works = lines(of: "\(unshare) echo here") == ["here"]

    static let release = lines(of: "cat /proc/sys/kernel/osrelease").first
        .flatMap { KernelRelease($0) }

    /// As an ordinary user a user namespace gives the right to make a network namespace.
    private static var unshare: String { geteuid() == 0 ? "unshare -n" : "unshare -rn" }

    /// What went otherwise than asked: `try accepts|refuses VALUE NAME PATH` prints nothing where it went so.
    static func run(_ script: [String]) -> [String] {
        let head = """
            try() { if printf '%s' "$2" 2>/dev/null > "$4"; then did=accepts; else did=refuses; fi
            [ $did = $1 ] || echo "$3 $did '$2'"; }
            """
        var output = lines(
            of: "\(unshare) sh -s 2>/dev/null <<'END'\n\(head)\n"
                + script.joined(separator: "\n") + "\necho finished\nEND\n")
        // A shell that died on the way must not pass for one that found nothing.
        if output.popLast() != "finished" { output.append("the shell did not finish") }
        return output
    }

    /// `show KEY PATH` lines to what the namespace has; what is absent is left out.
    static func files(_ script: [String]) -> [String: SysctlFile] {
        let head = """
            show() { [ -e "$2" ] || return; mode=r; ( : >> "$2" ) 2>/dev/null && mode=w
            echo "$1 $mode $(tr '\\n\\t' '  ' 2>/dev/null < "$2")"; }
            """
        let output = lines(
            of: "\(unshare) sh -s 2>/dev/null <<'END'\n\(head)\n"
                + script.joined(separator: "\n") + "\nEND\n")
        return Dictionary(
            output.compactMap { line in
                let words = line.split(separator: " ")
                guard words.count >= 2 else { return nil }
                return (
                    String(words[0]),
                    SysctlFile(
                        writable: words[1] == "w", numbers: words[2...].compactMap { Int64($0) })
                )
            }, uniquingKeysWith: { first, _ in first })
    }

    static func lines(of command: String) -> [String] {
        guard let pipe = unsafe popen(command, "r") else { return [] }
        defer { unsafe pclose(pipe) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = unsafe fread(&block, 1, block.count, pipe)
            guard count > 0 else { break }
            bytes += block[..<count]
        }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
