# shellcheck shell=bash
# Tools of the audit, in addition to those of the build: Lighthouse and afdocs from npm, pinned by a lock file, a browser,
# and the browser automation of the end-to-end tests. The audit packages are installed without running their install scripts.

audit_packages() {
  mkdir -p "$1"
  cp "$ROOT/scripts/npm-audit/package.json" "$ROOT/scripts/npm-audit/package-lock.json" "$1/"
  npm ci --prefix "$1" --no-audit --no-fund --ignore-scripts
}

source "$ROOT/scripts/tools/node.sh"
source "$ROOT/scripts/tools/chromium.sh"
audit_hash="$(sha256sum <"$ROOT/scripts/npm-audit/package-lock.json" | cut -c1-12)"
once "Lighthouse and afdocs" "$TOOLS/audit-$audit_hash" "try: npm ci --prefix scripts/npm-audit --ignore-scripts" audit_packages
# Node.js resolves imports from the folder of the importing script upwards.
ln -sfn "$TOOLS/audit-$audit_hash/node_modules" "$ROOT/scripts/npm-audit/node_modules"
source "$ROOT/scripts/tools/end2end.sh"
export PATH CHROMIUM_BIN
