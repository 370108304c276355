package nl.drempel.hardwarekey

import android.app.Activity
import android.util.Base64
import androidx.fragment.app.FragmentActivity
import app.tauri.annotation.Command
import app.tauri.annotation.InvokeArg
import app.tauri.annotation.TauriPlugin
import app.tauri.plugin.Invoke
import app.tauri.plugin.JSObject
import app.tauri.plugin.Plugin
import java.util.concurrent.Executors

@InvokeArg
class BindArgs {
  lateinit var input: String
}

@InvokeArg
class PromptArgs {
  lateinit var title: String
  lateinit var cancel: String
}

/** What the half in Rust asks: crates/hardware-key/src. Only a refusal's code goes back, never a message of the system. */
@TauriPlugin
class HardwareKeyPlugin(activity: Activity) : Plugin(activity) {
  private val keystore = Keystore(activity)
  private val guesses = GuessKey(keystore)
  private val fingers = Biometrics(activity as FragmentActivity, keystore)

  /** The chip may take a second, and the screen must go on meanwhile. One at a time, in the order of the asking. */
  private val queue = Executors.newSingleThreadExecutor()

  @Command
  fun bind(invoke: Invoke) = beside(invoke) {
    val input = decoded(invoke.parseArgs(BindArgs::class.java).input)
    answer("answer", guesses.bind(input))
  }

  @Command
  fun renew(invoke: Invoke) = beside(invoke) { guesses.renew(); null }

  @Command
  fun destroy(invoke: Invoke) = beside(invoke) { guesses.destroy(); null }

  @Command
  fun isInHardware(invoke: Invoke) = beside(invoke) { JSObject().put("yes", guesses.isInHardware()) }

  @Command
  fun biometrics(invoke: Invoke) = beside(invoke) { JSObject().put("yes", fingers.areEnrolled()) }

  @Command
  fun renewBiometrics(invoke: Invoke) = beside(invoke) { fingers.renew(); null }

  @Command
  fun releaseBiometrics(invoke: Invoke) {
    queue.execute {
      val refused = refusalOf {
        val words = invoke.parseArgs(PromptArgs::class.java)
        fingers.release(words.title, words.cancel) { released ->
          when (released) {
            is Released.Key -> invoke.resolve(answer("key", released.bytes))
            is Released.Not -> refuse(invoke, released.refusal)
          }
        }
      }
      refused?.let { refuse(invoke, it) }
    }
  }

  private fun beside(invoke: Invoke, work: () -> JSObject?) {
    queue.execute {
      var done: JSObject? = null
      val refused = refusalOf { done = work() }
      if (refused == null) invoke.resolve(done) else refuse(invoke, refused)
    }
  }

  private fun refuse(invoke: Invoke, refusal: Refusal) = invoke.reject(refusal.code, refusal.code)

  private fun answer(name: String, bytes: ByteArray): JSObject {
    val text = Base64.encodeToString(bytes, Base64.NO_WRAP)
    bytes.fill(0)
    return JSObject().apply { put(name, text) }
  }

  private fun decoded(text: String): ByteArray = Base64.decode(text, Base64.NO_WRAP)
}
