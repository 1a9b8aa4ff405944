import Model
import Testing
import Tuning

/// Each mistake of an author: named where it stands, with the right word.
@Suite struct `A mistake in a profile` {
    static let head = """
        [profile]
        name = "x"
        summary = "s"

        """

    /// The text behind a head of three lines and an empty one; what is said of it, without the path.
    static let settings: [(text: String, said: [String])] = [
        (
            "[[setting]]\nkye = \"net.core.somaxconn\"\nvalue = 1\nwhy = \"w\"",
            [
                "4:1: missing key 'key' in [[setting]]: the sysctl, such as net.core.somaxconn",
                "5:1: unknown key 'kye' in [[setting]]; did you mean key?",
            ]
        ),
        (
            "[[setting]]\nkey = \"net.core.somaxcon\"\nvalue = 1\nwhy = \"w\"",
            ["5:7: unknown sysctl net.core.somaxcon; did you mean net.core.somaxconn?"]
        ),
        (
            "[[setting]]\nkey = \"tcp_fin_timeout\"\nvalue = 30\nwhy = \"w\"",
            ["5:7: unknown sysctl tcp_fin_timeout; did you mean net.ipv4.tcp_fin_timeout?"]
        ),
        (
            "[[setting]]\nkey = \"vm.swappiness\"\nvalue = 1\nwhy = \"w\"",
            [
                "5:7: it is a setting of memory management, not of TCP: leave it to a sysctl.d file"
            ]
        ),
        (
            "[[setting]]\nkey = \"net.ipv4.tcp_tw_reuse\"\nwhy = \"w\"",
            [
                "4:1: missing key 'value' in [[setting]]: the wanted value, or one of exact, at_least, at_most"
            ]
        ),
        (
            "[[setting]]\nkey = \"net.core.somaxconn\"\nat_least = 1\nvalue = 2\nwhy = \"w\"",
            ["7:1: one setting has two wanted values: value, at_least; keep one"]
        ),
        (
            "[[setting]]\nkey = \"net.core.somaxconn\"\nvalue = 1",
            [
                "4:1: missing key 'why' in [[setting]]: tell the reader of the plan what it is good for"
            ]
        ),
        (
            "[[setting]]\nkey = \"net.core.somaxconn\"\nvalue = 1\nwhy = 7\nrisk = \"  \"",
            [
                "7:7: 'why' must be a string in quotes, not an integer", "8:8: 'risk' is empty",
            ]
        ),
        (
            "[[setting]]\nkey = \"net.ipv4.tcp_rmem\"\nvalue = [4096, 131072]\nwhy = \"w\"",
            [
                "6:9: net.ipv4.tcp_rmem accepts 3 numbers, not 2: the kernel would store a part of it without an error"
            ]
        ),
        (
            "[[setting]]\nkey = \"net.core.somaxconn\"\nvalue = \"1 2\"\nwhy = \"w\"",
            ["6:9: net.core.somaxconn accepts one number, not 2"]
        ),
        (
            "[[setting]]\nkey = \"net.core.somaxconn\"\nvalue = \"\"\nwhy = \"w\"",
            ["6:9: net.core.somaxconn accepts one number, not 0"]
        ),
        (
            "[[setting]]\nkey = \"net.ipv4.tcp_tw_reuse\"\nvalue = 3\nwhy = \"w\"",
            ["6:9: net.ipv4.tcp_tw_reuse accepts 0 to 2, not 3"]
        ),
        (
            "[[setting]]\nkey = \"net.core.somaxconn\"\nvalue = -1\nwhy = \"w\"",
            ["6:9: net.core.somaxconn accepts 0 to 2147483647, not -1"]
        ),
        (
            "[[setting]]\nkey = \"net.core.somaxconn\"\nvalue = 010\nwhy = \"w\"",
            [
                "6:9: '010' has a leading zero, which the kernel reads as octal 8: write 10"
            ]
        ),
        (
            "[[setting]]\nkey = \"net.core.somaxconn\"\nvalue = \"010\"\nwhy = \"w\"",
            ["6:9: '010' has a leading zero, which the kernel reads as octal 8: write 10"]
        ),
        (
            "[[setting]]\nkey = \"net.core.somaxconn\"\nvalue = \"0x10\"\nwhy = \"w\"",
            ["6:9: '0x10' is hexadecimal: write 16"]
        ),
        (
            "[[setting]]\nkey = \"net.core.somaxconn\"\nvalue = \"many\"\nwhy = \"w\"",
            ["6:9: 'many' is not a number; net.core.somaxconn accepts one number"]
        ),
        (
            "[[setting]]\nkey = \"net.core.somaxconn\"\nvalue = \"99999999999999999999\"\nwhy = \"w\"",
            ["6:9: 99999999999999999999 is larger than any number in the kernel"]
        ),
        (
            "[[setting]]\nkey = \"net.ipv4.tcp_sack\"\nvalue = true\nwhy = \"w\"",
            ["6:9: net.ipv4.tcp_sack accepts a number: value = 1"]
        ),
        (
            "[[setting]]\nkey = \"net.core.somaxconn\"\nvalue = 4096.0\nwhy = \"w\"",
            [
                "6:9: 'value' must be an integer, a string or an array of integers, not a number with a fraction"
            ]
        ),
        (
            "[[setting]]\nkey = \"net.ipv4.tcp_rmem\"\nvalue = [4096, \"131072\", 1]\nwhy = \"w\"",
            ["6:9: 'value' must be an array of integers: value = [4096, 131072]"]
        ),
        (
            "[[setting]]\nkey = \"net.ipv4.tcp_wmem\"\nvalue = [4096, 131072, 65536]\nwhy = \"w\"",
            [
                "6:9: net.ipv4.tcp_wmem is minimum, default and maximum, in ascending order; the kernel does not check the order"
            ]
        ),
        (
            "[[setting]]\nkey = \"net.ipv4.tcp_mem\"\nvalue = \"3 2 1\"\nwhy = \"w\"",
            [
                "6:9: net.ipv4.tcp_mem is minimum, pressure and maximum, in ascending order; the kernel does not check the order"
            ]
        ),
        (
            "[[setting]]\nkey = \"net.ipv4.ip_local_port_range\"\nvalue = [60999, 32768]\nwhy = \"w\"",
            [
                "6:9: the low end of net.ipv4.ip_local_port_range, 60999, is above the high end, 32768"
            ]
        ),
        (
            "[[setting]]\nkey = \"net.ipv4.ip_local_port_range\"\nat_least = [1, 2]\nwhy = \"w\"",
            [
                "6:12: net.ipv4.ip_local_port_range has a low and a high end: 'at_least' would raise both; use value"
            ]
        ),
        (
            "[[setting]]\nkey = \"net.ipv4.ip_local_reserved_ports\"\nvalue = \"80,b\"\nwhy = \"w\"",
            [
                "6:9: '80,b' is not a value of net.ipv4.ip_local_reserved_ports, which accepts ports and ranges of ports, such as 8080,9000-9010"
            ]
        ),
        (
            "[[setting]]\nkey = \"net.ipv4.ip_local_reserved_ports\"\nat_most = \"80\"\nwhy = \"w\"",
            [
                "6:11: net.ipv4.ip_local_reserved_ports is a list of ports: at_least adds ports to it, value replaces it"
            ]
        ),
        (
            "[[setting]]\nkey = \"net.ipv4.tcp_congestion_control\"\nat_least = \"bbr\"\nwhy = \"w\"",
            [
                "6:12: net.ipv4.tcp_congestion_control is a word, which cannot be more or less: use value"
            ]
        ),
        (
            "[[setting]]\nkey = \"net.core.somaxconn\"\nvalue = \"{listeners}\"\nwhy = \"w\"",
            ["6:9: {listeners} is a list of ports; net.core.somaxconn does not accept one"]
        ),
        (
            "[[setting]]\nkey = \"net.ipv4.tcp_rmem\"\nvalue = \"{memory / 4096}\"\nwhy = \"w\"",
            ["6:9: {memory / 4096} is one number; net.ipv4.tcp_rmem accepts 3 numbers"]
        ),
        (
            "[[setting]]\nkey = \"net.core.somaxconn\"\nvalue = \"{memroy / 4096}\"\nwhy = \"w\"",
            ["6:9: unknown host quantity 'memroy'; did you mean memory?"]
        ),
        (
            "[[setting]]\nkey = \"net.core.somaxconn\"\nvalue = \"{memory / 0}\"\nwhy = \"w\"",
            ["6:9: '0' in '{memory / 0}' is not a whole number of 1 or more"]
        ),
        (
            "[[setting]]\nkey = \"net.core.somaxconn\"\nvalue = \"{memory * 4096}\"\nwhy = \"w\"",
            [
                "6:9: '{memory * 4096}' is not a computed value; the forms are {listeners}, {memory / BYTES}, {processors * NUMBER}"
            ]
        ),
        (
            "[[setting]]\nkey = \"net.ipv4.tcp_fack\"\nvalue = 300\nwhy = \"w\"\nproof = \"port-reus\"",
            [
                "6:9: net.ipv4.tcp_fack accepts 0 to 255, not 300",
                "8:9: there is no experiment 'port-reus'; did you mean port-reuse?",
            ]
        ),
        (
            "[[setting]]\nkey = \"net.ipv4.ip_forward\"\nvalue = 1\nwhy = \"w\"",
            [
                "5:7: net.ipv4.ip_forward resets other settings of every interface when it is written, which no rollback can revert: set it in a sysctl.d file"
            ]
        ),
        (
            "[[setting]]\nkey = \"net/ipv6/conf/eth0.100/forwarding\"\nvalue = 1\nwhy = \"w\"",
            [
                "5:7: net.ipv6.conf.eth0/100.forwarding resets other settings of every interface when it is written, which no rollback can revert: set it in a sysctl.d file"
            ]
        ),
        (
            "[[setting]]\nkey = \"net.ipv6.conf.all.disable_ipv6\"\nvalue = 1\nwhy = \"w\"",
            [
                "5:7: net.ipv6.conf.all.disable_ipv6 removes every IPv6 address when it is written, which no rollback can revert: set it in a sysctl.d file"
            ]
        ),
        (
            "[[setting]]\nkey = \"net.ipv4.tcp_fastopen_key\"\nvalue = \"a\"\nwhy = \"w\"",
            [
                "5:7: net.ipv4.tcp_fastopen_key is a secret: tcptune never reads it, and so could not revert it"
            ]
        ),
        (
            "[[setting]]\nkey = \"net.ipv4.route.flush\"\nvalue = 1\nwhy = \"w\"",
            ["5:7: net.ipv4.route.flush is a command, not a value: no rollback can revert it"]
        ),
        (
            "[[setting]]\nkey = \"net.nf_conntrack_max\"\nvalue = 1\nwhy = \"w\"",
            [
                "5:7: net.nf_conntrack_max is an old name; write net.netfilter.nf_conntrack_max"
            ]
        ),
        (
            "[[setting]]\nkey = \"net.netfilter.nf_conntrack_count\"\nvalue = 1\nwhy = \"w\"",
            [
                "5:7: net.netfilter.nf_conntrack_count is read-only: The current number of tracked connections in this namespace; 0 if no rule asks for tracking."
            ]
        ),
        (
            "[[setting]]\nkey = \"../kernel/panic\"\nvalue = 1\nwhy = \"w\"",
            ["5:7: '../kernel/panic' is not the name of a sysctl, such as net.ipv4.tcp_fin_timeout"]
        ),
        (
            "[[setting]]\nkey = \"net.core.somaxconn\"\nvalue = 1\nwhy = \"w\"\n"
                + "[[setting]]\nkey = \"net/core/somaxconn\"\nvalue = 2\nwhy = \"w\"",
            ["9:7: net.core.somaxconn is set twice; line 5 also sets it: keep one"]
        ),
        (
            "[setting]\nkey = \"net.core.somaxconn\"\nvalue = 1\nwhy = \"w\"",
            [
                "4:1: settings must be an array of tables, not a table: each begins with a line [[setting]], with two brackets"
            ]
        ),
        ("", ["1:1: there is no [[setting]]: a profile needs at least one"]),
        (
            "[[setting]]\nkey = \"net.core.somaxconn\"\nvalue = 1\nwhy = \"a\\u0007b\"",
            ["7:7: 'why' contains a control character"]
        ),
    ]

    @Test(arguments: settings)
    func `of a setting is told at its place`(text: String, said: [String]) throws {
        #expect(Self.problems(Self.head + text) == said)
    }

    /// Whole files.
    static let files: [(text: String, said: [String])] = [
        (
            "",
            [
                "1:1: the table [profile] is missing; it begins with a line [profile]",
                "1:1: there is no [[setting]]: a profile needs at least one",
            ]
        ),
        (
            "profile = 1\nsetting = 2",
            [
                "1:1: 'profile' must be a table, not an integer: [profile]",
                "2:1: settings must be an array of tables, not an integer: each begins with a line [[setting]], with two brackets",
            ]
        ),
        (
            "profile = {}\nsetting = [1, {}]\nother = 3",
            [
                "1:1: missing key 'name' in [profile]: the word that apply takes",
                "1:1: missing key 'summary' in [profile]: what it is for, in one line",
                "2:12: each setting must be a table, not an integer: [[setting]]",
                "2:15: missing key 'key' in [[setting]]: the sysctl, such as net.core.somaxconn",
                "2:15: missing key 'why' in [[setting]]: tell the reader of the plan what it is good for",
                "2:15: missing key 'value' in [[setting]]: the wanted value, or one of exact, at_least, at_most",
                "3:1: unknown key 'other' in the profile; there are profile, setting",
            ]
        ),
        (
            "[profile]\nname = \"a b\"\nsumary = \"s\"\nsuits = \"ports-slow\"\nrequires = [3]\nextends = []\n[[settings]]",
            [
                "1:1: missing key 'summary' in [profile]: what it is for, in one line",
                "1:1: there is no [[setting]]: a profile needs at least one",
                "2:8: 'a b' is not a profile name: use letters, digits, '-' and '_', 64 at most",
                "3:1: unknown key 'sumary' in [profile]; did you mean summary?",
                "4:9: 'suits' must be an array of strings, not a string: suits = [\"…\"]",
                "5:13: 'requires' must be an array of strings; this is an integer",
                "7:1: unknown key 'settings' in the profile; did you mean setting?",
            ]
        ),
        (
            "[profile]\nname = \"x\"\nsummary = \"s\"\nextends = \"y\"\nsuits = [\n  \"ports-slow\",\n  \"port-slow\",\n  \"x\"]\nrequires = [\"kernel > 4.19\", \"kernel >= new\", \"net.ipv4.tcp_timestamp != 0\",\n  \"net.ipv4.tcp_rmem > 1\", \"a\", \"net.core.somaxconn =< 1\", \"net.ipv4.tcp_tw_reuse == 3\"]",
            [
                "7:3: there is no finding 'port-slow'; did you mean ports-slow?",
                "8:3: there is no finding 'x'; tcptune-findings(7) lists the findings",
                "9:13: a profile can only require 'kernel >= RELEASE' of the kernel",
                "9:30: 'new' is not a release, such as 4.19",
                "9:47: unknown sysctl net.ipv4.tcp_timestamp; did you mean net.ipv4.tcp_timestamps?",
                "10:3: net.ipv4.tcp_rmem is not one number; only one number can be compared",
                "10:28: 'a' is not a requirement: write \"kernel >= 4.19\" or \"net.ipv4.tcp_timestamps != 0\", with blanks between",
                "10:33: '=<' is not a comparison; there are == != >= <= > <",
                "10:60: net.ipv4.tcp_tw_reuse accepts 0 to 2, not 3",
            ]
        ),
        ("[profile\nname = 1", ["1:9: this is not TOML: ']' is missing here"]),
        (
            "[profile]\nname = \"x\"\nname = \"y\"",
            ["3:1: the key 'name' appears twice"]
        ),
        ("[[*]]", ["1:3: this is not TOML: a key is missing here"]),
        ("a = \"b\n", ["1:5: this is not TOML: the quote that ends this string is missing here"]),
        ("a b", ["1:3: this is not TOML: '=' is missing here"]),
        ("a = [1 2]\nb = {c = 1", ["2:11: this is not TOML: ',' or '}' is missing here"]),
        ("a\u{0}b", ["1:2: a control character (U+0000) is not allowed here"]),
        ("a = 1\r\rb = 2", ["1:6: a control character (U+000D) is not allowed here"]),
        ("ä = \"\u{1b}\"", ["1:6: a control character (U+001B) is not allowed here"]),
        ("a = \"\\u0000\"", ["1:6: a zero character is not allowed here"]),
        (
            "a = " + String(repeating: "[", count: 40),
            ["1:36: tables and arrays are nested deeper than 32"]
        ),
        (
            String(repeating: "a.", count: 40) + "b = 1",
            ["1:65: tables and arrays are nested deeper than 32"]
        ),
        (
            "a = [" + String(repeating: "1,", count: 30_000) + "]",
            ["1:40004: the file has more than 20000 keys and values"]
        ),
    ]

    @Test(arguments: files)
    func `of a file is told at its place`(text: String, said: [String]) throws {
        #expect(Self.problems(text) == said)
    }

    @Test(
        arguments: [
            (
                [0xFF, 0xFE, 0x5B, 0x00],
                "1:1: this is not UTF-8: it looks like UTF-16; convert the file with iconv(1)"
            ),
            (
                Array("# caf".utf8) + [0xE9, 0x0A],
                "1:6: this is not UTF-8; convert the file with iconv(1)"
            ),
            (Array("a\nb".utf8) + [0xC3], "2:2: this is not UTF-8; convert the file with iconv(1)"),
        ] as [([UInt8], String)])
    func `of encoding is told`(bytes: [UInt8], said: String) {
        #expect(Self.problems(bytes) == [said])
    }

    @Test func `of length is told`() {
        let bytes = [UInt8](repeating: 0x20, count: (1 << 20) + 1)
        #expect(Self.problems(bytes) == ["1:1: 1048577 bytes are too many; the limit is 1 MiB"])
    }

    @Test func `that stands in every line is told fifty times and no more`() {
        let text = String(repeating: "[[setting]]\nkey = \"net.core.x\"\n", count: 9000)
        #expect(Self.problems(Self.head + text).count == 50)
    }

    static func problems(_ text: String) -> [String] { problems(Array(text.utf8)) }

    static func problems(_ bytes: [UInt8]) -> [String] {
        do throws(TextError) {
            _ = try ProfileReader.read(bytes: bytes, path: "f")
            return []
        } catch {
            return error.problems.map {
                #expect($0.level == .error && $0.path == "f")
                return "\($0.place.line):\($0.place.column): \($0.message)"
            }
        }
    }
}
