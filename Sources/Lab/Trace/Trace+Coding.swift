import Model

// What is not known is written as null: scripts find the name in either case.

extension Trace {
    enum CodingKeys: String, CodingKey {
        case url, requests, seconds, failure, exchange, notes, repetition
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(url, forKey: .url)
        try container.encode(requests, forKey: .requests)
        try container.encode(seconds, forKey: .seconds)
        try container.encode(failure, forKey: .failure)
        try container.encode(exchange, forKey: .exchange)
        try container.encode(notes, forKey: .notes)
        try container.encode(repetition, forKey: .repetition)
    }
}

extension Trace.Failure {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(stage, forKey: .stage)
        try container.encode(reason, forKey: .reason)
        try container.encode(errno, forKey: .errno)
        try container.encode(isUsage, forKey: .isUsage)
    }
}

extension Trace.Request {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(url, forKey: .url)
        try container.encode(name, forKey: .name)
        try container.encode(connect, forKey: .connect)
        try container.encode(tls, forKey: .tls)
        try container.encode(sent, forKey: .sent)
        try container.encode(response, forKey: .response)
        try container.encode(close, forKey: .close)
        try container.encode(states, forKey: .states)
    }
}

extension Trace.Connect {
    enum CodingKeys: String, CodingKey { case span, attempts, connection }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(span, forKey: .span)
        try container.encode(attempts, forKey: .attempts)
        try container.encode(connection, forKey: .connection)
    }
}

extension Trace.Attempt {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(address, forKey: .address)
        try container.encode(port, forKey: .port)
        try container.encode(span, forKey: .span)
        try container.encode(outcome, forKey: .outcome)
        try container.encode(errno, forKey: .errno)
        try container.encode(synRetries, forKey: .synRetries)
    }
}

extension Trace.Connection {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(source, forKey: .source)
        try container.encode(sourcePort, forKey: .sourcePort)
        try container.encode(destination, forKey: .destination)
        try container.encode(destinationPort, forKey: .destinationPort)
        try container.encode(roundTrip, forKey: .roundTrip)
        try container.encode(timestamps, forKey: .timestamps)
        try container.encode(selectiveAcknowledgements, forKey: .selectiveAcknowledgements)
        try container.encode(windowScaling, forKey: .windowScaling)
        try container.encode(fastOpen, forKey: .fastOpen)
        try container.encode(segmentBytes, forKey: .segmentBytes)
        try container.encode(isLocal, forKey: .isLocal)
        try container.encode(peer, forKey: .peer)
        try container.encode(ports, forKey: .ports)
    }
}

extension Trace.Response {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(span, forKey: .span)
        try container.encode(firstByte, forKey: .firstByte)
        try container.encode(firstArrived, forKey: .firstArrived)
        try container.encode(lastArrived, forKey: .lastArrived)
        try container.encode(head, forKey: .head)
        try container.encode(headBytes, forKey: .headBytes)
        try container.encode(bodyBytes, forKey: .bodyBytes)
        try container.encode(extraBytes, forKey: .extraBytes)
        try container.encode(interim, forKey: .interim)
        try container.encode(framing, forKey: .framing)
        try container.encode(keepsAlive, forKey: .keepsAlive)
        try container.encode(problem, forKey: .problem)
    }
}

extension Trace.Close {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(span, forKey: .span)
        try container.encode(closed, forKey: .closed)
        try container.encode(peerEnded, forKey: .peerEnded)
        try container.encode(first, forKey: .first)
        try container.encode(reset, forKey: .reset)
        try container.encode(held, forKey: .held)
        try container.encode(heldSeconds, forKey: .heldSeconds)
        try container.encode(peerHeld, forKey: .peerHeld)
        try container.encode(peerHeldSeconds, forKey: .peerHeldSeconds)
        try container.encode(reason, forKey: .reason)
    }
}

extension Trace.StateSeen {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(at, forKey: .at)
        try container.encode(notBefore, forKey: .notBefore)
        try container.encode(side, forKey: .side)
        try container.encode(state, forKey: .state)
        try container.encode(source, forKey: .source)
    }
}
