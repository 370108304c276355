import CryptoKit
import Foundation

/// The key that answers each guess of a code. It asks for no finger: the code that is tried is the proof.
struct GuessKey {
  private let key = EnclaveKey(name: "drempel.guess")

  func bind(_ input: Data) throws -> Data {
    guard let answer = try key.answer(input) else { throw Refusal.lost }
    return answer
  }

  func renew() throws {
    try key.make(.privateKeyUsage)
  }

  func destroy() throws {
    try key.remove()
  }

  var isInHardware: Bool { SecureEnclave.isAvailable }
}
