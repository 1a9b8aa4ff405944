import CNetlink
import Glibc
package import Model

/// One attempt of a probe: a connection to each of its addresses at the same time, for which nobody has to wait.
package final class ProbeAttempt {
    package enum State: Sendable {
        case underWay
        /// One address has answered.
        case reached
        case failed(KernelError)
    }

    private let probe: TCPProbe
    private var sockets: [CInt] = []
    private var isReached = false
    private var last: KernelError
    /// When it is given up, in seconds of `BootClock`.
    package let end: Double

    /// Begins it.
    package init(_ probe: TCPProbe, until end: Double) {
        self.probe = probe
        self.end = end
        last = KernelError(
            "connect to", probe.description, code: EADDRNOTAVAIL,
            detail: probe.addresses.isEmpty ? "\(probe.host) has no known address" : nil)
        for address in probe.addresses where !isReached {
            do throws(KernelError) { try begin(address) } catch { last = error }
        }
    }

    deinit { closeAll() }

    /// Ready when something is to be looked at; empty where it is decided.
    package var waitables: [Waitable] {
        isReached ? [] : sockets.map { Waitable(descriptor: $0, isWritten: true) }
    }

    /// When to look at the latest, in seconds of `BootClock`.
    package var nextLook: Double { waitables.isEmpty ? 0 : end }

    package func look() -> State {
        for socket in isReached ? [] : sockets {
            var ready = pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
            guard unsafe poll(&ready, 1, 0) > 0 else { continue }
            var code: CInt = 0
            var length = socklen_t(MemoryLayout<CInt>.size)
            unsafe _ = getsockopt(socket, SOL_SOCKET, SO_ERROR, &code, &length)
            if code == 0 {
                isReached = true
            } else {
                last = KernelError("connect to", probe.description, code: code)
                sockets.removeAll { $0 == socket }
                close(socket)
            }
        }
        if isReached {
            closeAll()
            return .reached
        }
        if sockets.isEmpty { return .failed(last) }
        guard BootClock.now >= end else { return .underWay }
        closeAll()
        last = KernelError("connect to", probe.description, code: ETIMEDOUT)
        return .failed(last)
    }

    private func begin(_ text: String) throws(KernelError) {
        let list = try AddressList(text, probe.port, flags: AI_NUMERICHOST | AI_NUMERICSERV)
        var failure: KernelError?
        unsafe list.forEach { address in
            do throws(KernelError) { unsafe try connect(to: address) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    private func connect(to address: addrinfo) throws(KernelError) {
        let subject = probe.description
        let family = unsafe address.ai_family
        let socket = try systemCall("open", "a socket") {
            Glibc.socket(
                family,
                CInt(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
        }
        // From here on it is closed with the others.
        sockets.append(socket)
        do throws(KernelError) {
            _ = try systemCall("connect to", subject) {
                unsafe Glibc.connect(socket, address.ai_addr, address.ai_addrlen)
            }
            isReached = true
        } catch {
            if error.code == EINPROGRESS { return }
            sockets.removeAll { $0 == socket }
            close(socket)
            throw error
        }
    }

    private func closeAll() {
        for socket in sockets { close(socket) }
        sockets = []
    }
}
