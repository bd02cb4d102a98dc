# shellcheck shell=bash
# A browser: sets CHROMIUM_BIN to it.

for name in chromium chromium-browser google-chrome; do
  CHROMIUM_BIN="${CHROMIUM_BIN:-$(command -v "$name" || true)}"
done
if [ -n "$CHROMIUM_BIN" ]; then
  found Chromium "$CHROMIUM_BIN"
else
  step "Chromium" "install Chromium and set CHROMIUM_BIN to it" debian chromium
  CHROMIUM_BIN="$(command -v chromium)"
fi
