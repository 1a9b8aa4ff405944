package import Model

/// The machine, as every document names it.
package struct HostJSON: Encodable, Sendable {
    let name: String
    let kernel: String
    let machine: String
    let processors: Int?
    let bootID: String?

    package init(_ host: Host) {
        name = host.name
        kernel = host.kernel
        machine = host.machine
        processors = host.processors
        bootID = host.bootID
    }

    enum CodingKeys: String, CodingKey {
        case name, kernel, machine, processors
        case bootID = "boot_id"
    }
}
