import Model
import Testing

@testable import Testbed

@Suite struct `TLS without a library` {
    @Test func `says which libraries were looked for, and why each was none`() throws {
        guard case .failure(let absence) = TLSLibrary.open(["libno-such-tls.so.9", "libc.so.6"])
        else {
            Issue.record("there is one")
            return
        }
        #expect(absence.description.hasPrefix("found no libssl (libno-such-tls.so.9: "))
        #expect(absence.description.hasSuffix("; libc.so.6 lacks OPENSSL_init_ssl)"))
    }
}

@Suite(.enabled(if: (try? TLSLibrary.found.get()) != nil, "libssl is not installed"))
struct `TLS of a client` {
    private static func context() throws -> TLSContext {
        try #require(TLSContext(try TLSLibrary.found.get()))
    }

    private static func engine(
        _ peer: TLSPeer, protocols: [String] = [], in context: TLSContext? = nil
    ) throws -> TLSEngine {
        let context = try context ?? Self.context()
        return try #require(TLSEngine(context, to: peer, protocols: protocols, isLogged: true))
    }

    private static func hello(_ peer: TLSPeer, _ protocols: [String] = []) throws -> [UInt8] {
        let engine = try engine(peer, protocols: protocols)
        #expect(engine.shakeHands() == .waits)
        var bytes: [UInt8] = []
        engine.give(to: &bytes)
        #expect(engine.messages.all.map(\.name) == ["ClientHello"])
        return bytes
    }

    @Test func `tells a server its name, and never an address`() throws {
        func has(_ text: String, _ bytes: [UInt8]) -> Bool {
            String(decoding: bytes, as: UTF8.self).contains(text)
        }
        let named = try Self.hello(TLSPeer(name: "www.example.test."), ["http/1.1"])
        #expect(named.prefix(2) == [22, 3] && has("www.example.test", named))
        #expect(has("http/1.1", named) && !has("test.", named))
        let address = try #require(IPAddress("192.0.2.77"))
        #expect(try !has("192.0.2.77", Self.hello(TLSPeer(address))))
    }

    @Test func `takes whatever bytes come, and fails without harm`() throws {
        let context = try Self.context()
        var random = SystemRandomNumberGenerator()
        for round in 0..<300 {
            let engine = try Self.engine(TLSPeer(name: "www.test"), in: context)
            _ = engine.shakeHands()
            // As a record of the handshake, or as nothing at all.
            var bytes = (0..<Int.random(in: 1...200)).map { _ in UInt8.random(in: 0...255) }
            if round % 2 == 0 {
                bytes = [22, 3, 3, 0, UInt8(bytes.count), 2, 0, 0, UInt8(bytes.count - 1)] + bytes
            }
            bytes.shuffle(using: &random)
            engine.take(bytes, count: bytes.count)
            #expect(engine.shakeHands() != .done)
            #expect(engine.certificates.isEmpty && !engine.isResumed)
        }
    }

    @Test func `names an alert as its RFC does`() throws {
        let engine = try Self.engine(TLSPeer(name: "www.test"))
        _ = engine.shakeHands()
        engine.take([21, 3, 3, 0, 2, 2, 116], count: 7)
        #expect(
            engine.shakeHands()
                == .failed(TLSFailure(kind: .alert, words: "certificate required", alert: 116)))
        #expect(engine.messages.all.map(\.name) == ["ClientHello", "certificate_required"])
    }
}
