import Glibc
import Testing

/// `scripts/need` where another program installs something: the first minutes of a machine.
@Suite(.serialized, .enabled(if: isPossible, "needs root, Debian's apt-get and overlayfs"))
struct `Installing what is missing` {
    private static let script = Project.path + "/Tests/CommandTests/Scenes/held_locks.sh"

    private func install(
        whileHeld lock: String, seconds: Int, patience: Int = 60
    ) throws -> Program.Outcome {
        try Program.run([
            "unshare", "-m", "--propagation", "private", "env", "LOCK_PATIENCE=\(patience)", "bash",
            Self.script, Project.path + "/scripts/need", lock, "\(seconds)",
        ])
    }

    /// Those of the lists are taken by the update that comes after the first attempt.
    @Test(arguments: [
        "/var/lib/dpkg/lock-frontend", "/var/lib/dpkg/lock", "/var/lib/apt/lists/lock",
        "/var/cache/apt/archives/lock",
    ])
    func `waits for a lock, and says so`(_ lock: String) throws {
        let outcome = try install(whileHeld: lock, seconds: 5)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.seconds > 3)
        let said = outcome.output + outcome.errors
        #expect(said.contains("Could not get lock \(lock)"), "\(said)")
        #expect(outcome.output.contains("installed of tcptune-needed"))
    }

    @Test(arguments: ["/var/lib/dpkg/lock-frontend", "/var/lib/apt/lists/lock"])
    func `gives up in time where it is never free`(_ lock: String) throws {
        let outcome = try install(whileHeld: lock, seconds: 300, patience: 3)
        #expect(outcome.status != 0)
        #expect(outcome.errors.contains("Could not get lock \(lock)"), "\(outcome.errors)")
        #expect(!outcome.output.contains("installed of"))
        #expect(outcome.seconds < 120)
    }
}

/// Whether a copy of the machine's files can be laid over them.
private let isPossible: Bool = {
    guard Scene.isRoot else { return false }
    let line =
        "command -v apt-get dpkg-deb python3 && mount -t tmpfs none /mnt && cd /mnt && mkdir a b c && "
        + "mount -t overlay overlay -o lowerdir=/,upperdir=a,workdir=b c && test -e c/bin/sh"
    let words = ["unshare", "-m", "--propagation", "private", "sh", "-c", line]
    return (try? Program.run(words).status) == 0
}()
