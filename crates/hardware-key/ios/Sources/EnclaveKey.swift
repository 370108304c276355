import CryptoKit
import Foundation
import LocalAuthentication
import Security

/// A key of the Secure Enclave that answers: it agrees on a secret with a public key that is kept beside it, and the
/// answer is an HMAC with that secret. The Enclave itself makes no HMAC.
struct EnclaveKey {
  let name: String

  /// What lies in the keychain. The private half is ciphertext that only this phone's Enclave reads.
  private struct Kept: Codable {
    let own: Data
    let other: Data
    /// Which fingers or faces were enrolled when the key was made.
    let enrolled: Data?
  }

  /// Makes the key, in the place of an earlier one.
  func make(_ demand: SecAccessControlCreateFlags, enrolled: Data? = nil) throws {
    guard SecureEnclave.isAvailable else { throw Refusal.unavailable }
    let unlocked = kSecAttrAccessibleWhenUnlockedThisDeviceOnly
    guard let access = SecAccessControlCreateWithFlags(nil, unlocked, demand, nil) else { throw Refusal.unavailable }
    let own = try SecureEnclave.P256.KeyAgreement.PrivateKey(accessControl: access)
    // Nobody keeps the other private half: with it, the secret could be agreed on elsewhere.
    let other = P256.KeyAgreement.PrivateKey().publicKey
    let kept = Kept(own: own.dataRepresentation, other: other.x963Representation, enrolled: enrolled)
    try Keychain.replace(name, by: JSONEncoder().encode(kept))
  }

  /// The key's answer to an input; nil where there is no such key. The context is one in which its owner was recognised.
  func answer(_ input: Data, in context: LAContext? = nil) throws -> Data? {
    guard let kept = try kept() else { return nil }
    let own = try SecureEnclave.P256.KeyAgreement.PrivateKey(
      dataRepresentation: kept.own, authenticationContext: context)
    let other = try P256.KeyAgreement.PublicKey(x963Representation: kept.other)
    let secret = try own.sharedSecretFromKeyAgreement(with: other).hkdfDerivedSymmetricKey(
      using: SHA256.self, salt: Data(), sharedInfo: Data(name.utf8), outputByteCount: 32)
    return Data(HMAC<SHA256>.authenticationCode(for: input, using: secret))
  }

  /// Which fingers or faces the key was made for; nil where there is no such key.
  func enrolled() throws -> Data?? {
    guard let kept = try kept() else { return nil }
    return .some(kept.enrolled)
  }

  func remove() throws {
    try Keychain.remove(name)
  }

  private func kept() throws -> Kept? {
    try Keychain.find(name).map { try JSONDecoder().decode(Kept.self, from: $0) }
  }
}
