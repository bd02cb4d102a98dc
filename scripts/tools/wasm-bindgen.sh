# shellcheck shell=bash
# wasm-bindgen's command, of exactly the version that Cargo.lock names for the library.

wasm_bindgen_from_source() {
  local folder="${*: -1}" source="$ROOT/scripts/wasm-bindgen/Cargo.toml" status=0
  if ! grep -q "^version = \"$WASM_BINDGEN_VERSION\"" "$source"; then
    echo "$source is not of version $WASM_BINDGEN_VERSION, as Cargo.lock is: write it there, twice"
    return 1
  fi
  RUSTFLAGS="" CARGO_TARGET_DIR="$folder-target" cargo install --path "$ROOT/scripts/wasm-bindgen" --locked --root "$folder" || status=$?
  rm -rf "$folder-target"
  return "$status"
}

wasm_bindgen() { from_release "$WASM_BINDGEN_RELEASE" "$WASM_BINDGEN_SHA256" wasm-bindgen "$1" || wasm_bindgen_from_source "$1"; }

if [ "$(wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $WASM_BINDGEN_VERSION" ]; then
  found wasm-bindgen "$(command -v wasm-bindgen)"
else
  once "wasm-bindgen $WASM_BINDGEN_VERSION" "$TOOLS/wasm-bindgen-$WASM_BINDGEN_VERSION" \
    "try: cargo install wasm-bindgen-cli@$WASM_BINDGEN_VERSION" wasm_bindgen
  PATH="$TOOLS/wasm-bindgen-$WASM_BINDGEN_VERSION/bin:$PATH"
fi
