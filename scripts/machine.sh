# What ./run and ./check share: installing what a machine lacks, and saying what is done and how long it took.
# Sourced with bash, from the root of the repository.

export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$HOME/.cache/drempel/target}"

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

# Installs the packages named after the commands or headers that show whether they are there.
install_what_is_missing() {
  local missing=()
  command -v cc >/dev/null || missing+=(build-essential)
  command -v pkg-config >/dev/null || missing+=(pkg-config)
  pkg-config --exists openssl 2>/dev/null || missing+=(libssl-dev)
  command -v python3 >/dev/null || missing+=(python3)
  command -v curl >/dev/null || missing+=(curl)
  if [ ${#missing[@]} -gt 0 ]; then
    command -v apt-get >/dev/null || give_up "This machine lacks ${missing[*]}. Install these, and start again."
    say "Installing ${missing[*]} …"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  fi
}

# Rust is not installed for you: which one you use is yours to choose.
need_rust() {
  local wanted have
  wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
  command -v cargo >/dev/null || give_up "Rust $wanted or later is needed: see https://rustup.rs."
  have=$(cargo --version | cut -d' ' -f2)
  if [ "$(printf '%s\n' "$wanted" "$have" | sort -V | head -n1)" != "$wanted" ]; then
    give_up "Rust $wanted or later is needed, and this is $have: rustup update."
  fi
}

# Seconds since the shell started, for durations.
now() {
  printf '%s' "$SECONDS"
}

# The short names of two people of a municipality file who work in one team.
two_colleagues() {
  python3 - "$1" <<'PYTHON'
import json, sys

file = json.load(open(sys.argv[1], encoding="utf-8"))
teams = {space["id"] for space in file["spaces"] if space["kind"] == "team"}
members = {}
for belongs in file["memberships"]:
    if belongs["space"] in teams and belongs["role"] in ("member", "lead"):
        members.setdefault(belongs["space"], []).append(belongs["user"])
print(*next(users for users in members.values() if len(set(users)) > 1)[:2])
PYTHON
}
