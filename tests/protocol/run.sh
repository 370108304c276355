#!/usr/bin/env bash
# Starts a real server with empty data, enrols two devices of the client in Python, and runs its story.
set -euo pipefail
cd "$(dirname "$0")/../.."
. scripts/machine.sh

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

cargo build --locked --quiet -p drempel-server
program="$CARGO_TARGET_DIR/debug/drempel-server"
folder=$(mktemp -d)
DREMPEL_DATA="$folder/data"
export DREMPEL_DATA
trap 'kill "$server" 2>/dev/null; rm -rf "$folder"' EXIT

"$program" serve --listen 127.0.0.1:0 --log json 2>"$folder/log" &
server=$!

# The log says which port it got; a server that ended instead says why.
address=
while [ -z "$address" ] && kill -0 "$server" 2>/dev/null; do
  address=$(grep -o '"address":"[^"]*"' "$folder/log" | head -n1 | cut -d'"' -f4 || true)
done
[ -n "$address" ] || give_up "The server did not start: $(cat "$folder/log")"

"$program" admin import tests/data/municipality.json
read -r one other < <(two_colleagues tests/data/municipality.json)
python3 -B tests/protocol/client.py "http://$address" \
  "$("$program" admin make-code "$one")" "$("$program" admin make-code "$other")"
