import Model

/// Data that lies unread on connections on which this host has never sent anything: no answer to a question.
enum UnaskedData {
    /// Asks the samples of each destination with unread connections, in the namespace of the calling thread.
    static func fill(_ snapshot: inout Snapshot) {
        let peers = snapshot.unreadOutgoing ?? []
        guard peers.contains(where: isTelling), let lookup = try? SocketLookup.open() else {
            return
        }
        for (place, peer) in peers.enumerated() where isTelling(peer) {
            // A sample does not tell the local address: it is that of a tuple to the same destination.
            let sources = snapshot.tuples.map(\.tuple)
                .filter { $0.destination == peer.address && $0.port == peer.port }
                .map(\.source)
            let destination = SocketAddress(peer.address, port: peer.port)
            var sent: [UInt64] = []
            for sample in peer.samples {
                for source in sources {
                    let local = SocketAddress(source, port: sample.localPort)
                    guard let bytes = try? lookup.bytesSent(from: local, to: destination) else {
                        continue
                    }
                    sent.append(bytes)
                    break
                }
            }
            if !sent.isEmpty {
                snapshot.unreadOutgoing?[place].isUnasked = sent.allSatisfy { $0 == 0 }
            }
        }
    }

    /// A finding may be about it.
    private static func isTelling(_ peer: UnreadPeer) -> Bool {
        peer.sockets >= OwnerAttribution.fewUnread
    }
}
