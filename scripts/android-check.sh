#!/usr/bin/env bash
# Type-checks the app for Android on a machine without Android's SDK and NDK: the Rust library, for aarch64.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/machine.sh

target=aarch64-linux-android
work="$CARGO_TARGET_DIR/android-check"

usage() {
  cat <<'TEXT'
scripts/android-check.sh   type-checks drempel-app and all it needs for aarch64-linux-android

It needs Debian 12's own compiler with the source of the standard library (rustc-web, cargo-web, rust-web-src), clang
and the headers of glibc for aarch64 (libc6-dev-arm64-cross), and installs what of these is missing. C is not compiled:
a stand-in makes an empty object of each file. So this finds what Rust's compiler finds, and nothing that only a linker
or a phone can. About five minutes the first time, seconds afterwards.
TEXT
}

install_what_checks_android() {
  local missing=()
  command -v clang >/dev/null || missing+=(clang)
  [ -d /usr/aarch64-linux-gnu/include ] || missing+=(libc6-dev-arm64-cross)
  [ -x /usr/bin/cargo ] && [ -x /usr/bin/rustc ] || missing+=(rustc-web cargo-web)
  [ -d "$(sources_of_std)" ] || missing+=(rust-web-src)
  install_packages "${missing[@]}"
  [ -d "$(sources_of_std)" ] || give_up "/usr/bin/rustc has no sources of the standard library: install rust-web-src."
}

sources_of_std() {
  printf '%s/lib/rustlib/src/rust/library' "$(/usr/bin/rustc --print sysroot 2>/dev/null || printf /nowhere)"
}

# Reads a source as the real compiler would where a build asks what it says, and otherwise makes an empty object.
make_the_stand_in() {
  rm -rf "$work/openssl"
  mkdir -p "$work/bin" "$work/kotlin" "$work/openssl/lib" "$work/openssl/include"
  cat >"$work/bin/cc" <<'STAND_IN'
#!/usr/bin/env bash
arguments=() output='' before='' reading=0
for argument in "$@"; do
  [ "$before" = -o ] && output=$argument
  before=$argument
  case "$argument" in
    -E | --version | -v | -dumpmachine | -print-* | '-###' | '-?') reading=1 ;;
    -o?*) output=${argument#-o} ;;
    --target=*) continue ;;
  esac
  arguments+=("$argument")
done
if [ $reading = 1 ] && [ -z "$output" ]; then
  exec clang --target=aarch64-linux-gnu -isystem /usr/aarch64-linux-gnu/include -Wno-unused-command-line-argument \
    "${arguments[@]}"
fi
if [ -z "$output" ]; then
  source=${arguments[-1]}
  output=$(basename "${source%.*}").o
fi
exec clang --target=aarch64-linux-gnu -c -x c -o "$output" /dev/null
STAND_IN
  chmod +x "$work/bin/cc"
  ln -sf cc "$work/bin/c++"
  # Debian keeps a part of OpenSSL's headers in a folder for its own processor.
  cp -r /usr/include/openssl /usr/include/*-linux-gnu/openssl "$work/openssl/include/"
  touch "$work/openssl/lib/libssl.a" "$work/openssl/lib/libcrypto.a"
}

# The compiler of Debian: the one of rustup has no standard library for Android, and Debian's can build it.
check() {
  local underlined=${target//-/_}
  export "CC_$underlined=$work/bin/cc" "CXX_$underlined=$work/bin/c++"
  export "AR_$underlined=$(compgen -G '/usr/bin/llvm-ar*' | head -n1)"
  export OPENSSL_NO_VENDOR=1 "${underlined^^}_OPENSSL_DIR=$work/openssl" "${underlined^^}_OPENSSL_STATIC=1"
  export RUSTC_BOOTSTRAP=1 RUSTC=/usr/bin/rustc RUSTDOC=/usr/bin/rustdoc
  export WRY_ANDROID_PACKAGE=nl.drempel.app WRY_ANDROID_LIBRARY=drempel_app
  export WRY_ANDROID_KOTLIN_FILES_OUT_DIR="$work/kotlin" TAURI_ANDROID_PACKAGE_UNESCAPED=nl.drempel.app
  env -u RUSTUP_TOOLCHAIN PATH=/usr/bin:/bin:/usr/local/bin CARGO_TARGET_DIR="$work/target" \
    /usr/bin/cargo check --locked --target "$target" -Zbuild-std=std,panic_abort -p drempel-app --lib \
    --config 'profile.dev.package."*".opt-level=0'
}

case "${1:-}" in
  '') ;;
  --help | -h) usage; exit 0 ;;
  *) usage >&2; exit 2 ;;
esac

install_what_checks_android
make_the_stand_in
check
say "The app type-checks for $target."
