// swift-tools-version: 6.2

import PackageDescription

/// One list for every target: the language as strict as this compiler offers, and no warning left standing.
let language: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .treatAllWarnings(as: .error),
]
let settings = language + [.strictMemorySafety()]
/// Text and tables are read once a run, so small beats fast; only `Kernel` meets every socket.
///
/// A request of a load is nearly all the kernel's time: made small, `Lab` takes 1 µs more of 202.
let small = settings + [.unsafeFlags(["-Osize"], .when(configuration: .release))]

/// What only the agent needs, `TCPTUNE_AGENT=1 swift build`: who builds the tool neither fetches nor compiles SwiftNIO.
let hasWeb = Context.environment["TCPTUNE_AGENT"] != nil

let package = Package(
    name: "tcptune",
    products: [
        .executable(name: "tcptune", targets: ["tcptune"]),
        .executable(name: "tcptune-agent", targets: ["tcptune-agent"]),
        .executable(name: "tcptune-owners", targets: ["tcptune-owners"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    ],
    targets: [
        // The kernel's headers and libnl-3, as they are.
        .systemLibrary(
            name: "CNetlink", pkgConfig: "libnl-3.0", providers: [.apt(["libnl-3-dev"])]),

        // How figures, times and names are written; values; what is known of the kernel. None reads anything.
        .target(name: "Text", swiftSettings: small),
        .target(name: "Model", dependencies: ["Text"], swiftSettings: small),
        .target(name: "Statistics", dependencies: ["Model", "Text"], swiftSettings: small),
        .target(name: "Catalogue", dependencies: ["Model", "Text"], swiftSettings: small),

        // Reading: with the next two the only modules that call the system, and may be unsafe.
        .target(
            name: "Kernel", dependencies: ["CNetlink", "Model", "Text"], swiftSettings: settings),

        // Asking the DNS, from the host's files to its servers.
        .target(
            name: "Resolver", dependencies: ["CNetlink", "Kernel", "Model", "Text"],
            swiftSettings: small),

        // What traffic is made and watched with: networks of our own, the wire between them, TLS.
        .target(
            name: "Testbed", dependencies: ["CNetlink", "Kernel", "Model"],
            swiftSettings: settings),

        // Files that people write: what is wrong with one, by line and column.
        .target(
            name: "TOML",
            dependencies: ["Model", "Text", .product(name: "TOMLKit", package: "TOMLKit")],
            swiftSettings: small),

        // Changing the host, in a way that can always be got back.
        .target(
            name: "Tuning",
            dependencies: [
                "Kernel", "Model", "Text", "Catalogue", "TOML",
                .product(name: "TOMLKit", package: "TOMLKit"),
            ],
            swiftSettings: small),

        // Proving: traffic, only in namespaces of its own or where it was told to.
        .target(
            name: "Lab",
            dependencies: [
                "Tuning", "TOML", "Testbed", "Resolver", "Kernel", "Model", "Text", "Statistics",
                "Catalogue",
                .product(name: "Histogram", package: "hdrhistogram-swift"),
            ],
            swiftSettings: small),

        // Judging and showing: pure functions.
        .target(name: "Audit", dependencies: ["Model", "Text", "Catalogue"], swiftSettings: small),
        // What is looked at when, and what becomes of it over time; pure but for the times it is given.
        .target(name: "Watching", dependencies: ["Audit", "Model"], swiftSettings: small),
        // Makes the looks that watching asks for: of one network namespace, or of all under one budget.
        .target(
            name: "Collector",
            dependencies: ["Watching", "Audit", "Kernel", "Model", "Catalogue"],
            swiftSettings: small),
        // What is kept of each minute, and how its bytes are laid out: pure.
        .target(name: "History", dependencies: ["Model", "Text"], swiftSettings: small),
        // The system's SQLite, opened at run time: the only module beside Kernel, Resolver and Testbed that may be unsafe.
        .target(name: "SQLite", swiftSettings: small),
        // The files of the history: what is watched becomes records, records become rows, and rows are read again.
        .target(
            name: "Recording",
            dependencies: ["History", "SQLite", "Watching", "Audit", "Kernel", "Model", "Text"],
            swiftSettings: small),
        // What is watched as metrics: every family is a row of one table.
        .target(
            name: "Metrics", dependencies: ["Watching", "Audit", "Model"],
            swiftSettings: small),
        // When an alert is raised and cleared, and what is told of it: pure, but for the times it is given.
        .target(
            name: "Alerts", dependencies: ["Watching", "Audit", "Model", "Text"],
            swiftSettings: small),
        .target(
            name: "Report",
            dependencies: [
                "Audit", "History", "Watching", "Model", "Text", "Statistics", "Catalogue",
            ],
            exclude: ["Schema"], swiftSettings: small),

        // What a terminal shows, cell by cell, and what its keys mean: pure functions.
        .target(name: "Screen", dependencies: ["Model", "Text"], swiftSettings: small),

        // The command line as a library, and the program, which only calls it.
        .target(
            name: "Commands",
            dependencies: [
                "Model", "Text", "Statistics", "Catalogue", "Kernel", "Resolver", "Testbed",
                "Tuning", "Lab", "Audit", "Report", "Watching", "Collector", "History", "Recording",
                "Screen",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: small),
        .executableTarget(name: "tcptune", dependencies: ["Commands"], swiftSettings: small),

        // The agent as a library, and the program, which only calls it; with its web server where that was asked for.
        .target(
            name: "Agent",
            dependencies: [
                "Alerts", "Audit", "Collector", "Metrics", "Recording", "Watching", "Report",
                "Kernel", "TOML", "Model", "Text",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ] + (hasWeb ? ["Web"] : []),
            swiftSettings: small + (hasWeb ? [.define("WEB")] : [])),
        .executableTarget(name: "tcptune-agent", dependencies: ["Agent"], swiftSettings: small),

        // Has the rights that the agent has not, tells it who holds which sockets, and does nothing else.
        .target(
            name: "Owners", dependencies: ["Kernel", "Model", "Text"], swiftSettings: small),
        .executableTarget(name: "tcptune-owners", dependencies: ["Owners"], swiftSettings: small),

        // For the tests that measure: whether others keep the processors busy.
        .target(name: "BusyMachine", path: "Tests/BusyMachine", swiftSettings: settings),
        .testTarget(name: "TextTests", dependencies: ["Text"], swiftSettings: settings),
        .testTarget(name: "ModelTests", dependencies: ["Model", "Text"], swiftSettings: settings),
        .testTarget(
            name: "StatisticsTests", dependencies: ["Statistics", "Model"],
            exclude: ["Fixtures"], swiftSettings: settings),
        .testTarget(
            name: "CatalogueTests", dependencies: ["Catalogue"], exclude: ["Fixtures"],
            swiftSettings: settings),
        // For the tests of what reads files: trees of them that go again.
        .target(name: "ScratchFiles", path: "Tests/ScratchFiles", swiftSettings: settings),
        .testTarget(
            name: "KernelTests",
            dependencies: [
                "Kernel", "CNetlink", "Tuning", "Model", "Text", "Catalogue", "ScratchFiles",
            ],
            exclude: ["Fixtures"], swiftSettings: settings),
        .testTarget(
            name: "ResolverTests",
            dependencies: ["Resolver", "Testbed", "Kernel", "CNetlink", "Model", "ScratchFiles"],
            swiftSettings: settings),
        .testTarget(
            name: "TestbedTests", dependencies: ["Testbed", "Kernel", "Model"],
            swiftSettings: settings),
        .testTarget(
            name: "TuningTests", dependencies: ["Tuning", "Kernel", "Model", "Text", "Catalogue"],
            swiftSettings: settings),
        .testTarget(
            name: "LabTests",
            dependencies: [
                "Lab", "Testbed", "Resolver", "Kernel", "Model", "Text", "Statistics", "Catalogue",
                "BusyMachine",
                .product(name: "Histogram", package: "hdrhistogram-swift"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "AuditTests", dependencies: ["Audit", "Model", "Text", "Catalogue"],
            exclude: ["Fixtures"], swiftSettings: settings),
        .testTarget(
            name: "WatchingTests", dependencies: ["Watching", "Audit", "Model"],
            swiftSettings: settings),
        .testTarget(
            name: "CollectorTests",
            dependencies: ["Collector", "Watching", "Audit", "Kernel", "Model"],
            // Starts processes through C's posix_spawn.
            swiftSettings: language),
        // For a test of what is left when it is killed.
        .executableTarget(
            name: "history-writer", dependencies: ["Recording", "History", "Kernel", "Model"],
            path: "Tests/HistoryWriter", swiftSettings: settings),
        .testTarget(
            name: "HistoryTests", dependencies: ["History", "Model", "Text"],
            swiftSettings: settings),
        .testTarget(
            name: "RecordingTests",
            dependencies: [
                "Recording", "History", "SQLite", "Watching", "Audit", "Kernel", "CNetlink",
                "Model",
                "ScratchFiles",
            ],
            // Starts processes through C's posix_spawn.
            swiftSettings: language),
        .testTarget(
            name: "AlertsTests", dependencies: ["Alerts", "Watching", "Audit", "Model"],
            swiftSettings: settings),
        .testTarget(
            name: "MetricsTests",
            dependencies: ["Metrics", "Watching", "Audit", "Model", "Statistics"],
            swiftSettings: settings),
        .testTarget(
            name: "AgentTests",
            dependencies: [
                "Agent", "Alerts", "Metrics", "History", "Recording", "Report", "Watching", "Audit",
                "Kernel", "Model", "ScratchFiles",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "ReportTests",
            dependencies: [
                "Report", "Watching", "Audit", "Tuning", "Lab", "Kernel", "Model", "Text",
                "Statistics",
            ],
            exclude: ["Browser", "Snapshots", "Fixtures"], swiftSettings: settings),
        .testTarget(
            name: "ScreenTests", dependencies: ["Screen", "Model", "Text"],
            exclude: ["Snapshots"], swiftSettings: settings),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "tcptune", "tcptune-agent", "tcptune-owners", "Commands", "Audit", "Tuning", "Lab",
                "Catalogue", "Kernel", "Resolver", "Testbed", "History", "Recording", "Model",
                "Text", "BusyMachine",
            ],
            // Starts processes through C's posix_spawn, whose pointers only Kernel may handle otherwise.
            exclude: ["Scenes"], swiftSettings: language),
    ]
)

// The fuzzer, `make fuzz`: libFuzzer brings its own main, so an ordinary build has the replay of its inputs instead.
let fuzzed: [Target.Dependency] = [
    "Kernel", "Resolver", "Tuning", "Lab", "Report", "Audit", "Model", "Text",
]
if Context.environment["TCPTUNE_FUZZ"] == nil {
    package.targets.append(
        .testTarget(
            name: "FuzzTests", dependencies: fuzzed, exclude: ["Fixtures", "Fuzzer.swift"],
            swiftSettings: settings))
} else {
    package.targets.append(
        .executableTarget(
            name: "Fuzzer", dependencies: fuzzed, path: "Tests/FuzzTests",
            exclude: ["Fixtures", "ReplayTests.swift"], swiftSettings: settings))
}

if hasWeb {
    package.dependencies += [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    ]
    package.targets += [
        // libyaml and libcrypt, as they are.
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CCrypt", providers: [.apt(["libcrypt-dev"])]),

        // A server of pages: HTTP, TLS, passwords, limits. It knows nothing of what it serves.
        .target(
            name: "Web",
            dependencies: [
                "Text", "CYAML", "CCrypt",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: small),
        .testTarget(
            name: "WebTests",
            dependencies: [
                "Web", "BusyMachine",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            // Sockets of C, whose pointers Web may handle otherwise.
            swiftSettings: language),
    ]
}
