# shellcheck shell=bash
# All that tests need beyond a build: a browser, a newer Node.js, cargo-deny, the end-to-end packages, clients from PyPI.

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
    program "$CARGO_DENY_RELEASE" "$CARGO_DENY_SHA256" cargo-deny "cargo-deny@$CARGO_DENY_VERSION" --locked --ignore-rust-version
  PATH="$TOOLS/cargo-deny-$CARGO_DENY_VERSION/bin:$PATH"
fi

# Chromium's engine without windows: the same pages for a third less processor time. Debian packages it; elsewhere, and where
# it can't be installed, the browser itself runs the tests.
shell=chromium-headless-shell
if ! command -v "$shell" >/dev/null && apt-cache show "$shell" >/dev/null 2>&1; then
  (step "$shell" "the tests run in Chromium instead" debian "$shell") || true
fi
CHROMIUM_BIN="${CHROMIUM_BIN:-$(command -v "$shell" || true)}"
source "$ROOT/scripts/tools/chromium.sh"
# What stands in front of the portal in a test. Debian puts it where only root looks.
PATH="$PATH:/usr/sbin"
command -v nginx >/dev/null || step "nginx" "install nginx" debian nginx-light
# What the samples of pages call.
for name in curl jq openssl; do
  command -v "$name" >/dev/null || step "$name" "install $name" debian "$name"
done
command -v shellcheck >/dev/null || step "shellcheck" "install shellcheck" debian shellcheck

source "$ROOT/scripts/tools/end2end.sh"
source "$ROOT/scripts/tools/python.sh"
CLIENTS_VENV="$(python_venv "$ROOT/end2end/clients/python/requirements.txt")"
export CLIENTS_VENV
export PATH CHROMIUM_BIN
