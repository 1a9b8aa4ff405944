import Glibc

/// Makes a system call until no signal cuts it short, and turns its errno into an error.
///
/// Not inlined, so that errno is read before any release of a reference can change it.
@inline(never)
package func systemCall<Result: SignedInteger>(
    _ operation: StaticString, _ subject: @autoclosure () -> String, _ body: () -> Result
) throws(KernelError) -> Result {
    while true {
        let result = body()
        if result >= 0 { return result }
        let code = errno
        if code == EINTR { continue }
        precondition(code != EBADF && code != EFAULT, "\(operation): a descriptor of ours is wrong")
        throw KernelError(operation.description, subject(), code: code)
    }
}
