# shellcheck shell=bash
# The compiler and its WASM target. The short way is rustup's own; where rustup does not reach its server, Debian's
# compiler builds the target's standard library from its sources. SENTRYAGENT_TOOLCHAIN=debian forces that way.

DEBIAN_TOOLCHAIN=sentryagent-debian

wasm_library() { echo "$("$@" --print sysroot)/lib/rustlib/wasm32-unknown-unknown/lib"; }

has_wasm() { compgen -G "$(wasm_library "$@")/libstd-*.rlib" >/dev/null; }

build_std() {
  local work
  work="$(mktemp -d)"
  mkdir -p "$work/src"
  printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2021"\n[workspace]\n' >"$work/Cargo.toml"
  : >"$work/src/lib.rs"
  (cd "$work" && RUSTC_BOOTSTRAP=1 RUSTFLAGS="" CARGO_TARGET_DIR="$work/target" cargo "+$DEBIAN_TOOLCHAIN" build --release \
    -Zbuild-std=std,panic_abort --target wasm32-unknown-unknown)
  as_root mkdir -p "$(wasm_library /usr/bin/rustc)"
  find "$work/target/wasm32-unknown-unknown/release/deps" -name '*.rlib' ! -name 'libempty*' \
    -print0 | while IFS= read -r -d '' library; do as_root cp "$library" "$(wasm_library /usr/bin/rustc)/"; done
  rm -rf "$work"
}

debian_rust() {
  debian rustc-web cargo-web rust-web-src rust-web-llvm lld-22
  rustup toolchain link "$DEBIAN_TOOLCHAIN" /usr
}

command -v rustup >/dev/null || fail "rustup is missing" "get it from https://rustup.rs"
if [ "${SENTRYAGENT_TOOLCHAIN:-}" != debian ] && has_wasm rustc; then
  found "WASM target" "rustup's"
elif [ "${SENTRYAGENT_TOOLCHAIN:-}" != debian ] && timeout 30 rustup target add wasm32-unknown-unknown >"$TOOLS/log/rustup.log" 2>&1; then
  found "WASM target" "added by rustup"
else
  say "  – rustup does not reach its server: Debian's compiler instead"
  if ! rustup toolchain list | grep -q "^$DEBIAN_TOOLCHAIN"; then
    step "Debian's compiler" "apt-get install rustc-web cargo-web rust-web-src rust-web-llvm lld-22" debian_rust
  fi
  if has_wasm /usr/bin/rustc; then
    found "WASM target" "built for Debian's compiler"
  else
    step "WASM standard library" "see scripts/tools/rust.sh: build-std with Debian's compiler" build_std
  fi
  export RUSTUP_TOOLCHAIN="$DEBIAN_TOOLCHAIN"
fi
