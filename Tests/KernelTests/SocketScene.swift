import Model

@testable import Kernel

/// Sockets that a Python program makes in a network namespace of its own and holds until the test ends.
final class SocketScene {
    private let child: ChildProcess

    /// What every scene begins with; `ready()` ends it.
    private static let prelude = """
        import os, resource, socket as S, struct, sys, time
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        os.system("ip link set lo up")
        keep = []
        def sysctl(key, value): open("/proc/sys/" + key, "w").write(value)
        def called(name): open("/proc/self/comm", "w").write(name)
        def listen(port, backlog=4096, address="127.0.0.1", **options):
            s = S.socket()
            s.setsockopt(S.SOL_SOCKET, S.SO_REUSEADDR, 1)
            if "group" in options: s.setsockopt(S.SOL_SOCKET, S.SO_REUSEPORT, 1)
            s.bind((address, port)); s.listen(backlog); keep.append(s)
            return s
        def connect(port, address="127.0.0.1", bind=None, blocking=True):
            s = S.socket(); keep.append(s)
            s.setblocking(blocking)
            if bind is not None: s.bind(bind)
            s.connect_ex((address, port))
            return s
        def hold():
            sys.stdin.read()
            os._exit(0)
        def ready(*words):
            print("ready", *words, flush=True)
            hold()

        """

    /// What it said after `ready`.
    let words: [String]

    init(_ program: String) throws(KernelError) {
        child = try ChildProcess(["unshare", "-n", "python3", "-c", Self.prelude + program])
        words = try child.line().split(separator: " ").map(String.init)
        guard words.first == "ready" else {
            throw KernelError("make", "a scene", code: 0, detail: words.joined(separator: " "))
        }
    }

    var pid: Int32 { child.pid }

    /// Tells it something, and waits for its answer.
    func tell(_ line: String) throws(KernelError) {
        try child.tell(line)
        _ = try child.line()
    }

    /// The numbers it said.
    var numbers: [Int32] { words.compactMap { Int32($0) } }

    /// What a survey of its namespace finds.
    func observe(
        _ change: (inout SurveyOptions) -> Void = { _ in }
    ) throws(KernelError) -> Observation.View {
        var options = SurveyOptions()
        options.namespaces = "\(pid)"
        options.keys = { ["net.ipv4.ip_local_port_range"] }
        change(&options)
        let observation = try HostSurvey(options).observe()
        guard let view = observation.views.first else {
            throw KernelError.absent("find", "a snapshot", detail: "")
        }
        return view
    }

    func snapshot(
        _ change: (inout SurveyOptions) -> Void = { _ in }
    ) throws(KernelError) -> Snapshot {
        try observe(change).now
    }
}
