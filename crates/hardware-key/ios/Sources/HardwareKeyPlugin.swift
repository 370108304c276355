import Foundation
import SwiftRs
import Tauri
import UIKit

struct BindArgs: Decodable {
  let input: String
}

struct PromptArgs: Decodable {
  let title: String
  let cancel: String
}

/// What the half in Rust asks: crates/hardware-key/src. Only a refusal's code goes back, never a message of the system.
class HardwareKeyPlugin: Plugin {
  private let guesses = GuessKey()
  private let biometrics = Biometrics()

  @objc public func bind(_ invoke: Invoke) {
    answer(invoke) {
      let arguments = try invoke.parseArgs(BindArgs.self)
      guard let input = Data(base64Encoded: arguments.input) else { throw Refusal.unavailable }
      return ["answer": try self.guesses.bind(input).base64EncodedString()]
    }
  }

  @objc public func renew(_ invoke: Invoke) {
    answer(invoke) {
      try self.guesses.renew()
      return [:]
    }
  }

  @objc public func destroy(_ invoke: Invoke) {
    answer(invoke) {
      try self.guesses.destroy()
      return [:]
    }
  }

  @objc public func isInHardware(_ invoke: Invoke) {
    answer(invoke) { ["yes": self.guesses.isInHardware] }
  }

  @objc public func biometrics(_ invoke: Invoke) {
    answer(invoke) { ["yes": self.biometrics.areEnrolled] }
  }

  @objc public func renewBiometrics(_ invoke: Invoke) {
    answer(invoke) {
      try self.biometrics.renew()
      return [:]
    }
  }

  @objc public func releaseBiometrics(_ invoke: Invoke) {
    do {
      let words = try invoke.parseArgs(PromptArgs.self)
      try biometrics.release(reason: words.title, cancel: words.cancel) { released in
        self.answer(invoke) { ["key": try released.get().base64EncodedString()] }
      }
    } catch {
      refuse(invoke, error)
    }
  }

  private func answer(_ invoke: Invoke, _ work: () throws -> JsonObject) {
    do {
      invoke.resolve(try work())
    } catch {
      refuse(invoke, error)
    }
  }

  private func refuse(_ invoke: Invoke, _ error: Error) {
    let refusal = error as? Refusal ?? .unavailable
    invoke.reject(refusal.rawValue, code: refusal.rawValue)
  }
}

@_cdecl("init_plugin_hardware_key")
public func initPlugin() -> Plugin {
  HardwareKeyPlugin()
}
