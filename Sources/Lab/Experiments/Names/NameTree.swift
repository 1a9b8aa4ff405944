import Kernel
import Model
import Resolver
import Testbed

/// A host, its name server, the root, two top-level zones and what lies below, each at an address of its own.
///
/// The name server is the host's gateway, as at home; whoever asks goes through it.
struct NameTree: Sendable {
    let network: RoutedNetwork
    let traffic: NameTraffic
    private let services: [NameService]

    static let host = PrivateNetwork.address(.client, 0)
    static let nameServer = RoutedNetwork.gateway(.client)
    static let root = PrivateNetwork.address(.server, 0)
    static let topLevel = PrivateNetwork.address(.server, 1)
    static let authority = PrivateNetwork.address(.server, 2)
    static let other = PrivateNetwork.address(.server, 3)

    /// Who is at an address, from left to right.
    static let actors: [(name: String, addresses: [IPAddress])] = [
        ("host", [host]),
        ("name server", [nameServer, RoutedNetwork.gateway(.server)]),
        ("root", [root]), ("top level", [topLevel]), ("authority", [authority]),
        ("other authority", [other]),
    ]

    /// The servers, and what they know: names of RFC 6761, which no public server has.
    ///
    /// The server of `far.test` has a name under another top level, so that nobody above can give its address with it.
    private static func zones(life: UInt32) -> [IPAddress: [NameZone]] {
        func delegation(
            _ zone: String, _ server: String, _ glue: IPAddress?
        ) -> NameZone.Delegation {
            NameZone.Delegation(zone: DNSName(zone), server: DNSName(server), glue: glue)
        }
        return [
            root: [
                NameZone(
                    ".",
                    below: [
                        delegation("test", "ns.test", topLevel),
                        delegation("example", "ns.example", topLevel),
                    ])
            ],
            topLevel: [
                NameZone(
                    "test",
                    below: [
                        delegation("shop.test", "ns.shop.test", authority),
                        delegation("far.test", "ns.hosting.example", nil),
                    ]),
                NameZone(
                    "example",
                    below: [delegation("hosting.example", "ns.hosting.example", authority)]),
            ],
            authority: [
                NameZone(
                    "shop.test", life: life,
                    addresses: ["www.shop.test": found(80), "mail.shop.test": found(25)]),
                NameZone("hosting.example", addresses: ["ns.hosting.example": other]),
            ],
            other: [NameZone("far.test", life: life, addresses: ["www.far.test": found(81)])],
        ]
    }

    /// Addresses to be found: of a net for documentation (RFC 5737).
    private static func found(_ number: UInt32) -> IPAddress { IPAddress(v4: 0xC000_0200 + number) }

    /// Starts all of them.
    ///
    /// - Parameter life: seconds for which addresses that were looked up may be kept.
    static func make(life: UInt32) throws(KernelError) -> NameTree {
        let network = try RoutedNetwork.make(serverAddresses: 4)
        let traffic = NameTraffic()
        let known = zones(life: life)
        var services = try network.run(in: .server) { () throws(KernelError) in
            var services: [NameService] = []
            for (address, zones) in known {
                services.append(try traffic.serve(at: address) { zones.reply(to: $0) })
            }
            return services
        }
        services.append(
            try network.run(in: .middle) { () throws(KernelError) in
                try RecursiveServer.start(at: nameServer, root: root, traffic)
            })
        return NameTree(network: network, traffic: traffic, services: services)
    }

    func end() {
        for service in services { service.end() }
    }
}
