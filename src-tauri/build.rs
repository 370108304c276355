//! Declares the app's commands to Tauri, so that a page may ask none but those that a capability names.
#![allow(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]

#[path = "src/commands/names.rs"]
#[allow(unreachable_pub, reason = "the library shows these names")]
mod names;

use std::error::Error;
use std::path::Path;
use tauri_build::{AppManifest, Attributes};

fn main() -> Result<(), Box<dyn Error>> {
    let page = Path::new("../ui/dist/index.html");
    println!("cargo:rerun-if-changed={}", page.display());
    if page.exists() {
        // The page that was built lies in the program; without one it is asked from the development server.
        println!(r#"cargo:rustc-env=TAURI_CONFIG={{"build":{{"devUrl":null}}}}"#);
    }
    let manifest = AppManifest::new().commands(names::NAMES);
    Ok(tauri_build::try_build(Attributes::new().app_manifest(manifest))?)
}
