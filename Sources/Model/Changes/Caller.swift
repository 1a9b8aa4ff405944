/// Who started the process, and from where.
public struct Caller: Sendable, Hashable {
    /// The effective user.
    public var user: UInt32
    /// Who called sudo(8), nil where nobody did.
    public var sudoUser: String?
    /// The terminal, nil where there is none.
    public var terminal: String?
    /// `SSH_CONNECTION`: addresses and ports of the connection that the session came by.
    public var connection: String?

    public init(
        user: UInt32, sudoUser: String? = nil, terminal: String? = nil, connection: String? = nil
    ) {
        self.user = user
        self.sudoUser = sudoUser
        self.terminal = terminal
        self.connection = connection
    }
}
