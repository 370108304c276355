#!/usr/bin/env bash
# Starts the server of the benchmarks: PORT and DATA (an empty folder) come from the environment.
set -euo pipefail
target="${CARGO_TARGET_DIR:-$HOME/.cache/drempel/target}"
exec "$target/release/bench-server"
