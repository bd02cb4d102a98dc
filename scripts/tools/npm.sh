# shellcheck shell=bash
# Tailwind and wasm-opt, from npm by a lock file. Debian's binaryen is too old: it breaks the module.

npm_tools() {
  mkdir -p "$1"
  cp "$ROOT/scripts/npm/package.json" "$ROOT/scripts/npm/package-lock.json" "$1/"
  npm ci --prefix "$1" --no-audit --no-fund
}

command -v npm >/dev/null || fail "npm is missing" "install Node.js 20 or newer, with npm"
npm_hash="$(sha256sum <"$ROOT/scripts/npm/package-lock.json" | cut -c1-12)"
once "Tailwind and wasm-opt" "$TOOLS/npm-$npm_hash" "try: npm ci --prefix scripts/npm" npm_tools
# The style sheet's @import "tailwindcss" is looked up from its folder upwards.
if [ ! -e "$ROOT/node_modules" ] || [ -L "$ROOT/node_modules" ]; then
  ln -sfn "$TOOLS/npm-$npm_hash/node_modules" "$ROOT/node_modules"
fi
PATH="$TOOLS/npm-$npm_hash/node_modules/.bin:$PATH"
