package nl.drempel.hardwarekey

import android.app.KeyguardManager
import android.content.Context
import android.os.Build
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyInfo
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.KeyProperties
import java.security.KeyStore
import java.security.ProviderException
import javax.crypto.KeyGenerator
import javax.crypto.Mac
import javax.crypto.SecretKey
import javax.crypto.SecretKeyFactory

/** Keys for HMAC-SHA-256 in Android's Keystore: made there, used there, never given out. */
internal class Keystore(private val context: Context) {
  /** Makes a key, in the place of an earlier one of that name; in a chip of its own where the phone has one. */
  fun make(name: String, demand: KeyGenParameterSpec.Builder.() -> Unit) {
    if (Build.VERSION.SDK_INT < Build.VERSION_CODES.P) return generate(name, demand)
    // Of a phone without a screen lock some versions make no key that asks for an unlocked one.
    val asksForUnlocked = context.getSystemService(KeyguardManager::class.java).isDeviceSecure
    val demandUnlocked: KeyGenParameterSpec.Builder.() -> Unit = {
      demand()
      setUnlockedDeviceRequired(asksForUnlocked)
    }
    try {
      generate(name) {
        demandUnlocked()
        setIsStrongBoxBacked(true)
      }
    } catch (_: ProviderException) {
      // No chip of its own, or a busy one: then in the part of the processor that is kept apart.
      generate(name, demandUnlocked)
    }
  }

  /** The key's calculation, begun. Null where there is no such key. */
  fun begin(name: String): Mac? {
    val key = find(name) ?: return null
    return Mac.getInstance(HMAC).apply { init(key) }
  }

  fun remove(name: String) = store().deleteEntry(name)

  /** Whether the key of that name lies in hardware. Null where there is no such key. */
  fun isInHardware(name: String): Boolean? {
    val key = find(name) ?: return null
    val info = SecretKeyFactory.getInstance(key.algorithm, NAME).getKeySpec(key, KeyInfo::class.java) as KeyInfo
    if (Build.VERSION.SDK_INT < Build.VERSION_CODES.S) {
      @Suppress("DEPRECATION")
      return info.isInsideSecureHardware
    }
    return when (info.securityLevel) {
      KeyProperties.SECURITY_LEVEL_TRUSTED_ENVIRONMENT,
      KeyProperties.SECURITY_LEVEL_STRONGBOX,
      KeyProperties.SECURITY_LEVEL_UNKNOWN_SECURE -> true
      else -> false
    }
  }

  /** Only a store that answers and has none says null; one that does not answer throws. */
  private fun find(name: String): SecretKey? =
    try {
      store().getKey(name, null) as SecretKey?
    } catch (_: KeyPermanentlyInvalidatedException) {
      null
    }

  private fun store(): KeyStore = KeyStore.getInstance(NAME).apply { load(null) }

  private fun generate(name: String, demand: KeyGenParameterSpec.Builder.() -> Unit) {
    val spec = KeyGenParameterSpec.Builder(name, KeyProperties.PURPOSE_SIGN).setKeySize(256).apply(demand)
    val generator = KeyGenerator.getInstance(HMAC, NAME)
    generator.init(spec.build())
    generator.generateKey()
  }

  private companion object {
    const val NAME = "AndroidKeyStore"
    const val HMAC = KeyProperties.KEY_ALGORITHM_HMAC_SHA256
  }
}
