import Glibc
import Model
import Testing

@testable import Kernel

/// Connections that live for milliseconds: their owner is met between two snapshots, or nowhere.
@Suite(.serialized, .enabled(if: Rights.isRoot, "needs root, to make network namespaces"))
struct `A watch between two snapshots` {
    /// A server, a program that opens 200 connections a second for 2 ms each, and others that sleep with sockets open.
    private static func churn(sleepers: Int, more: String = "") -> String {
        """
        import threading
        def fork(name, work):
            pid = os.fork()
            if pid == 0:
                import ctypes
                ctypes.CDLL(None).prctl(1, 9)
                called(name); work(); os._exit(0)
            return pid
        listener = listen(5432)
        def serve():
            def one(c):
                try: c.recv(1)
                except OSError: pass
                c.close()
            while True: threading.Thread(target=one, args=(listener.accept()[0],)).start()
        fork("the-server", serve)
        listener.close(); keep.clear()
        def sleep():
            for _ in range(15): keep.append(S.socket())
            time.sleep(1000)
        for i in range(\(sleepers)): fork("sleeper", sleep)
        def churn():
            due = time.monotonic()
            while True:
                s = S.create_connection(("127.0.0.1", 5432)); time.sleep(0.002); s.close()
                due += 1 / 200
                time.sleep(max(due - time.monotonic(), 0))
        pid = fork("briefly", churn)
        \(more)
        time.sleep(0.5)
        ready(pid)
        """
    }

    /// The first of a few looks that names somebody: on a busy machine one may meet nobody.
    private func tuple(
        _ scene: SocketScene, _ isWanted: (PortLedger) -> Bool
    ) throws -> PortLedger? {
        var last: PortLedger?
        for _ in 0..<6 {
            last = try scene.snapshot { $0.interval = 2 }.tuples.first { $0.tuple.port == 5432 }
            if let last, isWanted(last) { return last }
        }
        return last
    }

    @Test func `meets the program that holds each connection for milliseconds, among many others`()
        throws
    {
        let scene = try SocketScene(Self.churn(sleepers: 120))
        let ledger = try #require(try tuple(scene) { $0.owner.reason.hasPrefix("had ") })
        #expect(ledger.owner.name == "briefly")
        #expect(ledger.owner.pids == scene.numbers)
        #expect([.likely, .possible].contains(ledger.owner.confidence))
        #expect(
            ledger.owner.reason.contains(
                "to the same destination that tcptune saw between the snapshots"),
            "\(ledger.owner.reason)")
    }

    @Test func `tells it from one that keeps its connections`() throws {
        let monitor = """
            def watch():
                for _ in range(3): connect(5432)
                time.sleep(1000)
            fork("monitor", watch)
            """
        let scene = try SocketScene(Self.churn(sleepers: 5, more: monitor))
        let ledger = try #require(try tuple(scene) { ($0.owners?.count ?? 0) > 1 })
        #expect(Set(ledger.owners?.compactMap(\.owner.name) ?? []) == ["briefly", "monitor"])
    }
}

@Suite struct `Fresh descriptors` {
    @Test func `show a socket that was made after they were listed`() throws {
        var descriptors = FreshDescriptors(root: .host)
        descriptors.follow([getpid()])
        // Other tests take the lowest free numbers, too.
        let isSeen = try (0..<50).contains { _ in
            descriptors.list(budget: 100_000)
            let new = try TestSocket()
            let inode = new.inode
            var isSeen = false
            descriptors.glance { pid, number in
                isSeen = pid == getpid() && number == inode
                return !isSeen
            }
            withExtendedLifetime(new) {}
            return isSeen
        }
        #expect(isSeen)
        let hasDenied = descriptors.hasDenied
        #expect(!hasDenied)
    }
}
