/// What of the host's settings is made smaller in a twin, so that a minute's effect shows in seconds.
package enum TwinScaling: Sendable, Hashable {
    case none
    /// So many local ports stand for those of the host as it is.
    case ports(room: Int)
    /// Ports and the life of a TIME_WAIT as they are to a rate and a time: that share of the ports, that share of a minute.
    ///
    /// So many of the host's ports are held by sockets that stay: open connections, and such as are bound and do nothing.
    case measured(ports: Double, minute: Double, held: Int = 0)
    /// So many waiting connections stand for net.core.somaxconn as it is.
    case backlog(room: Int)
    /// So many seconds stand for the longer of the lives of FIN_WAIT2.
    case finWait(longest: Int64)
}
