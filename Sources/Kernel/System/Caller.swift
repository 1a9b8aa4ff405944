import Glibc

/// Who started the process, and from where.
package struct Caller: Sendable, Hashable {
    /// The effective user.
    package var user: UInt32
    /// Who called sudo(8), nil where nobody did.
    package var sudoUser: String?
    /// The terminal, nil where there is none.
    package var terminal: String?
    /// `SSH_CONNECTION`: addresses and ports of the connection that the session came by.
    package var connection: String?

    package init(
        user: UInt32, sudoUser: String? = nil, terminal: String? = nil, connection: String? = nil
    ) {
        self.user = user
        self.sudoUser = sudoUser
        self.terminal = terminal
        self.connection = connection
    }

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
