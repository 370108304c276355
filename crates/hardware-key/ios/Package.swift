// swift-tools-version:5.5

import PackageDescription

let package = Package(
  name: "drempel-hardware-key",
  platforms: [.iOS(.v14)],
  products: [
    .library(name: "drempel-hardware-key", type: .static, targets: ["drempel-hardware-key"])
  ],
  dependencies: [
    .package(name: "Tauri", path: "../.tauri/tauri-api")
  ],
  targets: [
    .target(name: "drempel-hardware-key", dependencies: [.byName(name: "Tauri")], path: "Sources")
  ]
)
