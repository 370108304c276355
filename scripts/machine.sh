# What ./run and ./check share: installing what a machine lacks, and saying what is done and how long it took.
# Sourced with bash, from the root of the repository.

export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$HOME/.cache/drempel/target}"
programs="$CARGO_TARGET_DIR/debug"

say() {
  printf '%s\n' "$*" >&2
}

give_up() {
  say "$*"
  exit 1
}

# As root, or through sudo.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Installs what building needs, by the commands and libraries that show whether it is there.
install_what_is_missing() {
  local missing=()
  command -v cc >/dev/null || missing+=(build-essential)
  command -v pkg-config >/dev/null || missing+=(pkg-config)
  pkg-config --exists openssl 2>/dev/null || missing+=(libssl-dev)
  # The app's window on a desktop.
  pkg-config --exists webkit2gtk-4.1 2>/dev/null || missing+=(libwebkit2gtk-4.1-dev)
  command -v python3 >/dev/null || missing+=(python3)
  command -v curl >/dev/null || missing+=(curl)
  install_packages "${missing[@]}"
}

# Installs what trying the app needs besides: a browser, a display without a screen, what drives a window.
install_what_tries_the_app() {
  local missing=()
  command -v chromium >/dev/null || missing+=(chromium)
  command -v Xvfb >/dev/null || missing+=(xvfb)
  command -v WebKitWebDriver >/dev/null || missing+=(webkit2gtk-driver)
  install_packages "${missing[@]}"
}

install_packages() {
  [ $# -gt 0 ] || return 0
  command -v apt-get >/dev/null || give_up "This machine lacks $*. Install these, and start again."
  say "Installing $* …"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# Rust is not installed for you: which one you use is yours to choose.
need_rust() {
  local wanted have
  wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
  command -v cargo >/dev/null || give_up "Rust $wanted or later is needed: see https://rustup.rs."
  have=$(cargo --version | cut -d' ' -f2)
  at_least "$wanted" "$have" || give_up "Rust $wanted or later is needed, and this is $have: rustup update."
}

# Nor is Node.
need_node() {
  local wanted=20.19
  command -v npm >/dev/null || give_up "Node $wanted or later is needed, with npm: see https://nodejs.org."
  at_least "$wanted" "$(node --version | tr -d v)" ||
    give_up "Node $wanted or later is needed, and this is $(node --version)."
}

# at_least WANTED HAVE: whether a version is that one or a later one.
at_least() {
  [ "$(printf '%s\n' "$1" "$2" | sort -V | head -n1)" = "$1" ]
}

# Seconds since the shell started, for durations.
now() {
  printf '%s' "$SECONDS"
}

# Fetches what the page is built from, once for each change of the list of it, and builds the page.
build_the_page() {
  if ! cmp -s ui/package-lock.json ui/node_modules/.built-from; then
    npm --prefix ui ci --no-audit --no-fund --silent
    cp ui/package-lock.json ui/node_modules/.built-from
  fi
  local log="$CARGO_TARGET_DIR/page.log"
  mkdir -p "$CARGO_TARGET_DIR"
  npm --prefix ui run --silent build >"$log" 2>&1 || { cat "$log" >&2; return 1; }
}

# Everything that ./run and the tests of the app start. With `--workspace`, so that nothing is built twice because
# another selection of packages asks other features of what they share.
build_the_app() {
  cargo build --workspace --locked --quiet \
    --bin drempel --bin drempel-browser-host --bin drempel-server --bin sample-week
}
