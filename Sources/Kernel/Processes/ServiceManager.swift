import CNetlink
import Glibc
package import Model

/// systemd as the first process of this machine: what it starts outlives sessions and the services that asked for it.
package struct ServiceManager: Sendable {
    /// This program, as a path that it can be started by.
    private let program: String

    private static let run = "/usr/bin/systemd-run"

    /// systemd, where it runs (sd_booted(3)) and what it starts has the very files of these paths, our processes, and us.
    ///
    /// In a container, or behind mounts of its own, a process sees what systemd does not; and the first process of a
    /// container that was handed `/run` is another.
    package init?(seeing paths: [String]) {
        let root = Root.host
        guard root.exists("/run/systemd/system"), root.exists(Self.run),
            (try? root.text("/proc/1/comm")) == "systemd\n",
            let program = try? root.target(of: "/proc/self/exe"),
            let processes = try? root.target(of: "/proc/self/ns/pid"),
            processes == (try? root.target(of: "/proc/1/ns/pid"))
        else { return nil }
        for (its, ours) in [(program, "/proc/self/exe")] + paths.map({ ($0, $0) }) {
            guard Self.file(ours) == Self.file("/proc/1/root" + its) else { return nil }
        }
        self.program = program
    }

    /// Starts this program with these words as a service of that name, and waits until it says that it is ready.
    ///
    /// It comes back when it is killed; it does not when it exits with `final`.
    package func start(
        _ unit: String, _ words: [String], final: Int32, within seconds: Double
    ) throws(KernelError) -> ProcessIdentity {
        let end = BootClock.now + seconds
        let properties = [
            "Type=notify", "NotifyAccess=main", "TimeoutStartSec=\(Int(seconds))",
            "TimeoutStopSec=\(Int(seconds))", "Restart=on-failure",
            "RestartPreventExitStatus=\(final)", "OOMScoreAdjust=-1000",
        ]
        let started = try ChildProcess.run(
            Self.run,
            ["--quiet", "--collect", "--unit=\(unit).service"]
                + properties.map { "--property=\($0)" } + ["--", program] + words,
            within: seconds)
        guard started.status == 0 else {
            throw KernelError(
                "start", unit, code: ECHILD,
                detail: "systemd-run ended with status \(started.status ?? -1)")
        }
        let control =
            Root.host.exists("/usr/bin/systemctl") ? "/usr/bin/systemctl" : "/bin/systemctl"
        let shown = try ChildProcess.run(
            control, ["show", "--property=MainPID", "\(unit).service"],
            within: max(end - BootClock.now, 1))
        // MainPID=4711
        guard let pid = Int32(shown.output.drop { $0 != "=" }.dropFirst().prefix { $0 != "\n" }),
            pid > 0, let process = ProcessIdentity(pid: pid)
        else { throw KernelError("find", unit, code: ESRCH) }
        return process
    }

    /// Which file it is, wherever it is seen from; nil where there is none.
    private static func file(_ path: String) -> [UInt64]? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        return [UInt64(status.st_dev), UInt64(status.st_ino)]
    }
}
