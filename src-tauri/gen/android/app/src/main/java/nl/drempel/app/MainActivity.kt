package nl.drempel.app

import android.app.AlertDialog
import android.content.ActivityNotFoundException
import android.content.Intent
import android.net.Uri
import android.os.Bundle
import android.view.WindowManager.LayoutParams.FLAG_SECURE
import androidx.activity.enableEdgeToEdge
import androidx.webkit.WebViewCompat

/** The app's one window: in no screenshot, no recording and no app switcher, and in no WebView that is out of date. */
class MainActivity : TauriActivity() {
  override fun onCreate(savedInstanceState: Bundle?) {
    window.setFlags(FLAG_SECURE, FLAG_SECURE)
    enableEdgeToEdge()
    super.onCreate(savedInstanceState)
    if (webViewMajor() < LEAST_WEBVIEW) askForUpdate()
  }

  /** The major version of the WebView that would show the page; 0 where there is none or it does not say. */
  private fun webViewMajor(): Int =
    WebViewCompat.getCurrentWebViewPackage(this)?.versionName?.substringBefore('.')?.toIntOrNull() ?: 0

  private fun askForUpdate() {
    AlertDialog.Builder(this)
      .setMessage(R.string.webview_too_old)
      .setPositiveButton(R.string.webview_update) { _, _ -> openStore() }
      .setOnDismissListener { finishAndRemoveTask() }
      .setCancelable(false)
      .show()
  }

  private fun openStore() {
    try {
      startActivity(Intent(Intent.ACTION_VIEW, Uri.parse("market://details?id=com.google.android.webview")))
    } catch (_: ActivityNotFoundException) {
      // A phone without a store is updated by whoever manages it.
    }
  }

  private companion object {
    /** The first version that has everything the page is built for; see `target` in ui/vite.config.ts. */
    const val LEAST_WEBVIEW = 123
  }
}
