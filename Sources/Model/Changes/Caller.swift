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
}
