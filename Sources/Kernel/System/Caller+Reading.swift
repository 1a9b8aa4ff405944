import Glibc
package import Model

extension Caller {
    package static var now: Caller {
        var terminal: String?
        for number in 0...2 where isatty(CInt(number)) == 1 {
            terminal = try? Root.host.target(of: "/proc/self/fd/\(number)")
            break
        }
        return Caller(
            user: geteuid(), sudoUser: Environment["SUDO_USER"], terminal: terminal,
            connection: Environment["SSH_CONNECTION"])
    }

    package static var isRoot: Bool { geteuid() == 0 }
}
