import Kernel
import Model

/// Work of the lab on a thread of its own, where it may enter namespaces.
extension SystemThread {
    static func start<Made: Sendable>(
        _ body: @escaping @Sendable () throws(Refusal) -> Made
    ) throws(Refusal) -> SystemThread where Success == Result<Made, Refusal> {
        do throws(KernelError) {
            return try start { () throws(KernelError) in Result(catching: body) }
        } catch { throw Refusal(error) }
    }

    /// Waits for its end and gives what it made.
    func outcome<Made: Sendable>() throws(Refusal) -> Made where Success == Result<Made, Refusal> {
        let outcome: Result<Made, Refusal>
        do throws(KernelError) { outcome = try join() } catch { throw Refusal(error) }
        return try outcome.get()
    }
}
