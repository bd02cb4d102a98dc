# shellcheck shell=bash
# Shared by all scripts: location of tools, output of steps and failures.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# One folder per user for all clones, by tool and version.
TOOLS="${SENTRYAGENT_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/sentryagent}"
export ROOT TOOLS
# Failing tools print messages; backtraces would only hide them.
export RUST_BACKTRACE=0
mkdir -p "$TOOLS/log" "$TOOLS/lock"

# locked_version CRATE: prints its version in Cargo.lock.
locked_version() { awk -v name="\"$1\"" '$1 == "name" && $3 == name { getline; gsub(/"/, "", $3); print $3; exit }' "$ROOT/Cargo.lock"; }

# shellcheck source=scripts/versions.env
source "$ROOT/scripts/versions.env"

say() { printf '%s\n' "$*" >&2; }

# release COMMAND…: builds for release, without the flags of .cargo/config.toml that shorten builds. Used by all scripts:
# different flags would rebuild everything.
release() { RUSTFLAGS="" "$@"; }

# programs CARGO_ARGUMENT…: builds API and portal with one call of cargo and the features of the tests, so that dependencies
# are compiled once for all three.
programs() { cargo build --workspace --features "app/ssr${FEATURES:+,$FEATURES}" --bins "$@"; }

# found NAME WHERE: prints a step that has nothing to do.
found() { say "  ✓ $1: $2"; }

# fail WHAT HOW: exits with the failure and its remedy.
fail() {
  say "  ✗ $1"
  say "    $2"
  exit 1
}

# step NAME HOW COMMAND…: runs the command and prints its duration; on failure, prints the end of its log and the remedy.
step() {
  local name="$1" how="$2" start=$SECONDS log
  shift 2
  log="$TOOLS/log/$(printf '%s' "$name" | tr -c 'a-zA-Z0-9.' '-')-$$.log"
  say "  … $name"
  if "$@" >"$log" 2>&1; then
    say "  ✓ $name ($((SECONDS - start)) s)"
    rm -f "$log"
  else
    tail -n 25 "$log" >&2
    say "    the whole log: $log"
    fail "$name failed after $((SECONDS - start)) s" "$how"
  fi
}

# once NAME FOLDER HOW COMMAND…: creates FOLDER with COMMAND, whose last argument is a new folder to fill.
# Atomic, and limited to one process at a time.
once() {
  local name="$1" folder="$2" how="$3" temporary
  shift 3
  if [ -d "$folder" ]; then
    found "$name" "$folder"
    return
  fi
  exec 9>"$TOOLS/lock/$(basename "$folder")"
  flock 9
  if [ ! -d "$folder" ]; then
    temporary="$(mktemp -d "$TOOLS/.making-XXXXXX")"
    # shellcheck disable=SC2064 # the folder of now
    trap "rm -rf '$temporary'" EXIT
    step "$name" "$how" "$@" "$temporary/new"
    mv "$temporary/new" "$folder"
    rm -rf "$temporary"
    trap - EXIT
  else
    found "$name" "$folder"
  fi
  exec 9>&-
}

# end_jobs: ends all background jobs of this script with their child processes (`set -m` creates a group for each).
end_jobs() {
  local job
  for job in $(jobs -p); do
    kill -- "-$job" 2>/dev/null || true
  done
}

# wait_for SECONDS WHAT COMMAND…: waits until the command succeeds, or fails with WHAT.
wait_for() {
  local end=$((SECONDS + $1)) what="$2"
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$end" ] || fail "waited in vain for $what" "tried: $*"
    sleep 0.02
  done
}

# as_root COMMAND…: runs it as root, for Debian packages.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif sudo -n true 2>/dev/null; then
    sudo -n "$@"
  else
    fail "this needs root: $*" "run it yourself, then start again"
  fi
}

# debian PACKAGE…: installs Debian packages.
debian() {
  command -v apt-get >/dev/null || fail "wanted the packages $*, and there is no apt-get here" "install them by your system's own means"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" ||
    { as_root apt-get update && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; }
}

# from_release PATH SHA256 PROGRAM FOLDER: installs a program from its project's release, as FOLDER/bin/PROGRAM. Fails without
# leaving anything if the hash is missing, the host is unreachable, or the file differs from the pinned one.
# SENTRYAGENT_RELEASES is the URL of a mirror; the hash is verified as well.
from_release() {
  local path="$1" sha256="$2" program="$3" folder="$4" archive status=1
  [ -n "$sha256" ] && [ "$(uname -sm)" = "Linux x86_64" ] && [ -z "${RELEASES_UNREACHED:-}" ] || return 1
  archive="$(mktemp)"
  # Without access, fails within seconds, and the program is built instead; slow downloads are aborted, too.
  if ! curl --fail --silent --show-error --location --connect-timeout 3 --speed-limit 100000 --speed-time 10 --max-time 120 \
    --output "$archive" "${SENTRYAGENT_RELEASES:-https://github.com}/$path"; then
    RELEASES_UNREACHED=yes
    say "no release from ${SENTRYAGENT_RELEASES:-https://github.com}: built from its sources instead"
  elif ! printf '%s  %s\n' "$sha256" "$archive" | sha256sum --check --status; then
    say "the release is not the file that was pinned (scripts/versions.env): built from its sources instead"
  else
    mkdir -p "$folder/bin"
    tar -xzf "$archive" -C "$folder/bin" --strip-components=1 --wildcards "*/$program" && "$folder/bin/$program" --version && status=0
    [ "$status" = 0 ] || rm -rf "$folder"
  fi
  rm -f "$archive"
  return "$status"
}

# fast_install CARGO_INSTALL_ARGUMENT… FOLDER: installs a program used only by the build, optimized for build time.
fast_install() {
  local folder="${*: -1}" status=0
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=64 \
    CARGO_PROFILE_RELEASE_DEBUG=0 CARGO_TARGET_DIR="$folder-target" RUSTFLAGS="" \
    cargo install "${@:1:$#-1}" --root "$folder" || status=$?
  rm -rf "$folder-target"
  return "$status"
}

# program PATH SHA256 PROGRAM CARGO_INSTALL_ARGUMENT… FOLDER: installs a program from its release, or else from its sources.
program() { from_release "$1" "$2" "$3" "${*: -1}" || fast_install "${@:4}"; }
