package nl.drempel.hardwarekey

import android.security.keystore.KeyPermanentlyInvalidatedException

/** The key that answers each guess of a code. It asks for no finger: the code that is tried is the proof. */
internal class GuessKey(private val keystore: Keystore) {
  fun bind(input: ByteArray): ByteArray =
    try {
      val mac = keystore.begin(NAME) ?: throw Refused(Refusal.LOST)
      mac.doFinal(input)
    } catch (_: KeyPermanentlyInvalidatedException) {
      throw Refused(Refusal.LOST)
    } finally {
      input.fill(0)
    }

  fun renew() = keystore.make(NAME) {}

  fun destroy() = keystore.remove(NAME)

  /** Whether this phone keeps such a key in hardware; before there is one, a key that is made for the question tells. */
  fun isInHardware(): Boolean =
    keystore.isInHardware(NAME) ?: try {
      keystore.make(QUESTION) {}
      keystore.isInHardware(QUESTION) ?: false
    } finally {
      keystore.remove(QUESTION)
    }

  private companion object {
    const val NAME = "drempel.guess"
    const val QUESTION = "drempel.question"
  }
}
