/// Why a key did nothing, by the codes that crates/hardware-key/src/platform.rs knows.
///
/// Whatever the system throws besides means that it cannot be done now. Only `lost` and `changed` say that a key is gone,
/// because whoever hears that takes the data away.
enum Refusal: String, Error {
  case lost
  case changed
  case notRecognised = "not_recognised"
  case unavailable
}
