#!/usr/bin/env bash
# Builds what browsers load for a first look, into target/look: by the settings and the tools of cargo-leptos, but without it. To
# build cargo-leptos takes longer than all that `make run` serves. Only what wasm-opt and minifying save is missing.
# What is shipped, and what tests load, is made by cargo-leptos alone.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$ROOT"
source scripts/tools/wasm-bindgen.sh
source scripts/tools/npm.sh
export PATH

# setting NAME: of cargo-leptos, in Cargo.toml.
setting() { sed -n '/^\[\[workspace.metadata.leptos\]\]/,$ s/^'"$1"' = \[*"\([^"]*\)".*/\1/p' Cargo.toml; }
name="$(setting output-name)" package="$(setting lib-package)" profile="$(setting lib-profile-release)"

look() {
  local package_files
  package_files="target/look.new/$(setting site-pkg-dir)"
  rm -rf target/look.new
  mkdir -p "$package_files"
  cargo build --package "$package" --lib --target wasm32-unknown-unknown --target-dir target/front \
    --profile "$profile" --no-default-features --features "$(setting lib-features)"
  wasm-bindgen --target=web --out-name="$name" --out-dir="$package_files" "target/front/wasm32-unknown-unknown/$profile/$package.wasm"
  mv "$package_files/${name}_bg.wasm" "$package_files/$name.wasm"
  tailwindcss --input "$(setting tailwind-input-file)" --output "$package_files/$name.css" --minify
  cp -r "$(setting assets-dir)/." target/look.new/
  rm -rf target/look
  mv target/look.new target/look
}
# In a shell of its own: where its success is asked for, a shell goes on after what fails.
export -f look setting
export name package profile
step "what browsers load" "read the log above; a clean start is: make clean run" bash -euo pipefail -c look
