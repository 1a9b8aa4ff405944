import FoundationEssentials
import Glibc
import Model
import Testing
import Tuning

@Suite struct `A library of profiles` {
    @Test func `finds a name in the first directory that has it, and a path as it is`() throws {
        let files = try ProfileFiles()
        try files.write("a/web.toml", ProfileFiles.text("web", somaxconn: 1))
        try files.write("b/web.toml", ProfileFiles.text("web", somaxconn: 2))
        try files.write("b/other.toml", ProfileFiles.text("other", somaxconn: 3))
        try files.write("b/.hidden.toml", "")
        try files.write("b/note.txt", "")
        let library = ProfileLibrary(directories: [files.path + "/a", files.path + "/b"])
        #expect(library.names == ["other", "web"])
        #expect(try library.load(named: "web").settings.first?.wish == .exact(.text("1")))
        #expect(try library.load(named: "other").path == files.path + "/b/other.toml")
        #expect(
            try library.load(named: files.path + "/b/web.toml").settings.first?.wish
                == .exact(.text("2")))
    }

    @Test func `names the nearest where there is none`() throws {
        let files = try ProfileFiles()
        try files.write("web-server.toml", ProfileFiles.text("web-server", somaxconn: 1))
        let library = ProfileLibrary(directories: [files.path])
        #expect(
            files.failure(library, "web-sever")
                == .init(.noInput, "there is no profile 'web-sever'; did you mean web-server?"))
        #expect(
            files.failure(library, "x")
                == .init(.noInput, "there is no profile 'x'; there are web-server"))
        #expect(
            files.failure(library, "a b")
                == .init(.noInput, "'a b' is neither the name of a profile nor a path"))
        #expect(files.failure(library, "/no/such.toml")?.kind == .noInput)
        #expect(
            files.failure(ProfileLibrary(directories: ["/no"]), "x")?.description
                == "there is no profile 'x'; no profile is installed in /no; give the path of a file"
        )
    }

    @Test func `puts a profile together from those it extends`() throws {
        let files = try ProfileFiles()
        try files.write(
            "base.toml",
            """
            [profile]
            name = "base"
            summary = "s"
            suits = ["ports-slow"]
            requires = ["kernel >= 4.19"]
            [[setting]]
            key = "net.core.somaxconn"
            value = 1
            why = "base"
            [[setting]]
            key = "net.ipv4.tcp_sack"
            value = 1
            why = "base"
            """)
        try files.write(
            "top.toml",
            """
            [profile]
            name = "top"
            summary = "s"
            extends = ["base", "./base.toml"]
            requires = ["kernel >= 4.19", "net.ipv4.tcp_timestamps != 0"]
            [[setting]]
            key = "net.ipv4.tcp_dsack"
            value = 1
            why = "top"
            [[setting]]
            key = "net.core.somaxconn"
            at_least = 2
            why = "top"
            """)
        let library = ProfileLibrary(directories: [files.path])
        let profile = try library.load(named: "top")
        #expect(
            profile.settings.map(\.key) == [
                "net.core.somaxconn", "net.ipv4.tcp_sack", "net.ipv4.tcp_dsack",
            ])
        #expect(profile.settings.map(\.why) == ["top", "base", "top"])
        #expect(profile.settings[1].place == files.path + "/base.toml:11")
        #expect(profile.suits.isEmpty)
        #expect(
            profile.requires.map(\.description) == [
                "kernel >= 4.19", "net.ipv4.tcp_timestamps != 0",
            ])
        let before = profile.digest
        try files.write("base.toml", ProfileFiles.text("base", somaxconn: 7))
        #expect(try library.load(named: "top").digest != before)
    }

    @Test func `tells circles, gaps and mistakes below by their place`() throws {
        let files = try ProfileFiles()
        func text(_ name: String, extends: String) -> String {
            "[profile]\nname = \"\(name)\"\nsummary = \"s\"\nextends = \"\(extends)\"\n"
        }
        try files.write("a.toml", text("a", extends: "b"))
        try files.write("b.toml", text("b", extends: "c"))
        try files.write("c.toml", text("c", extends: "a"))
        try files.write("self.toml", text("self", extends: "self"))
        try files.write("gap.toml", text("gap", extends: "bb"))
        try files.write("gap2.toml", text("gap2", extends: "./no.toml"))
        try files.write("bad.toml", "x = 1\n[profile]\nname = \"bad\"\nsummary = \"s\"")
        try files.write("onbad.toml", text("onbad", extends: "bad"))
        for index in 0..<12 {
            try files.write("d\(index).toml", text("d\(index)", extends: "d\(index + 1)"))
        }
        let library = ProfileLibrary(directories: [files.path])
        let said = [
            ("a", "c.toml:4:11: 'extends' forms a loop: a.toml → b.toml → c.toml → a.toml"),
            ("self", "self.toml:4:11: 'extends' forms a loop: self.toml → self.toml"),
            ("gap", "gap.toml:4:11: there is no profile 'bb'; did you mean b?"),
            (
                "gap2",
                "gap2.toml:4:11: 'extends' names a profile that tcptune cannot read: cannot open \(files.path)/no.toml: No such file or directory"
            ),
            (
                "onbad",
                "bad.toml:1:1: unknown key 'x' in the profile; there are profile, setting (and 1 more); all problems: tcptune profile lint \(files.path)/bad.toml"
            ),
            (
                "d0",
                "d7.toml:4:11: 'extends' exceeds the limit: 8 profiles in a row, 32 files in all"
            ),
        ]
        for (name, words) in said {
            let failure = files.failure(library, name)
            #expect(failure?.kind == .badData)
            #expect(failure?.description == "\(files.path)/\(words)")
        }
    }

    @Test func `takes no link, no directory, no pipe`() throws {
        let files = try ProfileFiles()
        try files.write("real.toml", ProfileFiles.text("real", somaxconn: 1))
        unsafe _ = symlink("real.toml", files.path + "/link.toml")
        unsafe _ = mkdir(files.path + "/folder.toml", 0o755)
        unsafe _ = mkfifo(files.path + "/pipe.toml", 0o644)
        let library = ProfileLibrary(directories: [files.path])
        for (name, words) in [
            ("link", "is a symbolic link"), ("folder", "is not a regular file"),
            ("pipe", "is not a regular file"), ("/dev/null", "is not a regular file"),
        ] {
            let path = name.hasPrefix("/") ? name : "\(files.path)/\(name).toml"
            #expect(
                files.failure(library, name) == .init(.unsafeConfiguration, "\(path) \(words)"))
        }
    }

    @Test(.enabled(if: geteuid() == 0, "needs root: nobody else is asked for trust"))
    func `takes from root only what root alone can have written`() throws {
        let files = try ProfileFiles()
        let path = files.path + "/x.toml"
        try files.write("x.toml", ProfileFiles.text("x", somaxconn: 1))
        let library = ProfileLibrary(directories: [files.path])
        #expect(files.failure(library, "x") == nil)
        for mode in [0o664, 0o646, 0o666] as [mode_t] {
            unsafe _ = chmod(path, mode)
            #expect(
                files.failure(library, "x")
                    == .init(
                        .unsafeConfiguration,
                        "users other than its owner may write \(path): chmod go-w \(path)"))
        }
        unsafe _ = chmod(path, 0o644)
        unsafe _ = chown(path, 12345, 0)
        #expect(
            files.failure(library, "x")
                == .init(
                    .unsafeConfiguration,
                    "\(path) belongs to user 12345; only root or you may own it: chown root \(path)"
                ))
        unsafe _ = chown(path, 0, 0)
        unsafe _ = chmod(files.path, 0o777)
        #expect(files.failure(library, "x")?.kind == .unsafeConfiguration)
        try files.write("below/y.toml", ProfileFiles.text("y", somaxconn: 1))
        #expect(files.failure(library, files.path + "/below/y.toml")?.kind == .unsafeConfiguration)
        unsafe _ = chmod(files.path, 0o1777)
        #expect(files.failure(library, "x") == nil)
    }
}

/// A directory of profiles that goes with its owner.
struct ProfileFiles: ~Copyable {
    let path: String

    init() throws {
        path = "/tmp/tcptune-profiles-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ text: String) throws {
        let file = URL(filePath: path + "/" + name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    static func text(_ name: String, somaxconn: Int) -> String {
        """
        [profile]
        name = "\(name)"
        summary = "s"
        [[setting]]
        key = "net.core.somaxconn"
        value = \(somaxconn)
        why = "w"
        """
    }

    func failure(_ library: ProfileLibrary, _ name: String) -> Refusal? {
        do throws(Refusal) {
            _ = try library.load(named: name)
            return nil
        } catch {
            return error
        }
    }
}
