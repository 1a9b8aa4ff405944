import Catalogue
import FoundationEssentials
import Glibc
import Model
import ScratchFiles
import Testing
import Tuning

@testable import Kernel

/// What the drop-in will do at boot, against what the real programs do with it among files that contradict it.
@Suite struct `The drop-in among hostile neighbours` {
    /// What it is given, in values that the programs and the kernel take as they are.
    private static let choices: [(key: String, values: [String])] = [
        ("net.core.somaxconn", ["8192", "128"]),
        ("net.ipv4.ip_local_port_range", ["20000 60999", "1024 65535"]),
        ("net.ipv4.tcp_fin_timeout", ["30", "15"]), ("net.ipv4.tcp_keepalive_intvl", ["20"]),
        ("net.ipv4.tcp_keepalive_probes", ["4", "6"]), ("net.ipv4.tcp_keepalive_time", ["600"]),
        ("net.ipv4.tcp_rmem", ["8192 65536 1048576"]), ("net.ipv4.tcp_syncookies", ["2", "1"]),
    ]

    @Test(
        .enabled(
            if: `Boot-time sysctl files`.canRun,
            "needs root, namespaces, ip(8), systemd-sysctl(8) and sysctl(8) of procps"),
        .timeLimit(.minutes(20)))
    func `sets what was foretold`() throws {
        let scratch = try SysctlScratch()
        var script = `Boot-time sysctl files`.preamble
        var foretold: [(story: String, dropIn: DropIn, forecast: BootForecast)] = []
        for seed in 0..<`Boot-time sysctl files`.treeCount {
            let prefix = "/\(seed)"
            var generator = SysctlTreeGenerator(seed: UInt64(seed) &+ 77_000)
            var random = SysctlRandom(seed: UInt64(seed))
            let story = try generator.fill(scratch, under: prefix)
            let root = Root(path: scratch.path + prefix)
            let dropIn = Self.dropIn(&random)
            // Sometimes another is there already, or a link that a rename replaces.
            let file = prefix + Persistence.path
            if random.once(in: 3) { try scratch.write(file, "net.core.somaxconn = 77\n") }
            let bytes = dropIn.entries.isEmpty ? nil : dropIn.rendered()
            let keys = Self.choices.map(\.key)
            let before = BootForecast(keys: keys, assuming: .replaced(by: bytes), root: root)
            try? FileManager.default.removeItem(atPath: scratch.path + file)
            if let bytes { try scratch.write(file, bytes) }
            let after = BootForecast(keys: keys, root: root)
            for key in keys { #expect(before[key] == after[key], "tree \(seed): \(key)\n\(story)") }
            foretold.append((story, dropIn, before))

            let table = `Boot-time sysctl files`.targets
                .map { "\(scratch.path)\(prefix)\($0) \($0) none bind 0 0\n" }
            try scratch.write(prefix + "/fstab", table.joined())
            if seed > 0 {
                script += "umount \(`Boot-time sysctl files`.targets.joined(separator: " "))\n"
            }
            script += "mount -a -T \(root.path)/fstab || exit 9\n"
            for command in [
                `Boot-time sysctl files`.systemdProgram,
                "\(`Boot-time sysctl files`.procpsProgram) --system",
            ] {
                script += "reset; \(command) >/dev/null 2>&1; dump\n"
            }
        }
        try scratch.write("/script", script)
        let command = "unshare -mn sh \(scratch.path)/script \(scratch.path)"
        let status = unsafe system("\(command) >\(scratch.path)/out 2>\(scratch.path)/talk")
        try #require(status == 0, "the script ended with \(status)")
        let output = try String(contentsOf: URL(filePath: scratch.path + "/out"), encoding: .utf8)
        let blocks = output.split(separator: "@", omittingEmptySubsequences: false).dropFirst(2)
            .map(Self.values)
        try #require(blocks.count == foretold.count * 2)

        var won = 0
        var lost = 0
        for (index, block) in blocks.enumerated() {
            let rule: BootSetting.Rule = index % 2 == 0 ? .systemd : .procps
            let (story, dropIn, forecast) = foretold[index / 2]
            for entry in dropIn.entries {
                let comment = "tree \(index / 2), \(rule): \(entry.key)\n\(story)"
                if let line = forecast.shadow(of: entry.key, wanted: entry.value, by: rule) {
                    lost += 1
                    if line.value.isEmpty, rule == .procps { continue }
                    if line.value.isEmpty {
                        #expect(block[entry.key] != entry.value, "\(comment)")
                        continue
                    }
                    // What the kernel takes of another's line is that line's matter; a plain value it takes.
                    guard let plain = Self.plain(line.value, entry.key) else { continue }
                    #expect(block[entry.key] == plain, "\(comment)")
                } else {
                    won += 1
                    #expect(block[entry.key] == entry.value, "\(comment)")
                }
            }
        }
        #expect(won > blocks.count / 2 && lost > blocks.count / 2, "\(won) won, \(lost) lost")
    }

    private static func dropIn(_ random: inout SysctlRandom) -> DropIn {
        var entries: [DropIn.Entry] = []
        for (key, values) in choices where !random.once(in: 3) {
            entries.append(
                DropIn.Entry(
                    key: key, value: random.pick(values), profile: "test", digest: "d", id: "0"))
        }
        return DropIn(entries)
    }

    /// The value, where it is one that any kernel takes as it is written.
    private static func plain(_ value: String, _ key: String) -> String? {
        guard let knob = Knob.named(key), let canonical = knob.canonical(value),
            key != "net.ipv4.ip_local_port_range", key != "net.ipv4.tcp_rmem",
            let number = Int64(canonical), knob.type.range?.contains(number) == true
        else { return nil }
        return canonical
    }

    /// What `dump` printed: path, value.
    private static func values(_ block: Substring) -> [String: String] {
        var values: [String: String] = [:]
        for line in block.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let key = SysctlKey(path: String(parts[0])) else { continue }
            values[key.name] = Knob.named(key.name)?.canonical(String(parts[1])) ?? nil
        }
        return values
    }

    @Test(
        .enabled(
            if: `Boot-time sysctl files`.canRun,
            "needs root, namespaces, ip(8), systemd-sysctl(8) and sysctl(8) of procps"))
    func `stores the longest list of ports that it takes, and an empty one, by both programs`()
        throws
    {
        let key = "net.ipv4.ip_local_reserved_ports"
        let path = "/proc/sys/net/ipv4/ip_local_reserved_ports"
        var ports = "20000"
        var next = 20002
        while ports.utf8.count + 6 <= DropIn.longestValue {
            ports += ",\(next)"
            next += 2
        }
        let scratch = try SysctlScratch()
        var script = ""
        for (name, value) in [("long", ports), ("none", "")] {
            let dropIn = DropIn([
                DropIn.Entry(key: key, value: value, profile: "test", digest: "d", id: "0")
            ])
            #expect(dropIn.firstTooLong() == nil)
            try scratch.write("/\(name)", dropIn.rendered())
            for command in [
                `Boot-time sysctl files`.systemdProgram,
                "\(`Boot-time sysctl files`.procpsProgram) -p",
            ] {
                script +=
                    "echo 7 >\(path); \(command) \(scratch.path)/\(name) >/dev/null || exit 9; "
                script += "dd if=\(path) bs=600000 2>/dev/null\n"
            }
        }
        try scratch.write("/script", script)
        let status = unsafe system("unshare -n sh \(scratch.path)/script >\(scratch.path)/out")
        try #require(status == 0)
        let output = try String(contentsOf: URL(filePath: scratch.path + "/out"), encoding: .utf8)
        #expect(
            output.split(separator: "\n", omittingEmptySubsequences: false)
                == [Substring(ports), Substring(ports), "", "", ""])
    }
}
