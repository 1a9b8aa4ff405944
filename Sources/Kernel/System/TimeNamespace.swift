/// The time namespace that this process lives in (time_namespaces(7), since Linux 5.6): in one, the clocks since boot are set
/// apart from the machine's.
package enum TimeNamespace {
    /// By how many nanoseconds its CLOCK_BOOTTIME is ahead of the machine's; nil where that cannot be told.
    package static let bootOffset: Int64? = offset(root: .host)

    static func offset(root: Root) -> Int64? {
        let own: String
        do throws(KernelError) { own = try root.target(of: "/proc/self/ns/time") } catch {
            // A kernel that has none.
            return error.isAbsent ? 0 : nil
        }
        // The file is of the namespace that children are born into (kernel/time/namespace.c:proc_timens_show_offsets); before Linux
        // 6.1 exec() did not move the caller there.
        guard let children = try? root.target(of: "/proc/self/ns/time_for_children"),
            children == own, let text = try? root.text("/proc/self/timens_offsets")
        else { return nil }
        return bootOffset(in: text)
    }

    /// What `/proc/self/timens_offsets` says of CLOCK_BOOTTIME: its name, seconds, nanoseconds.
    static func bootOffset(in text: String) -> Int64? {
        for line in text.split(separator: "\n") {
            let words = line.split { $0 == " " || $0 == "\t" }
            guard words.count == 3, words[0] == "boottime" else { continue }
            guard let seconds = Int64(words[1]), let rest = Int64(words[2]) else { return nil }
            let (product, isTooMuch) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
            let (sum, isTooLarge) = product.addingReportingOverflow(rest)
            return isTooMuch || isTooLarge ? nil : sum
        }
        return nil
    }
}
