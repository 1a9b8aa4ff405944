/// The container that one component of a control group's path stands for.
///
/// Each runtime spells it in its own way, by cgroup driver (systemd, cgroupfs): `docker-ID.scope` and `docker/ID`,
/// `cri-containerd-ID.scope`, `crio-ID.scope`, `libpod-ID.scope`, `lxc.payload.NAME`, `kubepods/…/podUID/ID`.
enum ContainerName {
    private static let prefixes: [(prefix: String, runtime: String)] = [
        ("docker-", "docker"), ("cri-containerd-", "containerd"),
        ("cri-containerd:", "containerd"), ("nerdctl-", "containerd"), ("crio-", "cri-o"),
        ("libpod-", "podman"),
    ]

    /// `docker 3f2a9b8c7d6e`, `lxc web`, `pod 0b1c…`; nil where the component is no container's.
    static func name(_ component: Substring, in parents: ArraySlice<Substring>) -> String? {
        if let name = linuxContainer(component, in: parents) { return "lxc " + name }
        let bare = component.hasSuffix(".scope") ? component.dropLast(6) : component
        if let id = identifier(bare.suffix(64)) {
            let before = bare.dropLast(64)
            // containerd's own form with the systemd driver: `kubepods-….slice:cri-containerd:ID`.
            let known = prefixes.first { before.hasSuffix($0.prefix) }?.runtime
            guard known != nil || before.isEmpty || before.hasSuffix("-") || before.hasSuffix(":")
            else { return nil }
            return "\(known ?? runtime(of: parents)) \(id)"
        }
        return pod(component).map { "pod " + $0 }
    }

    /// Twelve digits of an identifier of 64, as the runtimes' own tools show them.
    private static func identifier(_ text: Substring) -> Substring? {
        guard text.utf8.count == 64,
            text.utf8.allSatisfy({ 48...57 ~= $0 || 97...102 ~= $0 })
        else { return nil }
        return text.prefix(12)
    }

    private static func runtime(of parents: ArraySlice<Substring>) -> String {
        if parents.last == "docker" { return "docker" }
        if parents.last?.hasPrefix("libpod") == true { return "podman" }
        return parents.contains { $0.hasPrefix("kubepods") } ? "kubernetes" : "container"
    }

    private static func linuxContainer(
        _ component: Substring, in parents: ArraySlice<Substring>
    ) -> Substring? {
        for prefix in ["lxc.payload.", "lxc.monitor."]
        where component.hasPrefix(prefix) && component.count > prefix.count {
            return component.dropFirst(prefix.count)
        }
        return parents.last == "lxc" || parents.last == "lxc.payload" ? component : nil
    }

    /// The identifier of a Kubernetes pod: `podUID`, or `kubepods-burstable-podUID.slice` with `_` for `-`.
    private static func pod(_ component: Substring) -> String? {
        var text = component.hasSuffix(".slice") ? component.dropLast(6) : component
        if text.hasPrefix("kubepods") {
            guard let dash = text.lastIndex(of: "-") else { return nil }
            text = text[text.index(after: dash)...]
        }
        guard text.hasPrefix("pod") else { return nil }
        let uid = text.dropFirst(3).map { $0 == "_" ? "-" : $0 }
        guard uid.count == 36 || uid.count == 32,
            uid.allSatisfy({ $0 == "-" || $0.isHexDigit })
        else { return nil }
        return String(uid)
    }
}
