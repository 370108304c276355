//! What a reviewer allowed the app: its commands and permissions, its policy, and what the Android project keeps off.

use crate::source::root;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;

/// What the page is held to. No `unsafe-*`, nobody but the app itself.
const POLICY: &str = "default-src 'self'; script-src 'self'; connect-src ipc: http://ipc.localhost; \
    img-src 'self' blob: data:; style-src 'self'; frame-src 'none'; object-src 'none'; base-uri 'none'; \
    form-action 'none'";

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|_| panic!("{path} has moved: name it here"))
}

fn json_of(path: &str) -> Value {
    serde_json::from_str(&text(path)).unwrap()
}

/// The words within double quotes.
fn quoted(text: &str) -> BTreeSet<String> {
    text.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The names after `::` in the list that is handed to Tauri.
fn registered() -> BTreeSet<String> {
    let handler = text("src-tauri/src/commands/handler.rs");
    let list = handler.split("generate_handler![").nth(1).unwrap();
    let list = list.split(']').next().unwrap();
    let names = list.split(',').filter_map(|path| path.split("::").nth(1));
    names.map(|name| name.trim().to_owned()).collect()
}

/// The names that the page calls.
fn called() -> BTreeSet<String> {
    let commands = text("ui/src/lib/api/commands.ts");
    let calls = commands.split("invoke<").skip(1);
    calls
        .map(|call| {
            let name = call.split("('").nth(1).unwrap();
            name.split('\'').next().unwrap().to_owned()
        })
        .collect()
}

#[test]
fn registered_commands_are_those_declared_allowed_and_called() {
    let names = text("src-tauri/src/commands/names.rs");
    let declared = quoted(names.split("= &[").nth(1).unwrap());
    assert_eq!(registered(), declared, "registered and declared");
    assert_eq!(called(), declared, "called by the page and declared");

    let capability = json_of("src-tauri/capabilities/main.json");
    let allowed: BTreeSet<&str> = capability["permissions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|permission| permission.as_str().unwrap())
        .collect();
    let own: BTreeSet<String> = declared
        .iter()
        .map(|name| ["allow-", &name.replace('_', "-")].concat())
        .collect();
    let of_tauri = ["core:event:allow-listen", "core:event:allow-unlisten"];
    let expected: BTreeSet<&str> = own.iter().map(String::as_str).chain(of_tauri).collect();
    assert_eq!(allowed, expected, "allowed");
    assert_eq!(capability["windows"], json!(["main"]));
    assert!(capability.get("remote").is_none(), "no page from elsewhere");
    let files = fs::read_dir(root().join("src-tauri/capabilities")).unwrap();
    assert_eq!(files.count(), 1, "one capability");
}

#[test]
fn the_page_is_held_to_the_policy() {
    let app = &json_of("src-tauri/tauri.conf.json")["app"];
    assert_eq!(app["security"]["csp"], json!(POLICY));
    assert_eq!(app["security"]["freezePrototype"], json!(true));
    assert_eq!(app["withGlobalTauri"], json!(false));
    assert_eq!(app["security"]["capabilities"], json!(["main"]));
    assert!(app["security"].get("assetProtocol").is_none());
    assert_eq!(app["windows"].as_array().unwrap().len(), 1);
}

#[test]
fn the_android_project_lets_nothing_leave_the_phone() {
    let folder = "src-tauri/gen/android/app/";
    let manifest = text(&[folder, "src/main/AndroidManifest.xml"].concat());
    for line in [
        r#"android:allowBackup="false""#,
        r#"android:fullBackupContent="false""#,
        r#"android:dataExtractionRules="@xml/data_extraction_rules""#,
        r#"android:usesCleartextTraffic="false""#,
        r#"android:networkSecurityConfig="@xml/network_security_config""#,
    ] {
        assert!(manifest.contains(line), "{line}");
    }
    let permissions: Vec<&str> = manifest
        .split("android.permission.")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    assert_eq!(permissions, ["INTERNET", "USE_BIOMETRIC", "VIBRATE"]);
    assert_eq!(manifest.matches(r#"android:exported="true""#).count(), 1);
    assert!(
        !manifest.contains("<provider") && !manifest.contains("<service") && !manifest.contains("<receiver")
    );

    let network = text(&[folder, "src/main/res/xml/network_security_config.xml"].concat());
    assert!(network.contains(r#"<base-config cleartextTrafficPermitted="false">"#));
    assert_eq!(network.matches("<certificates ").count(), 1);
    assert!(network.contains(r#"<certificates src="system" />"#));
    assert!(!network.contains("<domain-config") && !network.contains("<debug-overrides"));

    let rules = text(&[folder, "src/main/res/xml/data_extraction_rules.xml"].concat());
    assert!(!rules.contains("<include"));
    for domain in ["root", "file", "database", "sharedpref", "external"] {
        let excluded = format!(r#"<exclude domain="{domain}" path="." />"#);
        assert_eq!(
            rules.matches(&excluded).count(),
            2,
            "{domain}: cloud and transfer"
        );
    }

    let activity = text(&[folder, "src/main/java/nl/drempel/app/MainActivity.kt"].concat());
    assert!(activity.contains("window.setFlags(FLAG_SECURE, FLAG_SECURE)"));
    assert!(activity.contains("if (webViewMajor() < LEAST_WEBVIEW)"));
    let gradle = text(&[folder, "build.gradle.kts"].concat());
    assert!(gradle.contains("minSdk = 26\n"));
}

#[test]
fn the_keys_of_a_phone_ask_for_what_they_must() {
    let kotlin = |file: &str| {
        let folder = "crates/hardware-key/android/src/main/java/nl/drempel/hardwarekey/";
        text(&[folder, file].concat())
    };
    let keystore = kotlin("Keystore.kt");
    for demand in [
        "PURPOSE_SIGN",
        "setIsStrongBoxBacked(true)",
        "setUnlockedDeviceRequired(asksForUnlocked)",
    ] {
        assert!(keystore.contains(demand), "{demand}");
    }
    let biometrics = kotlin("Biometrics.kt");
    for demand in [
        "setUserAuthenticationRequired(true)",
        "setInvalidatedByBiometricEnrollment(true)",
        "setUserAuthenticationParameters(0, KeyProperties.AUTH_BIOMETRIC_STRONG)",
        "BiometricPrompt.CryptoObject(mac)",
    ] {
        assert!(biometrics.contains(demand), "{demand}");
    }
    let manifest = text("crates/hardware-key/android/src/main/AndroidManifest.xml");
    assert_eq!(manifest.matches("<uses-permission").count(), 1);
    assert!(manifest.contains("android.permission.USE_BIOMETRIC"));
    let swift = |file: &str| text(&["crates/hardware-key/ios/Sources/", file].concat());
    assert!(swift("EnclaveKey.swift").contains("kSecAttrAccessibleWhenUnlockedThisDeviceOnly"));
    assert!(swift("Biometrics.swift").contains("[.privateKeyUsage, .biometryCurrentSet]"));
    let plist = text("src-tauri/Info.ios.plist");
    assert!(!plist.contains("NSAppTransportSecurity"), "no exceptions");
}

#[test]
fn the_halves_of_the_keys_know_the_same_commands_and_refusals() {
    let half = |path: &str| text(&["crates/hardware-key/", path].concat());
    let between = |text: &str, before: &str, after: char| -> BTreeSet<String> {
        let found = text.split(before).skip(1);
        found
            .map(|rest| rest.split(after).next().unwrap().to_owned())
            .collect()
    };
    let asked: BTreeSet<String> = ["src/guess_key.rs", "src/biometrics.rs"]
        .iter()
        .flat_map(|file| between(&without_spaces(&half(file)), ".ask(\"", '"'))
        .collect();
    assert_eq!(asked.len(), 7);
    let kotlin = half("android/src/main/java/nl/drempel/hardwarekey/HardwareKeyPlugin.kt");
    assert_eq!(
        between(&without_spaces(&kotlin), "@Commandfun", '('),
        asked,
        "Kotlin"
    );
    let swift = half("ios/Sources/HardwareKeyPlugin.swift");
    assert_eq!(
        between(&without_spaces(&swift), "@objcpublicfunc", '('),
        asked,
        "Swift"
    );

    let platform = half("src/platform.rs");
    // Its tests name them as well.
    let platform = platform.split("#[cfg(test)]").next().unwrap();
    let known = between(platform, "Some(\"", '"');
    let said = half("android/src/main/java/nl/drempel/hardwarekey/Refusal.kt");
    let swift = half("ios/Sources/Refusal.swift");
    for code in ["lost", "changed", "not_recognised"] {
        assert!(known.contains(code), "{code}");
        assert!(said.contains(&["(\"", code, "\")"].concat()), "Kotlin: {code}");
        let in_swift =
            swift.contains(&["case ", code, "\n"].concat()) || swift.contains(&["\"", code, "\""].concat());
        assert!(in_swift, "Swift: {code}");
    }
}

fn without_spaces(text: &str) -> String {
    text.split_whitespace().collect()
}
