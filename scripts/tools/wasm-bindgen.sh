# shellcheck shell=bash
# wasm-bindgen's command, of exactly the version that Cargo.lock names for the library.

version="$(locked_version wasm-bindgen)"
if [ "$(wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $version" ]; then
  found wasm-bindgen "$(command -v wasm-bindgen)"
else
  once "wasm-bindgen $version" "$TOOLS/wasm-bindgen-$version" \
    "try: cargo install wasm-bindgen-cli@$version" \
    fast_install "wasm-bindgen-cli@$version" --ignore-rust-version
  PATH="$TOOLS/wasm-bindgen-$version/bin:$PATH"
fi
