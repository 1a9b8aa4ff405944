import Model
import Text

extension SourceAssessment {
    /// Its numbers by name, as findings carry them.
    var evidence: [String: Evidence] {
        [
            "used_ports": .count(ports.distinct), "usable_ports": .count(usable),
            "used_ratio": .number(usedRatio), "sockets": .count(ports.sockets),
            "shared_ports": .count(ports.shared), "even_ports": .count(ports.even),
            "expected_shared_ports": .number(expectedShared),
        ]
    }

    /// What already fails, before the numbers; empty if nothing does.
    var failure: String {
        ports.distinct >= usable
            ? "bind() with port 0 fails (EADDRINUSE), and so does connect() to a new destination: "
            : isFull ? "bind() with port 0 is about to fail (EADDRINUSE): " : ""
    }

    /// How it is known that bind() took the ports.
    var sign: String {
        switch choice {
        case .bindBySharing:
            "\(ports.shared == 0 ? "none" : ports.shared.grouped) of them serves two destinations; "
                + "connect() would have shared about \(expectedShared.figure)"
        case .bindByParity:
            "\((ports.distinct - ports.even).grouped) of them are odd and \(ports.even.grouped) "
                + "even, as bind() takes them but connect() does not"
        case .connect: "\(ports.shared.grouped) of them serve two destinations or more"
        }
    }

    /// Whether each port has one connection, to a port that the peer chose, as after transfers with a listener on port
    /// 0 each.
    ///
    /// A client's destinations have few ports, such as 443.
    func isOnePortEach(in situation: Situation) -> Bool {
        guard ports.destinations * 10 >= ports.sockets * 9, tuples.count >= Self.fewestPorts else {
            return false
        }
        let listed = tuples.map { situation.tuples[$0].tuple.port }
        let peers = Set(listed)
        return peers.count * 4 >= listed.count
            && listed.count { $0 >= 1024 } * 10 >= listed.count * 9
    }

    /// Whether a finding about one destination reports it: that destination has nine tenths of the ports, and is
    /// exhausting itself.
    func isTold(in situation: Situation) -> Bool {
        tuples.contains { index in
            let tuple = situation.tuples[index]
            return PortsExhausting.applies(to: tuple)
                && tuple.used * 10 >= min(ports.distinct, usable) * 9
        }
    }
}
