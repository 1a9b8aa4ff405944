import Model
import Testing

@testable import Kernel

@Suite struct `The pace of a dump` {
    @Test func `rests after each burst, in proportion to it`() {
        var watch = DumpPace.Watch(DumpPace(burst: 0.004, rest: 4), at: 100)
        #expect(watch.pause(at: 100.003) == nil)
        let pause = watch.pause(at: 100.005)
        #expect(pause.map { abs($0 - 0.02) < 1e-9 } == true)
        // The pause itself is no work.
        #expect(watch.pause(at: 100.0285) == nil)
        #expect(watch.pause(at: 100.0295) != nil)
    }

    @Test(.enabled(if: Rights.isRoot, "needs root, to make network namespaces"))
    func `changes nothing of what a dump finds`() throws {
        let scene = try SocketScene(
            """
            listen(5001)
            for i in range(900): connect(5001)
            ready()
            """)
        let path = "/proc/\(scene.pid)/ns/net"
        // With a burst of nothing there is a pause after every datagram.
        let read = { @Sendable (pace: DumpPace?) throws(KernelError) in
            try NamespaceThread.run(inside: path) { () throws(KernelError) in
                var survey = SocketSurvey()
                survey.pace = pace
                let start = MonotonicClock.now
                let tally = try survey.count(on: try SocketDump.open())
                return (tally.states, MonotonicClock.now - start)
            }
        }
        let (atOnce, _) = try read(nil)
        let (paced, seconds) = try read(DumpPace(burst: 0, rest: 20))
        #expect(atOnce[.established] == 1800)
        #expect(paced == atOnce)
        #expect(seconds > 0.002)
    }
}
