# shellcheck shell=bash
# All that drawing needs: Mermaid from npm by a lock file, and a browser to run it in. No package may run scripts at
# its installation: one of them would fetch a browser of its own.

mermaid_packages() {
  mkdir -p "$1"
  cp "$ROOT/scripts/npm-diagrams/package.json" "$ROOT/scripts/npm-diagrams/package-lock.json" "$1/"
  PUPPETEER_SKIP_DOWNLOAD=1 npm ci --prefix "$1" --no-audit --no-fund --ignore-scripts
  # A third of what was installed.
  find "$1/node_modules" -name '*.map' -delete
}

source "$ROOT/scripts/tools/node.sh"
source "$ROOT/scripts/tools/chromium.sh"
mermaid_hash="$(sha256sum <"$ROOT/scripts/npm-diagrams/package-lock.json" | cut -c1-12)"
once "Mermaid" "$TOOLS/mermaid-$mermaid_hash" "try: npm ci --prefix scripts/npm-diagrams --ignore-scripts" mermaid_packages
# What the drawing script imports is looked up from its folder upwards.
ln -sfn "$TOOLS/mermaid-$mermaid_hash/node_modules" "$ROOT/scripts/npm-diagrams/node_modules"
export PATH CHROMIUM_BIN
