/// What the path of a control group tells: a systemd unit, a container, or both.
///
/// `/system.slice/nginx.service` is `nginx.service`; `/system.slice/docker-3f2a….scope` is `docker 3f2a9b8c7d6e`; a
/// unit within a container is `lxc web/nginx.service`. Escapes of systemd (`\x2d`) stay, as systemctl shows them.
enum ControlGroupPath {
    static func unit(_ path: String) -> String? {
        guard path != "/" else { return nil }
        let components = path.utf8.split(separator: 0x2F).map { Substring($0) }
        var container: (name: String, index: Int)?
        for index in components.indices {
            guard let name = ContainerName.name(components[index], in: components[..<index]) else {
                continue
            }
            container = (name, index)
        }
        let inside = container.map { components[($0.index + 1)...] } ?? components[...]
        let unit =
            inside.last { $0.hasSuffix(".service") }
            ?? inside.last { $0.hasSuffix(".scope") }
            ?? inside.last { $0.hasSuffix(".slice") }
        guard let container else { return unit.map(String.init) }
        guard let unit, !unit.hasSuffix(".slice") else { return container.name }
        return container.name + "/" + unit
    }
}
