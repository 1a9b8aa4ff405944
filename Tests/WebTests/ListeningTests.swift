import Glibc
import NIOCore
import Testing

@testable import Web

@Suite struct `Listening` {
    private func start(_ addresses: String...) throws -> WebServer {
        try WebServer.start(
            WebServer.Options(addresses: try addresses.map(ListenAddress.init)),
            handler: TestServer.echo)
    }

    @Test func `is on all addresses, or on none`() throws {
        let scratch = try Scratch()
        let server = try start(
            "127.0.0.1:0", "127.0.0.1:0", "localhost:0", "unix:\(scratch["a.sock"])")
        defer { server.stop() }
        #expect(server.addresses.count == 4)
        #expect(server.addresses[3] == "unix:\(scratch["a.sock"])")
        for address in server.addresses.prefix(3) {
            #expect(Program.curl("http://\(address)/") == 200)
        }
        #expect(Program.curl("--unix-socket '\(scratch["a.sock"])' http://a/") == 200)
        let error = #expect(throws: WebError.self) {
            _ = try start("unix:\(scratch["b.sock"])", server.addresses[0])
        }
        #expect(
            error?.description == "cannot listen on \(server.addresses[0]): Address already in use")
        #expect(access(scratch["b.sock"], F_OK) != 0)
    }

    @Test func `is on IPv6 where this host has it`() throws {
        guard let server = try? start("[::1]:0") else { return }
        defer { server.stop() }
        #expect(Program.curl("-g http://\(server.addresses[0])/") == 200)
    }

    @Test(arguments: ["no.such.host.invalid:0", "127.0.0.1.5:0", "10.255.255.254:0"])
    func `fails where the address is not of this host`(address: String) throws {
        let error = #expect(throws: WebError.self) { _ = try start(address) }
        #expect(["listen on", "serve"].contains(error?.operation))
    }

    @Test func `on a socket in the file system is for owner and group`() throws {
        let scratch = try Scratch()
        let server = try start("unix:\(scratch["a.sock"])")
        defer { server.stop() }
        #expect(try Program.run("stat -c %a '\(scratch["a.sock"])'") == "660\n")
    }

    @Test func `replaces an old socket, but none on which somebody answers, and no file`() throws {
        let scratch = try Scratch()
        let path = scratch["a.sock"]
        let first = try start("unix:\(path)")
        let busy = #expect(throws: WebError.self) { _ = try start("unix:\(path)") }
        #expect(busy?.reason == "another program listens on it")
        #expect(Program.curl("--unix-socket '\(path)' http://a/") == 200)
        try Program.run("mv '\(path)' '\(path).moved'")
        let second = try start("unix:\(path)")
        first.stop()
        // The first no longer owns the name, and so leaves it.
        #expect(Program.curl("--unix-socket '\(path)' http://a/") == 200)
        second.stop()
        #expect(access(path, F_OK) != 0)
        // What is left of a server that was killed.
        try Program.run(
            "python3 -c 'import socket,sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])' '\(path)'"
        )
        let third = try start("unix:\(path)")
        #expect(Program.curl("--unix-socket '\(path)' http://a/") == 200)
        third.stop()
        try scratch.write("a.sock", "not to be lost")
        let file = #expect(throws: WebError.self) { _ = try start("unix:\(path)") }
        #expect(file?.reason == "a file that is no socket is there")
        #expect(try Program.run("cat '\(path)'") == "not to be lost")
    }

    @Test func `is on what systemd hands over, if it is meant for this process`() throws {
        let number = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        defer { close(number) }
        typealias Announcement = ActivatedSockets.Announcement
        for announcement in [
            Announcement(process: nil, count: "1"), Announcement(process: "1", count: "1"),
            Announcement(process: "\(getpid())", count: "0"),
            Announcement(process: "\(getpid())", count: "many"),
        ] {
            let error = #expect(throws: WebError.self) {
                _ = try ActivatedSockets.places(announcement)
            }
            #expect(error?.reason.contains("none was handed over") == true)
        }
        let announcement = Announcement(process: "\(getpid())", count: "1", first: number)
        let error = #expect(throws: WebError.self) { _ = try ActivatedSockets.places(announcement) }
        #expect(error?.reason == "it is not a listening stream socket")
        // Bound to port 0 of every address by listen(2).
        #expect(listen(number, 1) == 0)
        let places = try ActivatedSockets.places(announcement)
        #expect(places.map(\.isLocal) == [false])
        #expect(fcntl(number, F_GETFD) == FD_CLOEXEC)
    }
}
