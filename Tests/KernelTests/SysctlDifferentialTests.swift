import FoundationEssentials
import Glibc
import Model
import ScratchFiles
import Testing

@testable import Kernel

/// Runs the real programs in a private mount and network namespace and compares what the kernel then has.
@Suite struct `Boot-time sysctl files` {
    static let systemdProgram = "/lib/systemd/systemd-sysctl"
    static let procpsProgram = "/sbin/sysctl"
    static let canRun =
        SysctlScratch.canUnshare
        && [systemdProgram, procpsProgram, "/usr/sbin/ip", "/usr/lib/sysctl.d", "/etc/sysctl.conf"]
            .allSatisfy { FileManager.default.fileExists(atPath: $0) }

    /// Each takes about 25 ms.
    static let treeCount =
        ProcessInfo.processInfo.environment["SYSCTL_TREES"].flatMap(Int.init) ?? 64

    @Test(
        .enabled(
            if: canRun, "needs root, namespaces, ip(8), systemd-sysctl(8) and sysctl(8) of procps"),
        .timeLimit(.minutes(20)))
    func `give the same values by our rules as by the real programs`() throws {
        let scratch = try SysctlScratch()
        var stories: [String] = []
        var script = Self.preamble
        for seed in 0..<Self.treeCount {
            let prefix = "/\(seed)"
            let table = Self.targets.map { "\(scratch.path)\(prefix)\($0) \($0) none bind 0 0\n" }
            try scratch.write(prefix + "/fstab", table.joined())
            var generator = SysctlTreeGenerator(seed: UInt64(seed))
            stories.append(try generator.fill(scratch, under: prefix))
            script += try Self.step(seed, Root(path: scratch.path + prefix))
        }
        try scratch.write("/script", script)
        let command = "unshare -mn sh \(scratch.path)/script \(scratch.path)"
        let status = unsafe system("\(command) >\(scratch.path)/out 2>\(scratch.path)/talk")
        try #require(status == 0, "the script ended with \(status)")

        let output = try String(contentsOf: URL(filePath: scratch.path + "/out"), encoding: .utf8)
        let blocks = Array(
            output.split(separator: "@", omittingEmptySubsequences: false).dropFirst())
        try #require(blocks.count == stories.count * 4 + 1)
        var changed = 0
        for (index, pair) in stride(from: 1, to: blocks.count, by: 2).enumerated() {
            let (theirs, ours) = (blocks[pair], blocks[pair + 1])
            let program = index % 2 == 0 ? "systemd-sysctl" : "sysctl --system"
            if theirs != blocks[0] { changed += 1 }
            #expect(theirs == ours, "tree \(index / 2), \(program)\n\(stories[index / 2])")
        }
        // A script that could write nothing would make every pair equal.
        #expect(changed > stories.count)
    }

    /// What each tree is laid over.
    static let targets = ["/etc/sysctl.conf"] + SysctlTreeGenerator.directories

    /// Makes a device with a dot in its name and the functions that every step uses.
    static let preamble: String = {
        let keys = SysctlTreeGenerator.keys.joined(separator: " ")
        return """
            cd /proc/sys || exit 9
            ip link add v0.1 type veth peer name v1 || exit 9
            mount -t tmpfs none /run && mkdir /run/sysctl.d || exit 9
            mkdir -p /usr/local/lib && mount -t tmpfs none /usr/local/lib || exit 9
            mkdir /usr/local/lib/sysctl.d || exit 9
            # Not the shell's read: it asks for one byte at a time, and the kernel gives the first one only.
            dump() { echo "@"; grep '' \(keys); }
            put() { printf '%s\\n' "$2" 2>/dev/null >"$1"; }
            reset() {
                put net/core/somaxconn 4096; put net/ipv4/ip_local_port_range '32768 60999'
                put net/ipv4/tcp_fin_timeout 61; put net/ipv4/tcp_keepalive_intvl 75
                put net/ipv4/tcp_keepalive_probes 9; put net/ipv4/tcp_keepalive_time 7200
                put net/ipv4/tcp_rmem '4096 131072 6291456'; put net/ipv4/tcp_syncookies 8
                for device in all default lo v0.1; do
                    put net/ipv4/conf/$device/accept_redirects 8
                    put net/ipv4/conf/$device/rp_filter 8
                done
            }
            reset; dump

            """
    }()

    /// Lays a tree over the files of the namespace, runs each program, and then makes the writes we expect of it.
    private static func step(_ number: Int, _ root: Root) throws -> String {
        // One umount(8) and one mount(8) for all five: most of a step's time is starting programs.
        var script = number == 0 ? "" : "umount \(targets.joined(separator: " "))\n"
        script += "mount -a -T \(root.path)/fstab || exit 9\n"
        for (program, command) in [
            (BootSetting.Rule.systemd, systemdProgram), (.procps, "\(procpsProgram) --system"),
        ] {
            let writes = BootRules(files: BootFiles(root: root), rule: program)
                .writes(by: program, keys: SysctlTreeGenerator.keys)
            script += "reset; \(command) >/dev/null 2>&1; dump; reset\n"
            for write in writes {
                let value = write.assignment.value.replacing("'", with: "'\\''")
                script += "[ -f '\(write.key.path)' ] && put '\(write.key.path)' '\(value)'\n"
            }
            script += "dump\n"
        }
        return script
    }
}
