import Glibc

/// A program beside a test that looks at a setting every 5 ms and tells when it became what is waited for.
///
/// Programs that are started to look take as long as the machine is busy; this one runs already.
struct ValueWatch {
    struct Sight {
        /// In seconds of CLOCK_BOOTTIME.
        let time: Double
        /// By how much the machine made it wait beyond its time, at worst.
        let lateness: Double
    }

    private let program: Program

    init(_ host: TunedHost, _ key: String, becoming value: String, within seconds: Double) throws {
        let path = "/proc/sys/" + key.split(separator: ".").joined(separator: "/")
        program = try host.scene.program(["python3", "-c", Self.script, path, value, "\(seconds)"])
    }

    /// Waits for it; nil where the value did not come in time.
    func sight() throws -> Sight? {
        let outcome = try program.outcome()
        let numbers = outcome.output.split { $0 == " " || $0 == "\n" }.compactMap { Double($0) }
        guard numbers.count == 2 else {
            guard outcome.errors.isEmpty else { throw Program.Failure(outcome.errors) }
            return nil
        }
        return Sight(time: numbers[0], lateness: numbers[1])
    }

    private static let script = """
        import sys, time
        path, wanted, limit = sys.argv[1], sys.argv[2].split(), float(sys.argv[3])
        now = lambda: time.clock_gettime(time.CLOCK_BOOTTIME)
        end, late = now() + limit, 0
        while now() < end:
            looked = now()
            with open(path) as file:
                if file.read().split() == wanted:
                    print("%.4f %.4f" % (looked, late))
                    break
            time.sleep(0.005)
            late = max(late, now() - looked - 0.005)
        """
}

extension TunedHost {
    /// When the transaction under way is reverted, in seconds of CLOCK_BOOTTIME.
    func deadline() throws -> Double {
        let text = try shell("sed -n 's/^deadline //p' /var/lib/tcptune/transaction")
        guard let nanoseconds = Double(text.filter(\.isNumber)) else {
            throw Program.Failure("no deadline: \(text)")
        }
        return nanoseconds / 1e9
    }

    /// By how many seconds after the deadline of the transaction under way a setting is what it was, and how late that may be: a
    /// tenth of a second, and more where the machine makes every program wait.
    func lateness(
        of key: String, becoming value: String, deadline: Double? = nil
    ) throws -> (seconds: Double, allowed: Double) {
        let deadline = try deadline ?? self.deadline()
        let watch = try ValueWatch(self, key, becoming: value, within: 60)
        guard let sight = try watch.sight() else {
            throw Program.Failure("\(key) did not become \(value) in a minute")
        }
        return (sight.time - deadline, 0.1 + 10 * sight.lateness)
    }
}
