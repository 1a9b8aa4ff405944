import Catalogue
import Testing

@Suite struct `Port ranges` {
    @Test(arguments: [
        ("", ""), ("8080", "8080"), ("8080,8081", "8080-8081"),
        ("9000-9010,80,9005-9020", "80,9000-9020"), ("80,", "80"),
        ("0,65535", "0,65535"), ("1-3,5-7", "1-3,5-7"),
    ])
    func `read and write as the kernel does`(text: String, canonical: String) {
        #expect(PortRanges(text)?.description == canonical)
    }

    @Test(arguments: ["b", "2-1", "80 81", "65536", "1-2-3", "-1", "1-", ",,", "+1"])
    func `refuse what the kernel refuses`(text: String) {
        #expect(PortRanges(text) == nil)
    }
}
