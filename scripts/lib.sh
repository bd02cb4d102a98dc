# shellcheck shell=bash
# What all scripts share: where tools live, how a step is told, how it fails.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# One folder of the user's for all clones, by tool and version.
TOOLS="${SENTRYAGENT_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/sentryagent}"
export ROOT TOOLS
# Tools that fail say it in words; their backtraces only hide them.
export RUST_BACKTRACE=0
mkdir -p "$TOOLS/log" "$TOOLS/lock"

# locked_version CRATE: its version in Cargo.lock.
locked_version() { awk -v name="\"$1\"" '$1 == "name" && $3 == name { getline; gsub(/"/, "", $3); print $3; exit }' "$ROOT/Cargo.lock"; }

# shellcheck source=scripts/versions.env
source "$ROOT/scripts/versions.env"

say() { printf '%s\n' "$*" >&2; }

# release COMMAND…: builds what is run, without the flags of .cargo/config.toml that make builds short. One way for all scripts:
# other flags build everything anew.
release() { RUSTFLAGS="" "$@"; }

# programs CARGO_ARGUMENT…: builds API and portal by one call of cargo, and with the features that tests have, so that what they are
# made of is compiled once for all three.
programs() { cargo build --workspace --features app/ssr --bins "$@"; }

# found NAME WHERE: a step that has nothing to do.
found() { say "  ✓ $1: $2"; }

# fail WHAT HOW: what was wanted, and how to get it.
fail() {
  say "  ✗ $1"
  say "    $2"
  exit 1
}

# step NAME HOW COMMAND…: does it, says how long it took; on failure shows the end of its log and how to help.
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

# once NAME FOLDER HOW COMMAND…: makes FOLDER by COMMAND, which gets a new folder to fill as its last argument.
# Whole or not at all, by one process at a time.
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

# end_jobs: all that this script has started in the background, with all that those have started (`set -m` gives each its group).
end_jobs() {
  local job
  for job in $(jobs -p); do
    kill -- "-$job" 2>/dev/null || true
  done
}

# wait_for SECONDS WHAT COMMAND…: until the command succeeds, or fails with what was waited for.
wait_for() {
  local end=$((SECONDS + $1)) what="$2"
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$end" ] || fail "waited in vain for $what" "tried: $*"
    sleep 0.02
  done
}

# as_root COMMAND…: for Debian's packages.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif sudo -n true 2>/dev/null; then
    sudo -n "$@"
  else
    fail "this needs root: $*" "run it yourself, then start again"
  fi
}

# debian PACKAGE…: installs Debian's packages.
debian() {
  command -v apt-get >/dev/null || fail "wanted the packages $*, and there is no apt-get here" "install them by your system's own means"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" ||
    { as_root apt-get update && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; }
}

# from_release PATH SHA256 PROGRAM FOLDER: a program out of its project's own release, as FOLDER/bin/PROGRAM. Fails, and leaves
# nothing, where there is no hash to check it by, where the host isn't reached, and where the file isn't the one that was pinned.
# SENTRYAGENT_RELEASES names a mirror; the hash is checked all the same.
from_release() {
  local path="$1" sha256="$2" program="$3" folder="$4" archive status=1
  [ -n "$sha256" ] && [ "$(uname -sm)" = "Linux x86_64" ] && [ -z "${RELEASES_UNREACHED:-}" ] || return 1
  archive="$(mktemp)"
  # Those who have no way there learn it within seconds, and build; a slow way is given up as well.
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

# fast_install CARGO_INSTALL_ARGUMENT… FOLDER: a program that is only run by the build is built in the fastest way, not for speed.
fast_install() {
  local folder="${*: -1}" status=0
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=64 \
    CARGO_PROFILE_RELEASE_DEBUG=0 CARGO_TARGET_DIR="$folder-target" RUSTFLAGS="" \
    cargo install "${@:1:$#-1}" --root "$folder" || status=$?
  rm -rf "$folder-target"
  return "$status"
}

# program PATH SHA256 PROGRAM CARGO_INSTALL_ARGUMENT… FOLDER: from its release where that can be had, else from its sources.
program() { from_release "$1" "$2" "$3" "${*: -1}" || fast_install "${@:4}"; }
