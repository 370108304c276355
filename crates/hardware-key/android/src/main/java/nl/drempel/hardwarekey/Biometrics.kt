package nl.drempel.hardwarekey

import android.os.Build
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.KeyProperties
import androidx.biometric.BiometricManager
import androidx.biometric.BiometricManager.Authenticators.BIOMETRIC_STRONG
import androidx.biometric.BiometricPrompt
import androidx.core.content.ContextCompat
import androidx.fragment.app.FragmentActivity
import javax.crypto.Mac

/** What came of a prompt. */
internal sealed class Released {
  class Key(val bytes: ByteArray) : Released()

  class Not(val refusal: Refusal) : Released()
}

/**
 * A key that works only after its owner's finger or face, once for each, and that ends when others are enrolled.
 *
 * The prompt unlocks the key itself and says no mere yes: whoever gets around the prompt has a key that does not work.
 */
internal class Biometrics(private val activity: FragmentActivity, private val keystore: Keystore) {
  fun areEnrolled(): Boolean =
    BiometricManager.from(activity).canAuthenticate(BIOMETRIC_STRONG) == BiometricManager.BIOMETRIC_SUCCESS

  fun renew() = keystore.make(NAME) {
    setUserAuthenticationRequired(true)
    setInvalidatedByBiometricEnrollment(true)
    // Before Android 11 a key without a time asks for a finger at each use by itself.
    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
      setUserAuthenticationParameters(0, KeyProperties.AUTH_BIOMETRIC_STRONG)
    }
  }

  /** Shows the prompt; tells once, on the screen's own thread. */
  fun release(title: String, cancel: String, tell: (Released) -> Unit) {
    val mac = begin()
    val prompt = BiometricPrompt.PromptInfo.Builder()
      .setTitle(title)
      .setNegativeButtonText(cancel)
      .setAllowedAuthenticators(BIOMETRIC_STRONG)
      .setConfirmationRequired(false)
      .build()
    activity.runOnUiThread {
      BiometricPrompt(activity, ContextCompat.getMainExecutor(activity), Answer(tell))
        .authenticate(prompt, BiometricPrompt.CryptoObject(mac))
    }
  }

  private fun begin(): Mac =
    try {
      keystore.begin(NAME) ?: throw Refused(Refusal.CHANGED)
    } catch (_: KeyPermanentlyInvalidatedException) {
      throw Refused(Refusal.CHANGED)
    }

  private class Answer(private val tell: (Released) -> Unit) : BiometricPrompt.AuthenticationCallback() {
    override fun onAuthenticationSucceeded(result: BiometricPrompt.AuthenticationResult) {
      var released: Released = Released.Not(Refusal.UNAVAILABLE)
      val refused = refusalOf {
        val mac = result.cryptoObject?.mac ?: throw Refused(Refusal.UNAVAILABLE)
        released = Released.Key(mac.doFinal(WHAT_IS_SIGNED.toByteArray()))
      }
      tell(refused?.let { Released.Not(it) } ?: released)
    }

    override fun onAuthenticationError(code: Int, message: CharSequence) = tell(Released.Not(refusal(code)))

    private fun refusal(code: Int) = when (code) {
      BiometricPrompt.ERROR_USER_CANCELED,
      BiometricPrompt.ERROR_NEGATIVE_BUTTON,
      BiometricPrompt.ERROR_CANCELED,
      BiometricPrompt.ERROR_TIMEOUT -> Refusal.NOT_RECOGNISED
      else -> Refusal.UNAVAILABLE
    }
  }

  private companion object {
    const val NAME = "drempel.biometrics"

    /** The same each time: what is signed is no secret, the signature is the key. */
    const val WHAT_IS_SIGNED = "drempel: what fingers or a face release"
  }
}
