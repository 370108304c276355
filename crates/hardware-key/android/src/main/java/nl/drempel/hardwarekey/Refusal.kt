package nl.drempel.hardwarekey

import java.security.GeneralSecurityException

/** Why a key did nothing, by the codes that crates/hardware-key/src/platform.rs knows. */
enum class Refusal(val code: String) {
  LOST("lost"),
  CHANGED("changed"),
  NOT_RECOGNISED("not_recognised"),
  UNAVAILABLE("unavailable"),
}

/** Thrown where it is found out, and told by its code only. */
class Refused(val refusal: Refusal) : Exception(refusal.code)

/**
 * Does it, and says why not when it was refused.
 *
 * Whatever the system throws besides means that it cannot be done now: a keystore that is busy, a phone that is locked.
 * Only [Refused] says that a key is gone, because whoever hears that takes the data away.
 */
internal inline fun refusalOf(work: () -> Unit): Refusal? =
  try {
    work()
    null
  } catch (refused: Refused) {
    refused.refusal
  } catch (_: GeneralSecurityException) {
    Refusal.UNAVAILABLE
  } catch (_: java.io.IOException) {
    Refusal.UNAVAILABLE
  } catch (_: RuntimeException) {
    Refusal.UNAVAILABLE
  }
