import Model
import Testing

@testable import Audit

@Suite struct `Data that is not read` {
    private static func listener(
        unread: Int, established: Int, _ progress: ReadProgress? = nil
    ) -> Scene {
        var scene = Scene()
        scene.listen(8000, [.established: established])
        scene.now.listeners[1].unread = unread
        scene.now.listeners[1].withoutInodeStates = StateCounts()
        if let progress {
            scene.passTenSeconds()
            scene.now.listeners[1].reading = progress
        }
        return scene
    }

    @Test func `at one look is a notice from 50 on that are half, and asks for a second`() throws {
        #expect(
            Self.listener(unread: 49, established: 60).findings(of: ReadStalled()).isEmpty)
        #expect(
            Self.listener(unread: 50, established: 101).findings(of: ReadStalled()).isEmpty)
        let finding = try #require(
            Self.listener(unread: 50, established: 100).findings(of: ReadStalled()).first)
        #expect(finding.severity == .notice)
        #expect(finding.cause.contains("one look cannot tell which"))
        #expect(finding.commands.first == "tcptune audit --interval 2s")
    }

    @Test(arguments: [
        // before, same, more of 20 connections
        (10, 10, 0, Severity.critical), (15, 10, 2, .critical), (10, 9, 1, nil),
        (12, 10, 0, .critical),
        (13, 10, 0, nil), (10, 9, 0, nil),
    ])
    func `of which not a byte was read in ten seconds is critical`(
        before: Int, same: Int, more: Int, severity: Severity?
    ) {
        let scene = Self.listener(
            unread: 20, established: 20, ReadProgress(before: before, same: same, more: more))
        #expect(scene.findings(of: ReadStalled()).first?.severity == severity)
    }

    @Test func `on the smaller part of the connections is milder`() {
        let few = ReadProgress(before: 20, same: 20, more: 0)
        #expect(
            Self.listener(unread: 20, established: 100, few).findings(of: ReadStalled())
                .first?.severity == .notice)
        let many = ReadProgress(before: 60, same: 60, more: 0)
        #expect(
            Self.listener(unread: 60, established: 1000, many).findings(of: ReadStalled())
                .first?.severity == .warning)
    }

    @Test func `that grows everywhere is read too slowly, and no more is said`() throws {
        let growing = ReadProgress(before: 20, same: 0, more: 20)
        let finding = try #require(
            Self.listener(unread: 20, established: 20, growing).findings(of: ReadStalled()).first)
        #expect(finding.severity == .notice && finding.cause.contains("more slowly"))
        let shrinking = ReadProgress(before: 20, same: 0, more: 19)
        #expect(
            Self.listener(unread: 20, established: 20, shrinking).findings(of: ReadStalled())
                .isEmpty)
    }

    @Test(arguments: [
        // unread, established, before, same
        (8, 8, 8, 8, Severity.notice as Severity?), (3, 3, 3, 3, .notice), (2, 2, 2, 2, nil),
        (8, 9, 8, 8, nil), (8, 8, 8, 7, nil), (9, 9, 8, 8, nil),
    ])
    func `on all connections of a stopped server is a notice, however few they are`(
        unread: Int, established: Int, before: Int, same: Int, severity: Severity?
    ) {
        let progress = ReadProgress(before: before, same: same, more: 0)
        let scene = Self.listener(unread: unread, established: established, progress)
        #expect(scene.findings(of: ReadStalled()).first?.severity == severity)
        #expect(
            Self.listener(unread: unread, established: established).findings(of: ReadStalled())
                .isEmpty)
    }

    @Test(
        arguments: [
            (true as Bool?, 640, Severity.notice), (true, 100_000, .warning),
            (false, 640, .warning),
            (nil, 640, .warning),
        ])
    func `that nobody asked for is a notice where it is a word or two`(
        isUnasked: Bool?, bytes: Int, severity: Severity
    ) throws {
        var scene = Scene()
        scene.connect([.established: 20], port: 80)
        scene.now.unreadOutgoing = [
            UnreadPeer(address: Scene.destination, port: 80, sockets: 20, bytes: bytes)
        ]
        scene.passTenSeconds()
        scene.now.unreadOutgoing?[0].progress = ReadProgress(before: 20, same: 20, more: 0)
        scene.now.unreadOutgoing?[0].isUnasked = isUnasked
        let finding = try #require(scene.findings(of: ReadStalled()).first)
        #expect(finding.severity == severity)
        #expect(finding.cause.contains("nobody waits") == (severity == .notice))
    }

    @Test func `of outgoing connections is never more than a warning`() throws {
        var scene = Scene()
        scene.connect([.established: 40])
        scene.now.unreadOutgoing = [
            UnreadPeer(address: Scene.destination, port: 5432, sockets: 40, bytes: 4000)
        ]
        scene.passTenSeconds()
        scene.now.unreadOutgoing?[0].progress = ReadProgress(before: 40, same: 40, more: 0)
        let finding = try #require(scene.findings(of: ReadStalled()).first)
        #expect(finding.severity == .warning && finding.subject == "10.0.0.9:5432")
        #expect(finding.cause.contains("answers stay in the kernel"))
    }
}
