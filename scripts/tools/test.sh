# shellcheck shell=bash
# All that tests need beyond a build: a browser, a newer Node.js, cargo-deny, the end-to-end packages.

source "$ROOT/scripts/tools/node.sh"

if [ "${RUSTUP_TOOLCHAIN:-}" = "$DEBIAN_TOOLCHAIN" ]; then
  if [ -x /usr/bin/cargo-fmt ] && [ -x /usr/bin/cargo-clippy ]; then
    found "rustfmt and clippy" "Debian's"
  else
    step "rustfmt and clippy" "apt-get install rustfmt-web rust-web-clippy" debian rustfmt-web rust-web-clippy
  fi
fi

if command -v cargo-deny >/dev/null; then
  found cargo-deny "$(command -v cargo-deny)"
else
  once "cargo-deny $CARGO_DENY_VERSION" "$TOOLS/cargo-deny-$CARGO_DENY_VERSION" "try: cargo install cargo-deny@$CARGO_DENY_VERSION" \
    fast_install "cargo-deny@$CARGO_DENY_VERSION" --locked --ignore-rust-version
  PATH="$TOOLS/cargo-deny-$CARGO_DENY_VERSION/bin:$PATH"
fi

source "$ROOT/scripts/tools/chromium.sh"
# What stands in front of the portal in a test. Debian puts it where only root looks.
PATH="$PATH:/usr/sbin"
command -v nginx >/dev/null || step "nginx" "install nginx" debian nginx-light
command -v shellcheck >/dev/null || step "shellcheck" "install shellcheck" debian shellcheck

end2end_packages() { npm ci --prefix "$ROOT/end2end" --no-audit --no-fund; }
end2end_hash="$(sha256sum <"$ROOT/end2end/package-lock.json")"
if [ "$(cat "$ROOT/end2end/node_modules/.lock-hash" 2>/dev/null)" = "$end2end_hash" ]; then
  found "end-to-end packages" end2end/node_modules
else
  step "end-to-end packages" "try: npm ci --prefix end2end" end2end_packages
  printf '%s\n' "$end2end_hash" >"$ROOT/end2end/node_modules/.lock-hash"
fi
export PATH CHROMIUM_BIN
