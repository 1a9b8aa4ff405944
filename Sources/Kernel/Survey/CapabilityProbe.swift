import Glibc
package import Model
import Text

/// Tries out what the commands need, and changes nothing.
package enum CapabilityProbe {
    /// - Parameter keys: the sysctls that an audit reads.
    package static func run(keys: [String]) -> [Capability] {
        [
            sockets(), destroyEvents(), counters(), settings(keys), processes(), namespaces(),
            userNamespaces(), conntrack(), controlGroups(), pressure(),
        ]
    }

    private static func sockets() -> Capability {
        let name = "sockets (sock_diag)"
        do throws(KernelError) {
            let census = try NamespaceSampler.open().census()
            return Capability(
                name, .available,
                detail:
                    "\(census.states.total.grouped) sockets in \(census.walkSeconds.duration)")
        } catch {
            return Capability(
                name, .limited, detail: "\(error)",
                remedy:
                    "load the modules tcp_diag and inet_diag; tcptune reads /proc/net/tcp instead, several times slower"
            )
        }
    }

    private static func destroyEvents() -> Capability {
        let name = "connections that end"
        do throws(KernelError) {
            _ = try DestroyEvents.open()
            return Capability(name, .available, detail: "for --interval")
        } catch {
            return Capability(name, .missing, detail: "\(error)")
        }
    }

    private static func counters() -> Capability {
        let (counters, unseen) = CounterFiles.read(root: .host)
        let count = counters.groups.values.reduce(0) { $0 + $1.count }
        return Capability(
            "counters of /proc/net", unseen.isEmpty ? .available : .limited,
            detail: unseen.first.map { "\(count.grouped) read; not \($0.what): \($0.why)" }
                ?? "\(count.grouped) in \(counters.groups.count) groups")
    }

    private static func settings(_ keys: [String]) -> Capability {
        let settings = SysctlSurvey.settings(keys: keys, root: .host).settings
        let read = settings.count { $0.value != nil }
        let unreadable = settings.count { $0.missing == .unreadable }
        let canWrite = unsafe access("/proc/sys/net/ipv4/tcp_fin_timeout", W_OK) == 0
        return Capability(
            "settings of /proc/sys", unreadable == 0 ? .available : .limited,
            detail:
                "\(read) read, \(settings.count - read - unreadable) not in this kernel or namespace"
                + (unreadable == 0 ? "" : ", \(unreadable) not readable")
                + (canWrite ? "; writable" : "; not writable"))
    }

    private static func processes() -> Capability {
        let name = "owners of sockets"
        do throws(KernelError) {
            let holders = try SocketHolders.read(root: .host)
            guard let unseen = holders.unseen.first else {
                return Capability(
                    name, .available,
                    detail:
                        "\(holders.count.counted("socket")) of \(holders.processes.count.counted("process", "processes"))"
                )
            }
            return Capability(
                name, .limited, detail: "not visible: \(unseen.what)", remedy: unseen.why)
        } catch {
            return Capability(name, .missing, detail: "\(error)")
        }
    }

    private static func namespaces() -> Capability {
        let (places, unseen) = NetworkNamespaces.list(root: .host)
        let denied = places.compactMap { place -> KernelError? in
            guard let path = place.path else { return nil }
            do throws(KernelError) {
                try NamespaceThread.run(inside: path) {}
                return nil
            } catch {
                return error
            }
        }
        let name = "network namespaces"
        let count = places.count.counted("namespace")
        guard let first = denied.first else {
            return Capability(
                name, unseen.isEmpty ? .available : .limited,
                detail: count + ", tcptune can enter all of them"
                    + (unseen.isEmpty ? "" : "; there may be more that it does not see"),
                remedy: unseen.first.map { "\($0.what): \($0.why)" } ?? "")
        }
        return Capability(
            name, .limited, detail: "\(count), tcptune cannot enter \(denied.count): \(first)",
            remedy: "run as root for --netns all")
    }

    private static func userNamespaces() -> Capability {
        let name = "private network namespaces"
        let root = Root.host
        let limit = (try? root.text("/proc/sys/user/max_user_namespaces")).flatMap {
            Int($0.prefix { $0.isNumber })
        }
        let debian = try? root.text("/proc/sys/kernel/unprivileged_userns_clone")
        let ubuntu = try? root.text("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")
        if geteuid() == 0 { return Capability(name, .available, detail: "this is root") }
        if limit == 0 {
            return Capability(
                name, .missing, detail: "user.max_user_namespaces is 0",
                remedy: "run as root, or sysctl -w user.max_user_namespaces=10000")
        }
        if debian?.first == "0" {
            return Capability(
                name, .missing, detail: "kernel.unprivileged_userns_clone is 0",
                remedy: "run as root, or sysctl -w kernel.unprivileged_userns_clone=1")
        }
        if ubuntu?.first == "1" {
            return Capability(
                name, .limited, detail: "AppArmor restricts unprivileged user namespaces",
                remedy: "run as root, or give the program a profile that allows userns")
        }
        return Capability(name, .available, detail: "through user namespaces, without root")
    }

    private static func conntrack() -> Capability {
        let root = Root.host
        guard let count = try? root.text("/proc/sys/net/netfilter/nf_conntrack_count") else {
            return Capability(
                "connection tracking", .limited,
                detail: "not loaded, or not visible in this namespace")
        }
        let number = Int(count.prefix { $0.isNumber }) ?? 0
        return Capability(
            "connection tracking", .available, detail: "\(number.grouped) entries in this namespace"
        )
    }

    private static func controlGroups() -> Capability {
        let name = "units and containers of sockets"
        return Root.host.exists("/sys/fs/cgroup/cgroup.controllers")
            || Root.host.exists("/sys/fs/cgroup/unified/cgroup.controllers")
            ? Capability(name, .available, detail: "control groups of version 2")
            : Capability(
                name, .limited, detail: "no control groups of version 2: only the process shows it")
    }

    private static func pressure() -> Capability {
        let name = "pressure (PSI)"
        return Root.host.exists("/proc/pressure/memory")
            ? Capability(name, .available, detail: "/proc/pressure")
            : Capability(
                name, .limited, detail: "not in this kernel", remedy: "boot with psi=1 to enable it"
            )
    }
}
