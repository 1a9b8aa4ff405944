import FoundationEssentials
import Glibc

/// A host of its own to be changed: its network, its settings, its state directory and its boot files.
struct TunedHost {
    let scene: Scene

    static func run<Result>(
        _ arguments: [String] = [], asContainer: Bool = false, body: (TunedHost) throws -> Result
    ) throws -> Result {
        try Scene.run("settings", ["--state"] + arguments, asContainer: asContainer) {
            try body(TunedHost(scene: $0))
        }
    }

    /// Runs tcptune there.
    @discardableResult
    func tcptune(_ arguments: String...) throws -> Program.Outcome {
        try scene.run([Program.tcptune] + arguments)
    }

    /// Runs a line of shell there; what fails is a failure of the test.
    @discardableResult
    func shell(_ line: String) throws -> String {
        let outcome = try scene.run(["sh", "-c", line])
        guard outcome.status == 0 else {
            throw Program.Failure("\(line): status \(outcome.status): \(outcome.errors)")
        }
        return outcome.output
    }

    func value(_ key: String) throws -> String {
        let path = key.split(separator: ".").joined(separator: "/")
        return try shell("cat /proc/sys/\(path)").split { $0 == "\t" || $0 == "\n" }
            .joined(separator: " ")
    }

    func set(_ key: String, _ value: String) throws { try shell("sysctl -qw '\(key)=\(value)'") }

    /// Every setting of the network that can be read, with its bytes.
    func everySetting() throws -> String {
        try shell(
            "cd /proc/sys/net && find . -type f -perm -444 ! -name '*secret*' ! -name '*_key' | sort | "
                + "while read -r f; do printf '%s ' \"$f\"; cat \"$f\" 2>/dev/null || echo; done")
    }

    /// Every file of the state directory and of boot, with its bytes; the lock aside.
    func everyFile() throws -> String {
        try shell(
            "find /var/lib/tcptune /etc/sysctl.d -type f ! -name lock 2>/dev/null | sort | xargs -r sha256sum"
        )
    }

    /// The number of the process that guards the transaction under way.
    func guardian() throws -> String {
        try shell("sed -n 's/^guard \\([0-9]*\\) .*/\\1/p' /var/lib/tcptune/transaction")
            .filter(\.isNumber)
    }

    /// Kills the guard of the transaction under way, and waits until it is dead.
    func killGuard() throws {
        let pid = try guardian()
        try shell("kill -9 \(pid)")
        let isDead = "! grep -s '^State' /proc/\(pid)/status | grep -qv Z"
        guard waits(until: { (try? shell(isDead)) != nil })
        else { throw Program.Failure("the guard \(pid) lives on") }
    }

    /// What a reboot does, to those that look for it: another boot id, and these values.
    func reboot(_ values: [String: String]) throws {
        for (key, value) in values { try set(key, value) }
        try shell(
            "cat /proc/sys/kernel/random/uuid > /var/lib/boot && "
                + "mount --bind /var/lib/boot /proc/sys/kernel/random/boot_id")
    }

    /// Waits until something holds; false where it does not in time, which is long for a machine that does nothing else.
    func waits(_ seconds: Double = 30, until condition: () throws -> Bool) rethrows -> Bool {
        let end = Program.now + seconds
        while Program.now < end {
            if try condition() { return true }
            usleep(20_000)
        }
        return try condition()
    }

    /// What `tcptune status --json` says.
    func status() throws -> Status {
        let outcome = try tcptune("status", "--json")
        guard outcome.status == 0 else {
            throw Program.Failure("status: \(outcome.status): \(outcome.errors)")
        }
        return try JSONDecoder().decode(Envelope.self, from: Data(outcome.output.utf8)).data
    }

    private struct Envelope: Decodable { let data: Status }

    struct Status: Decodable {
        let transaction: Transaction?
        let settings: [Setting]

        struct Transaction: Decodable {
            let id: String
            let state: String
            let deadline_seconds: Double?
            let profile: String
        }

        struct Setting: Decodable {
            let key: String
            let now: String?
            let wanted: String
            let after_reboot: String?
            let origin: String
            let drift: Bool
        }
    }
}
