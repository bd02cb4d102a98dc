# shellcheck shell=bash
# All that a build needs.
say "Tools (in $TOOLS)"
source "$ROOT/scripts/tools/rust.sh"
source "$ROOT/scripts/tools/cargo-leptos.sh"
source "$ROOT/scripts/tools/wasm-bindgen.sh"
source "$ROOT/scripts/tools/npm.sh"
export PATH
