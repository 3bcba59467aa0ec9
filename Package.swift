// swift-tools-version:6.2
import PackageDescription

// This file is the layer diagram: a module may import what stands in its `dependencies` and nothing else. `make check` builds with
// `--explicit-target-dependency-import-check error`, so a forbidden import fails. The reasons are in docs/ARCHITECTURE.md.

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let x509: Target.Dependency = .product(name: "X509", package: "swift-certificates")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

func module(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies + ["Model", "TestSupport"], exclude: exclude, swiftSettings: strict)
}

let package = Package(
    name: "dondoc",
    products: [
        .executable(name: "dondocd", targets: ["dondocd"]),
        .executable(name: "dondoc", targets: ["dondoc"]),
        .executable(name: "dondoc-province", targets: ["dondoc-province"]),
        .executable(name: "dondoc-bench", targets: ["dondoc-bench"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // System libraries and the shim that makes libcurl's variadic calls callable.
        .systemLibrary(name: "CLibcurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .target(name: "CCurl", dependencies: ["CLibcurl"]),

        // Pure: no clock, file, socket, environment or database.
        module("Model"),
        module("Ingest", ["Model"]),
        module("Indicators", ["Model"]),
        module("Reports", ["Model", "Correspondence"]),
        module("Prometheus", ["Model"]),
        module("PushFormats", ["Model", "CZlib", "CZstd"]),
        module("Spreadsheets", ["Model", "CZlib"]),
        module("Rules", ["Model", "Settings"]),
        module("Notify", ["Model", "Settings", mustache, crypto, "CZlib"]),
        module("Correspondence", ["Model"]),

        // Edges: input and output, no decisions.
        module("Settings", ["Model", yams]),
        module("Transport", ["CCurl"]),
        module("Store", ["Model", grdb, crypto, "CZlib", "CSQLite"]),
        module("Connectors", ["Model", "Settings", "Transport", "Spreadsheets"]),
        module(
            "Receiver",
            [
                "Model", "Settings", "PushFormats", nioCore, nioHTTP1, nioPosix, nioSSL, x509, lifecycle, logging,
            ]),
        module("Control", ["Model"]),

        // What the daemon and the command line share: a configuration put together, and the answers to questions.
        module(
            "Assembly",
            [
                "Model", "Settings", "Connectors", "Spreadsheets", "Rules", "Notify", "Indicators", "Ingest", "Reports", "Prometheus", "Store",
                "Control", "Correspondence", nioSSL,
            ]),
        module(
            "Daemon",
            [
                "Model", "Settings", "Transport", "Store", "Connectors", "Ingest", "Indicators", "Reports", "Rules", "Notify", "Correspondence",
                "Prometheus", "Control", "Receiver", "PushFormats",
                "Assembly", hummingbird, hummingbirdCore, nioCore, lifecycle, unixSignals, logging, crypto,
            ]),
        module("Province", ["Model", hummingbird, nioCore, nioPosix, logging]),

        program("dondocd", ["Daemon", "Model", argumentParser, logging]),
        program("dondoc", ["Assembly", "Control", "Settings", "Receiver", "Reports", "Store", "Model", argumentParser]),
        program("dondoc-province", ["Province", "Model", argumentParser, logging]),
        program(
            "dondoc-bench",
            ["Assembly", "Model", "Store", "Indicators", "Rules", "Settings", "Ingest", "PushFormats", "Prometheus", argumentParser]),

        // Doubles and generators shared by the tests below; small values with closures.
        .target(name: "TestSupport", dependencies: ["Model"], path: "Tests/TestSupport", swiftSettings: strict),
        // Records what SQLite asks of its files, so that tests can cut the power.
        .target(name: "CPowerCut", path: "Tests/CPowerCut", linkerSettings: [.linkedLibrary("sqlite3")]),
        tests("ModelTests", []),
        tests("SettingsTests", ["Settings"], exclude: ["Cases"]),
        tests("TransportTests", ["Transport"], exclude: ["Fixtures"]),
        tests("StoreTests", ["Store", grdb], exclude: ["Fixtures"]),
        tests("ConnectorsTests", ["Connectors", "Settings", "Spreadsheets", "Transport"], exclude: ["Cases"]),
        tests("IngestTests", ["Ingest", "PushFormats"]),
        tests("IndicatorsTests", ["Indicators"]),
        tests("RulesTests", ["Rules", "Settings", "Indicators"]),
        tests("NotifyTests", ["Notify", "Settings"], exclude: ["Golden"]),
        tests("CorrespondenceTests", ["Correspondence"], exclude: ["Cases"]),
        tests("ReportsTests", ["Reports"], exclude: ["Golden"]),
        tests("PushFormatsTests", ["PushFormats", "Prometheus", "CZlib", "CZstd"]),
        tests(
            "ReceiverTests",
            ["Receiver", "Settings", "PushFormats", nioCore, nioEmbedded, nioHTTP1, nioPosix, nioSSL, x509, crypto, yams, logging],
            exclude: ["Golden"]),
        tests("SpreadsheetsTests", ["Spreadsheets", "CZlib"]),
        tests("PrometheusTests", ["Prometheus"]),
        tests("ControlTests", ["Control"]),
        tests("AssemblyTests", ["Assembly", "Control", "Indicators", "Settings", "Spreadsheets", "Store", "Reports"]),
        tests("ProvinceTests", ["Province"]),
        tests("CommandTests", ["dondoc", "Control", "Settings", "Reports"]),
        tests("CatalogueTests", ["Assembly", "Settings", "Connectors", "Rules", "Control", "Reports"]),
        tests(
            "DaemonTests",
            [
                "Daemon", "Assembly", "Control", "Settings", "Store", "Province", "Transport", "Reports", "Prometheus", "Rules", "Receiver",
                "PushFormats", "Correspondence", "CPowerCut", logging,
            ],
            exclude: ["Years"]),
    ],
    swiftLanguageModes: [.v6]
)
