import Model
import Testing

@testable import Audit

@Suite struct `Ends in a pasted line` {
    @Test(
        arguments: [
            (
                "dial tcp 127.0.0.1:38151->127.0.0.1:8500: connect: refused",
                ["127.0.0.1:38151", "127.0.0.1:8500"]
            ),
            ("bind() to 0.0.0.0:80 failed (98: Address already in use)", ["0.0.0.0:80"]),
            (
                "TCP: request_sock_TCP: Possible SYN flooding on port [::]:443. Sending cookies.",
                ["[::]:443"]
            ),
            ("Possible SYN flooding on port 443. Sending cookies.", ["port 443"]),
            ("Possible SYN flooding on port 0.0.0.0:8080. Sending cookies.", ["0.0.0.0:8080"]),
            ("listen EADDRINUSE: address already in use :::8080", ["[::]:8080"]),
            ("Error: connect ECONNREFUSED ::1:3000", ["[::1]:3000"]),
            ("connect ETIMEDOUT 2001:db8::9:5432", ["[2001:db8::9]:5432"]),
            ("Error: connect ECONNREFUSED 127.0.0.1:3000", ["127.0.0.1:3000"]),
            ("listen tcp :8080: bind: address already in use", ["port 8080"]),
            (
                "connection to server at \"10.0.0.9\", port 5432 failed: Connection timed out",
                ["10.0.0.9:5432"]
            ),
            ("connect to [2001:db8::9]:5432 failed", ["[2001:db8::9]:5432"]),
            ("java.net.ConnectException: /10.0.0.9:5432 refused", ["10.0.0.9:5432"]),
            ("Could not connect to Redis at localhost:6379", ["127.0.0.1:6379"]),
            ("upstream: \"http://10.0.0.9:8080/a/b?c=1.5\", host: \"x\"", ["10.0.0.9:8080"]),
            (
                "Treason uncloaked! Peer 10.0.0.9:12345/80 shrinks window 123:456.",
                ["10.0.0.9:12345"]
            ),
            ("Can't connect to MySQL server on '10.0.0.9' (111)", ["10.0.0.9"]),
            ("2024/05/12 10:00:30 [error] 12345#0: *8080 main.go:123 1.25 42", []),
            ("EADDRNOTAVAIL", []), ("[31617.809376] TCP: out of memory", []),
            ("10.0.0.9:0 10.0.0.9:65536 300.1.1.1:80", []),
        ] as [(String, [String])])
    func `are found, and nothing else is`(_ line: String, _ ends: [String]) {
        #expect(NamedEnds(line).ends.map(\.text) == ends)
    }

    @Test(
        arguments: [
            (
                "connect() to unix:/run/app.sock failed (11: Resource temporarily unavailable)",
                ["/run/app.sock"]
            ),
            (
                "upstream: \"fastcgi://unix:/run/php/php-fpm.sock:\", host",
                ["/run/php/php-fpm.sock"]
            ),
            ("dial unix /var/run/docker.sock: connect: refused", ["/var/run/docker.sock"]),
            ("unix:///run/containerd/containerd.sock", ["/run/containerd/containerd.sock"]),
            ("open /etc/passwd: too many open files", []),
        ] as [(String, [String])])
    func `paths of Unix sockets are found, other paths are not`(_ line: String, _ paths: [String]) {
        #expect(NamedEnds(line).paths == paths)
    }

    @Test func `are few, however long the line`() {
        let line = (1...60_000).map { "10.0.0.1:\($0)" }.joined(separator: " ")
        #expect(NamedEnds(line).ends.count == NamedEnds.most)
        #expect(NamedEnds(String(repeating: "[:::", count: 100_000)).isEmpty)
    }
}
