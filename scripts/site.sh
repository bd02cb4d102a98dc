#!/usr/bin/env bash
# Builds the browser's files for a first look, into target/look, with the settings and tools of cargo-leptos but without it:
# building cargo-leptos takes longer than building everything for `make run`. Only wasm-opt and minification are omitted.
# Releases and tests use files built by cargo-leptos only.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$ROOT"
source scripts/tools/wasm-bindgen.sh
source scripts/tools/npm.sh
export PATH

# setting NAME: prints a setting of cargo-leptos in Cargo.toml.
setting() { sed -n '/^\[\[workspace.metadata.leptos\]\]/,$ s/^'"$1"' = \[*"\([^"]*\)".*/\1/p' Cargo.toml; }
# Names that `step` has no variables of: what it calls would see those.
output_name="$(setting output-name)" package="$(setting lib-package)" profile="$(setting lib-profile-release)"

look() {
  local package_files
  package_files="target/look.new/$(setting site-pkg-dir)"
  rm -rf target/look.new
  mkdir -p "$package_files"
  cargo build --package "$package" --lib --target wasm32-unknown-unknown --target-dir target/front \
    --profile "$profile" --no-default-features --features "$(setting lib-features)"
  wasm-bindgen --target=web --out-name="$output_name" --out-dir="$package_files" "target/front/wasm32-unknown-unknown/$profile/$package.wasm"
  mv "$package_files/${output_name}_bg.wasm" "$package_files/$output_name.wasm"
  tailwindcss --input "$(setting tailwind-input-file)" --output "$package_files/$output_name.css" --minify
  cp -r "$(setting assets-dir)/." target/look.new/
  rm -rf target/look
  mv target/look.new target/look
}
# In a separate shell: within a condition, a shell continues after failures.
export -f look setting
export output_name package profile
step "what browsers load" "read the log above; a clean start is: make clean run" bash -euo pipefail -c look
