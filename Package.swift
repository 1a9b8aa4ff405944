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

let package = Package(
    name: "tcptune",
    products: [.executable(name: "tcptune", targets: ["tcptune"])],
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

        // Reading: the only module that calls the system.
        .target(
            name: "Kernel", dependencies: ["CNetlink", "Model", "Text"], swiftSettings: settings),

        // Changing the host, in a way that can always be got back.
        .target(
            name: "Tuning",
            dependencies: [
                "Kernel", "Model", "Text", "Catalogue",
                .product(name: "TOMLKit", package: "TOMLKit"),
            ],
            swiftSettings: small),

        // Proving: traffic, only in namespaces of its own or where it was told to.
        .target(
            name: "Lab",
            dependencies: [
                "Tuning", "Kernel", "Model", "Text", "Statistics", "Catalogue",
                .product(name: "Histogram", package: "hdrhistogram-swift"),
            ],
            swiftSettings: small),

        // Judging and showing: pure functions.
        .target(name: "Audit", dependencies: ["Model", "Text", "Catalogue"], swiftSettings: small),
        // What is looked at when, and what becomes of it over time; pure but for the times it is given.
        .target(name: "Watching", dependencies: ["Audit", "Model"], swiftSettings: small),
        .target(
            name: "Report",
            dependencies: ["Audit", "Watching", "Model", "Text", "Statistics", "Catalogue"],
            exclude: ["Schema"], swiftSettings: small),

        // What a terminal shows, cell by cell, and what its keys mean: pure functions.
        .target(name: "Screen", dependencies: ["Model", "Text"], swiftSettings: small),

        // The command line as a library, and the program, which only calls it.
        .target(
            name: "Commands",
            dependencies: [
                "Model", "Text", "Statistics", "Catalogue", "Kernel", "Tuning", "Lab", "Audit",
                "Report", "Watching", "Screen",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: small),
        .executableTarget(name: "tcptune", dependencies: ["Commands"], swiftSettings: small),

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
        .testTarget(
            name: "KernelTests", dependencies: ["Kernel", "Tuning", "Model", "Text", "Catalogue"],
            exclude: ["Fixtures"], swiftSettings: settings),
        .testTarget(
            name: "TuningTests", dependencies: ["Tuning", "Kernel", "Model", "Text", "Catalogue"],
            swiftSettings: settings),
        .testTarget(
            name: "LabTests",
            dependencies: [
                "Lab", "Kernel", "Model", "Text", "Statistics", "Catalogue", "BusyMachine",
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
            name: "ReportTests",
            dependencies: ["Report", "Audit", "Tuning", "Lab", "Model", "Text", "Statistics"],
            exclude: ["Browser", "Snapshots", "Fixtures"], swiftSettings: settings),
        .testTarget(
            name: "ScreenTests", dependencies: ["Screen", "Model", "Text"],
            exclude: ["Snapshots"], swiftSettings: settings),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "tcptune", "Commands", "Audit", "Tuning", "Lab", "Catalogue", "Kernel", "Model",
                "Text",
                "BusyMachine",
            ],
            // Starts processes through C's posix_spawn, whose pointers only Kernel may handle otherwise.
            exclude: ["Scenes"], swiftSettings: language),
    ]
)

// The fuzzer, `make fuzz`: libFuzzer brings its own main, so an ordinary build has the replay of its inputs instead.
let fuzzed: [Target.Dependency] = ["Kernel", "Tuning", "Lab", "Report", "Audit", "Model", "Text"]
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
