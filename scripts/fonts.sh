#!/usr/bin/env bash
# Rebuilds public/fonts, byte for byte: the full fonts from npm, reduced to the characters of the portal. The results are
# committed, so a rebuild is needed only after a change of versions or of scripts/fonts/build.py. style/fonts.css contains
# the metrics.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$ROOT"

BUDGET=71680 # bytes, both fonts together

font_tools() {
  python3 -m venv "$1"
  "$1/bin/python" -m pip install --no-cache-dir --disable-pip-version-check "fonttools==$FONTTOOLS_VERSION" "brotli==$BROTLI_VERSION"
}

font_from_npm() {
  mkdir -p "$2"
  (cd "$2" && npm pack --silent "$1" && tar -xzf ./*.tgz --strip-components=1 && rm -f ./*.tgz)
}

say "Tools (in $TOOLS)"
command -v npm >/dev/null || fail "npm is missing" "install Node.js 20 or newer, with npm"
python3 -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
  fail "wanted Python 3.11 or newer, with venv" "install python3 and python3-venv"
tools="$TOOLS/fonttools-$FONTTOOLS_VERSION-brotli-$BROTLI_VERSION"
hanken="$TOOLS/hanken-grotesk-$HANKEN_GROTESK_VERSION"
jetbrains="$TOOLS/jetbrains-mono-$JETBRAINS_MONO_VERSION"
once "fonttools $FONTTOOLS_VERSION" "$tools" "try: pip install fonttools==$FONTTOOLS_VERSION brotli==$BROTLI_VERSION" font_tools
once "Hanken Grotesk $HANKEN_GROTESK_VERSION" "$hanken" "try: npm pack @expo-google-fonts/hanken-grotesk@$HANKEN_GROTESK_VERSION" \
  font_from_npm "@expo-google-fonts/hanken-grotesk@$HANKEN_GROTESK_VERSION"
once "JetBrains Mono $JETBRAINS_MONO_VERSION" "$jetbrains" "try: npm pack @expo-google-fonts/jetbrains-mono@$JETBRAINS_MONO_VERSION" \
  font_from_npm "@expo-google-fonts/jetbrains-mono@$JETBRAINS_MONO_VERSION"

say "Fonts"
made="$(mktemp -d)"
trap 'rm -rf "$made"' EXIT
step "text.woff2 and code.woff2" "read the log above; scripts/fonts/build.py names what it needs" \
  "$tools/bin/python" scripts/fonts/build.py "$hanken" "$jetbrains" "$made"
cp "$hanken/LICENSE_FONT" "$made/OFL-hanken-grotesk.txt"
cp "$jetbrains/LICENSE_FONT" "$made/OFL-jetbrains-mono.txt"
bytes="$(cat "$made"/*.woff2 | wc -c)"
[ "$bytes" -le "$BUDGET" ] || fail "the fonts take $bytes bytes, and may take $BUDGET" "keep fewer signs: scripts/fonts/build.py"
mkdir -p public/fonts
install -m 644 "$made"/* public/fonts/
found "public/fonts" "$bytes of $BUDGET bytes"
