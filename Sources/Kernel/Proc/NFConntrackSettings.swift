/// `/proc/sys/net/netfilter/nf_conntrack_{count,max,buckets}`, in the group `nf_conntrack` by the end of their names.
///
/// `/proc/sys/net` shows the namespace of the reading thread. `max` and `buckets` are the whole host's; the kernel compares
/// `max` with each namespace's own `count`. https://docs.kernel.org/networking/nf_conntrack-sysctl.html
package enum NFConntrackSettings {
    static let names = ["count", "max", "buckets"]

    package static func path(_ name: String) -> String {
        "/proc/sys/net/netfilter/nf_conntrack_\(name)"
    }
}
