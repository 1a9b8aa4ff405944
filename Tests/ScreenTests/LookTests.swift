import Testing

@testable import Screen

@Suite struct `The look of a terminal` {
    private func look(_ environment: [String: String]) -> Look {
        Look { environment[$0] }
    }

    @Test func `has colour unless NO_COLOR is set to something`() {
        #expect(look(["TERM": "xterm"]).isColoured)
        #expect(look(["TERM": "xterm", "NO_COLOR": ""]).isColoured)
        #expect(!look(["TERM": "xterm", "NO_COLOR": "1"]).isColoured)
        #expect(!look(["TERM": "dumb"]).isColoured)
    }

    @Test func `has all of Unicode where the locale says so`() {
        #expect(look(["LANG": "de_DE.UTF-8"]).isUnicode)
        #expect(look(["LC_CTYPE": "C.utf8", "LANG": "C"]).isUnicode)
        #expect(!look(["LC_ALL": "C", "LANG": "C.UTF-8"]).isUnicode)
        #expect(look(["LC_ALL": "", "LANG": "C.UTF-8"]).isUnicode, "empty is not set")
        #expect(!look(["LANG": "de_DE.ISO-8859-1"]).isUnicode)
        #expect(!look([:]).isUnicode)
        #expect(!look(["LANG": "C.UTF-8", "TERM": "linux"]).isUnicode)
    }
}
