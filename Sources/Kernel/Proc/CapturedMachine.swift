/// What the files of a captured tree tell of the processor they were written on.
///
/// Source: `/proc/sys/kernel/arch`, there since Linux 6.1, and the end of the release, where a distribution names it.
struct CapturedMachine {
    /// `uname -m`; nil where no file tells it.
    let name: String?
    private let release: String

    /// Those that store the highest byte first; mips, arm and others may, and say so by `eb` or `_be`.
    private static let bigEndian: Set<String> = [
        "s390", "s390x", "ppc", "ppc64", "powerpc", "powerpc64", "sparc", "sparc64", "parisc",
        "parisc64", "m68k", "mips", "mips64", "armeb", "armv7b", "armv8b", "aarch64_be", "openrisc",
    ]
    /// Those whose pages have one size only: 4 KiB (`arch/x86/include/asm/page_types.h`, `arch/s390/include/asm/page.h`).
    private static let fourKiB: Set<String> = ["x86_64", "i386", "i586", "i686", "s390x", "s390"]

    init(root: Root) {
        func line(_ path: String) -> String? {
            (try? root.text(path, expecting: 256))?.split(separator: "\n").first.map(String.init)
        }
        release = line("/proc/sys/kernel/osrelease") ?? ""
        let named = release.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
        name =
            line("/proc/sys/kernel/arch")
            ?? named.last { Self.bigEndian.contains($0) || Self.isLittle($0) }
    }

    /// Whether numbers lie with the highest byte first; nil where the machine is not known.
    var isBigEndian: Bool? { name.map(Self.bigEndian.contains) }

    /// Bytes of a page; nil where the processor has pages of several sizes, and no name tells which.
    var pageSize: Int? {
        guard let name else { return nil }
        if Self.fourKiB.contains(name) { return 4096 }
        // Red Hat's and openSUSE's kernels with larger pages: `5.14.0-1.el9.aarch64+64k`, `6.4.0-1-64kb`.
        let words = release.split { !($0.isLetter || $0.isNumber) }
        let has64k = words.contains { ["64k", "64kb"].contains($0) }
        return name == "aarch64" && has64k ? 65536 : nil
    }

    private static func isLittle(_ name: String) -> Bool {
        fourKiB.contains(name)
            || [
                "aarch64", "amd64", "arm64", "armv7l", "ppc64le", "ppc64el", "powerpc64le",
                "riscv64",
            ]
            .contains(name)
    }
}
