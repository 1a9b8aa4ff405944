import Model
import Testing

@testable import Audit

@Suite struct `A backlog's limit` {
    @Test(
        arguments: [
            (4095, 4096, .application), (4096, 4096, .somaxconn), (8192, 4096, .somaxconn),
            (4096, nil, nil), (nil, 4096, nil),
        ] as [(Int?, Int64?, BacklogLimit?)])
    func `is told where both numbers are known`(
        backlog: Int?, somaxconn: Int64?, limit: BacklogLimit?
    ) {
        let listener = Listener(address: .unspecifiedV4, port: 80, backlog: backlog)
        #expect(BacklogLimit(of: listener, somaxconn: somaxconn) == limit)
    }

    @Test func `that is unknown makes no queue full`() {
        let listener = Listener(address: .unspecifiedV4, port: 80, queue: 7, backlog: nil)
        #expect(AcceptQueue(listener)?.backlog == nil)
        let full = Listener(address: .unspecifiedV4, port: 80, queue: 8, backlog: 7)
        #expect(AcceptQueue(full)?.isFull == true)
    }
}
