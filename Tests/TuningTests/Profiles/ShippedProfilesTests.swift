import Catalogue
import Glibc
import Model
import Testing
import Tuning

@testable import Kernel

/// The profiles that come with the program.
@Suite struct `Every shipped profile` {
    static let folder: String = {
        let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        return parts.dropLast(4).joined(separator: "/") + "/profiles"
    }()

    static let library = ProfileLibrary(directories: [folder])
    static let names = library.names

    @Test func `is one of the seven`() {
        #expect(
            Self.names == [
                "fin-wait-relief", "kernel-defaults", "many-idle-connections", "nat-gateway",
                "outbound-reuse", "reverse-proxy", "web-server",
            ])
    }

    @Test(arguments: names) func `is taken without a warning`(name: String) throws {
        let (profile, reading) = try Self.library.profile(named: name)
        #expect(profile.name == name)
        #expect(!profile.suits.isEmpty)
        #expect(ProfileWarnings.of(profile, reading: reading).filter { $0.level != .note }.isEmpty)
    }

    @Test(arguments: names) func `names nothing that this kernel refuses`(name: String) throws {
        let profile = try Self.library.load(named: name)
        let figures = HostFigures(listeners: [22, 443, 8080], memory: 8 << 30, processors: 2)
        var texts: [(SysctlKey, String)] = []
        for setting in profile.settings {
            let knob = try #require(Knob.named(setting.key))
            guard knob.scope == .namespace else { continue }
            let text = try #require(setting.wish.value.text(on: figures, for: knob))
            #expect(knob.canonical(text) == text)
            texts.append((try #require(SysctlKey(setting.key)), text))
        }
        guard Rights.isRoot else { return }
        let values = texts
        let read = try ThrowawayNamespace.run { () throws(KernelError) in
            let writer = try SysctlWriter.open()
            var reader = SysctlReader()
            var read: [SysctlReader.Reading] = []
            for (key, value) in values {
                guard reader.read(key) != .absent else {
                    read.append(.absent)
                    continue
                }
                try writer.write(value, to: key)
                read.append(reader.read(key))
            }
            return read
        }
        for ((key, wanted), reading) in zip(texts, read) {
            // Connection tracking may not be there.
            if reading == .absent, key.name.hasPrefix("net.netfilter.") { continue }
            guard case .value(let text) = reading else {
                Issue.record("\(key.name) is not there")
                continue
            }
            #expect(Knob.named(key.name)?.canonical(text) == wanted, "\(key.name)")
        }
    }

    @Test func `of the kernel's own values has them, on every release it takes`() throws {
        let profile = try Self.library.load(named: "kernel-defaults")
        let releases = [
            KernelRelease(5, 4), .init(5, 10), .init(5, 15), .init(6, 1), .init(6, 12),
            .init(6, 18), .init(7, 3),
        ]
        #expect(profile.requires == [.kernel(atLeast: releases[0])])
        for setting in profile.settings {
            let knob = try #require(Knob.named(setting.key))
            guard case .exact(.text(let text)) = setting.wish else {
                Issue.record("\(setting.key) is no constant")
                continue
            }
            #expect(knob.scope == .namespace)
            for release in releases where knob.availability(on: release) == .present {
                #expect(knob.initialValue(on: release) == knob.numbers(text), "\(setting.key)")
            }
        }
    }

    /// `kernel-defaults` undoes what the others set, where a constant can.
    @Test func `can be undone by the kernel's own values`() throws {
        let defaults = Set(
            try Self.library.load(named: "kernel-defaults").settings.map(\.key))
        for name in Self.names where name != "nat-gateway" {
            for setting in try Self.library.load(named: name).settings {
                let knob = try #require(Knob.named(setting.key))
                guard knob.scope == .namespace, case .computed = knob.initial else {
                    #expect(
                        knob.scope != .namespace || defaults.contains(setting.key),
                        "\(setting.key)")
                    continue
                }
            }
        }
    }

    @Test func `of the famous advice says what it does not do`() throws {
        let profile = try Self.library.load(named: "fin-wait-relief")
        #expect(profile.settings.map(\.key) == ["net.ipv4.tcp_fin_timeout"])
        #expect(profile.settings.first?.wish == .exact(.text("30")))
        #expect(profile.settings.first?.why.contains("does not shorten TIME_WAIT") == true)
        #expect(profile.settings.first?.risk?.contains("61 to 89") == true)
    }

    /// What a profile says is arithmetic: it is done again here.
    @Test func `tells the right numbers`() throws {
        let reuse = try Self.library.load(named: "outbound-reuse")
        let range = try #require(
            reuse.settings.first { $0.key == "net.ipv4.ip_local_port_range" })
        #expect(range.wish == .exact(.text("16384 60999")))
        #expect(60999 - 16384 + 1 == 44_616 && 60999 - 32768 + 1 == 28_232)
        #expect(range.why.contains("44 616 ports instead of 28 232"))
        let idle = try Self.library.load(named: "many-idle-connections")
        let numbers = idle.settings.prefix(3).compactMap { setting -> Int? in
            guard case .atMost(.text(let text)) = setting.wish else { return nil }
            return Int(text)
        }
        #expect(numbers == [300, 30, 5])
        #expect(numbers[0] + numbers[1] * numbers[2] == 7 * 60 + 30)
    }
}

/// Whether this process may make namespaces.
enum Rights {
    static let isRoot = unsafe geteuid() == 0 && system("unshare -n true 2>/dev/null") == 0
}
