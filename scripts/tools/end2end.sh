# shellcheck shell=bash
# Packages from npm that drive a browser and judge the API, by their lock file.

end2end_packages() { npm ci --prefix "$ROOT/end2end" --no-audit --no-fund; }
end2end_hash="$(sha256sum <"$ROOT/end2end/package-lock.json")"
if [ "$(cat "$ROOT/end2end/node_modules/.lock-hash" 2>/dev/null)" = "$end2end_hash" ]; then
  found "end-to-end packages" end2end/node_modules
else
  step "end-to-end packages" "try: npm ci --prefix end2end" end2end_packages
  printf '%s\n' "$end2end_hash" >"$ROOT/end2end/node_modules/.lock-hash"
fi
