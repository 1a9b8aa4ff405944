/// Which boot of the machine this is: `/proc/sys/kernel/random/boot_id`.
package enum BootIdentity {
    package static func read() throws(KernelError) -> String {
        String(try Root.host.text("/proc/sys/kernel/random/boot_id").prefix { $0 != "\n" })
    }
}
