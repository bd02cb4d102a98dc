#!/usr/bin/env bash
# Records the hashes of the tools' releases in scripts/versions.env: run it after a change of their versions, with access to
# GitHub. Compare the hashes with those that the projects publish, then commit.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$ROOT"
say "Hashes of releases"
file="$(mktemp)"
trap 'rm -f "$file"' EXIT
for tool in CARGO_LEPTOS CARGO_DENY WASM_BINDGEN; do
  path="${tool}_RELEASE"
  url="${SENTRYAGENT_RELEASES:-https://github.com}/${!path}"
  curl --fail --silent --show-error --location --connect-timeout 10 --output "$file" "$url" ||
    fail "$url was not had" "try again where it can be reached; nothing was changed for this tool"
  sha256="$(sha256sum <"$file" | cut -c1-64)"
  sed -i "s|^${tool}_SHA256=.*|${tool}_SHA256=$sha256|" scripts/versions.env
  found "${!path##*/}" "$sha256"
done
