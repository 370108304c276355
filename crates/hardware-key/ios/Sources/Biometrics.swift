import Foundation
import LocalAuthentication

/// A key that works only after its owner's finger or face, once for each, and that ends when others are enrolled.
struct Biometrics {
  private let key = EnclaveKey(name: "drempel.biometrics")
  private let policy = LAPolicy.deviceOwnerAuthenticationWithBiometrics

  /// The same each time: what is signed is no secret, the signature is the key.
  private let whatIsSigned = Data("drempel: what fingers or a face release".utf8)

  var areEnrolled: Bool { enrolled(LAContext()) != nil }

  func renew() throws {
    guard let now = enrolled(LAContext()) else { throw Refusal.unavailable }
    try key.make([.privateKeyUsage, .biometryCurrentSet], enrolled: now)
  }

  /// Shows the prompt; tells once.
  func release(reason: String, cancel: String, tell: @escaping (Result<Data, Error>) -> Void) throws {
    let context = LAContext()
    context.localizedCancelTitle = cancel
    context.localizedFallbackTitle = ""
    guard let now = enrolled(context) else { throw Refusal.unavailable }
    guard let then = try key.enrolled(), then == now else { throw Refusal.changed }
    context.evaluatePolicy(policy, localizedReason: reason) { recognised, error in
      tell(Result { try recognised ? self.signed(in: context) : self.refused(error) })
    }
  }

  private func signed(in context: LAContext) throws -> Data {
    guard let released = try key.answer(whatIsSigned, in: context) else { throw Refusal.changed }
    return released
  }

  private func refused(_ error: Error?) throws -> Data {
    switch (error as? LAError)?.code {
    case .userCancel, .userFallback, .appCancel, .systemCancel, .authenticationFailed: throw Refusal.notRecognised
    default: throw Refusal.unavailable
    }
  }

  /// Which fingers or faces are enrolled; nil where there are none, or the sensor does not work now.
  private func enrolled(_ context: LAContext) -> Data? {
    guard context.canEvaluatePolicy(policy, error: nil) else { return nil }
    return context.evaluatedPolicyDomainState
  }
}
