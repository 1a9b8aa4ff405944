import Model
import Testing

@testable import Audit

@Suite struct `An end looked up` {
    private static let nginx = Owner(name: "nginx", pids: [812], confidence: .certain, reason: "")

    private static func here(
        _ line: String, holders: PortHolders? = nil, _ change: (inout Scene) -> Void = { _ in }
    ) throws -> [Explanation.Value] {
        var scene = Scene()
        change(&scene)
        let assessment = Assessment(
            host: scene.host, view: Observation.View(now: scene.now, earlier: scene.earlier))
        return try #require(Explainer(assessment, portHolders: holders).explain(line)).here
    }

    @Test func `tells the listener, its program and its queue`() throws {
        let here = try Self.here("Possible SYN flooding on port 0.0.0.0:443. Sending cookies") {
            $0.listen(443, [.established: 3000], queue: 12, owner: Self.nginx)
        }
        #expect(here.map(\.name) == ["0.0.0.0:443"])
        #expect(
            here.first?.text
                == "listener 0.0.0.0:443, nginx, accept queue 12/128, 3000 connections")
    }

    @Test func `tells a destination with its ports and their owner`() throws {
        let here = try Self.here("connect to 10.0.0.9:5432: Connection timed out") {
            $0.connect(
                [.established: 12, .timeWait: 21_440],
                owner: Owner(name: "orders", confidence: .likely, reason: ""))
        }
        #expect(
            here.first?.text
                == "10.0.0.5 → 10.0.0.9:5432: 21 452 of 28 232 ports in use (76.0 %), 12 open, orders (likely)"
        )
    }

    @Test func `tells whose connection holds a port`() throws {
        let holders = PortHolders(
            ports: [38151],
            sockets: [
                LocalSocket(
                    address: Scene.loopback, port: 38151, peer: Scene.loopback, peerPort: 8500,
                    state: .established,
                    owner: Owner(name: "nomad", pids: [7], confidence: .certain, reason: ""))
            ])
        let here = try Self.here(
            "listen tcp :38151: bind: address already in use", holders: holders)
        #expect(
            here.first?.text
                == "nomad's connection to 127.0.0.1:8500 (ESTABLISHED) holds 38151")
    }

    @Test func `says what was looked at where there is nothing`() throws {
        let line = "bind 0.0.0.0:9999: address already in use"
        #expect(
            try Self.here(line).first?.text
                == "no listener, no outgoing connection; local ports were not looked up")
        #expect(
            try Self.here(line, holders: PortHolders(ports: [9999])).first?.text
                == "no listener, no outgoing connection; no socket holds 9999 here")
        #expect(
            try Self.here(line) { $0.now.source = .none }.first?.text
                == "not checked: sockets (not read)")
        // A port of another host's is none of this host's.
        #expect(
            try Self.here("connect 203.0.113.7:9999: connection refused").first?.text
                == "no listener, no outgoing connection")
    }

    @Test func `takes no listener of another address for it`() throws {
        let here = try Self.here("connect 203.0.113.7:22: connection refused")
        #expect(here.first?.text == "no listener, no outgoing connection")
        #expect(
            try Self.here("connect 127.0.0.1:22: connection refused").first?.text
                .hasPrefix("listener 0.0.0.0:22, sshd") == true)
    }

    @Test func `says why a listener of the named port does not cover it`() throws {
        let line = "connect to 10.66.0.1:80: Connection refused"
        let own = PortHolders(ports: [80], own: [IPAddress(v4: 0x0a42_0001)])
        let bound = try Self.here(line, holders: own) {
            $0.listen(80, owner: Self.nginx)
            $0.now.listeners[1].interface = 7
            $0.now.listeners[1].interfaceName = "eth0"
        }
        #expect(
            bound.first?.text
                == "listener 0.0.0.0:80%eth0, nginx, accept queue 0/128, 0 connections: takes "
                + "connections only over IPv4, only from eth0 (SO_BINDTODEVICE)")
        let six = try Self.here(line, holders: own) {
            $0.listen(80, address: .unspecifiedV6, owner: Self.nginx)
            $0.now.listeners[1].onlyIPv6 = true
        }
        #expect(six.first?.text.hasSuffix("takes connections only over IPv6 (IPV6_V6ONLY)") == true)
        let other = try Self.here(line, holders: own) {
            $0.listen(80, address: Scene.loopback, owner: Self.nginx)
        }
        #expect(other.first?.text.hasSuffix("takes connections only to 127.0.0.1") == true)
        // Of another host's address nothing here says anything.
        let foreign = try Self.here(line) { $0.listen(80, address: Scene.loopback) }
        #expect(foreign.first?.text == "no listener, no outgoing connection")
        let covered = try Self.here(line, holders: own) { $0.listen(80, owner: Self.nginx) }
        #expect(
            covered.first?.text == "listener 0.0.0.0:80, nginx, accept queue 0/128, 0 connections")
    }

    @Test func `tells a Unix socket's queue, and that it was not read`() throws {
        let line = "unix:/run/app.sock: Connection refused"
        #expect(try Self.here(line).first?.text == "not checked: Unix sockets were not read")
        let full = try Self.here(line) {
            $0.now.unixListeners = UnixListeners(
                count: 3,
                waiting: [
                    UnixListener(path: "/run/app.sock", inode: 4, queue: 129, backlog: 128)
                ])
        }
        #expect(full.first?.text == "Unix listener, 129 waiting, backlog 128: full")
    }
}
