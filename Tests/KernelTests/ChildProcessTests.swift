import Glibc
import Model
import Testing

@testable import Kernel

/// The tests have a type of that name themselves.
private typealias Child = Kernel.ChildProcess

@Suite struct `Another program` {
    @Test func `gives its status and what it printed`() throws {
        let outcome = try Child.run(
            "/bin/sh", ["-c", "echo MainPID=$1; exit 3", "sh", "4711 $HOME"], within: 120)
        #expect(outcome == Child(status: 3, output: "MainPID=4711 $HOME\n"))
    }

    @Test func `has no status where a signal ended it`() throws {
        #expect(try Child.run("/bin/sh", ["-c", "kill -9 $$"], within: 120).status == nil)
    }

    @Test func `is read to its end, and no more of it kept than is wanted`() throws {
        let outcome = try Child.run(
            "/bin/sh", ["-c", "head -c 100000 /dev/zero | tr '\\0' x"], within: 120)
        #expect(outcome == Child(status: 0, output: String(repeating: "x", count: 4096)))
    }

    @Test(arguments: ["exec sleep 60", "exec >/dev/null; exec sleep 60"])
    func `is killed when it takes too long`(_ line: String) throws {
        let began = MonotonicClock.now
        let error = #expect(throws: KernelError.self) {
            _ = try Child.run("/bin/sh", ["-c", line], within: 0.2)
        }
        #expect(error?.code == ETIMEDOUT)
        #expect(MonotonicClock.now - began < 60)
    }

    @Test func `that is not there is an error`() {
        #expect(throws: KernelError("start", "/nonexistent/program", code: ENOENT)) {
            _ = try Child.run("/nonexistent/program", [], within: 1)
        }
    }

    @Test func `knows nothing of our environment, and reads nothing of our input`() throws {
        let outcome = try Child.run("/usr/bin/env", [], within: 120)
        #expect(outcome.output == "PATH=/usr/sbin:/usr/bin:/sbin:/bin\n")
        #expect(try Child.run("/bin/cat", [], within: 120).output == "")
    }
}

@Suite struct `A watch on a process` {
    @Test func `tells when it has ended`() throws {
        let pid = try ProgramStart().run("/bin/sleep", as: "sleep", ["60"])
        let process = try #require(ProcessIdentity(pid: pid))
        let watch = try #require(ProcessWatch(process))
        #expect(try Waitable.wait(for: [watch.waitable], atMost: 0) == [false])
        kill(pid, SIGKILL)
        #expect(try Waitable.wait(for: [watch.waitable], atMost: 10) == [true])
        _ = waitpid(pid, nil, 0)
        #expect(ProcessWatch(process) == nil)
    }

    @Test func `is none on another process of the same number`() {
        var other = ProcessIdentity.own
        other.started += 2
        #expect(ProcessWatch(other) == nil)
    }
}
