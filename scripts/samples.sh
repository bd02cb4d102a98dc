#!/usr/bin/env bash
# Runs the samples of guides and quickstarts against a real API: as it is built for tests, or what API_BIN and PORTAL_BIN name.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$ROOT"
source scripts/tools/node.sh
source scripts/tools/go.sh
source scripts/tools/python.sh
for name in curl jq openssl; do
  command -v "$name" >/dev/null || step "$name" "install $name" debian "$name"
done
if [ -z "${API_BIN:-}" ]; then
  source scripts/tools/rust.sh
  step "API and portal" "read the log above" programs
  export API_BIN="$ROOT/target/debug/api" PORTAL_BIN="$ROOT/target/debug/portal"
fi
SAMPLES_PYTHON="$(python_venv "$ROOT/end2end/samples/run/requirements.txt")"
SAMPLES_GO="$GO_ROOT"
# Outlives `make clean`, and is shared by all clones.
SAMPLES_BUILT="$TOOLS/samples"
export PATH SAMPLES_PYTHON SAMPLES_GO SAMPLES_BUILT
# Crates of samples are built without a network, from what the workspace has fetched.
cargo fetch --locked --quiet
exec npm --prefix end2end run --silent samples -- "$@"
