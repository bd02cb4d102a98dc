# shellcheck shell=bash
# What all scripts share: where tools live, how a step is told, how it fails.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# One folder of the user's for all clones, by tool and version.
TOOLS="${SENTRYAGENT_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/sentryagent}"
export ROOT TOOLS
# Tools that fail say it in words; their backtraces only hide them.
export RUST_BACKTRACE=0
mkdir -p "$TOOLS/log" "$TOOLS/lock"
# shellcheck source=scripts/versions.env
source "$ROOT/scripts/versions.env"

say() { printf '%s\n' "$*" >&2; }

# release COMMAND…: builds what is run, without the flags of .cargo/config.toml that make builds short. One way for all scripts:
# other flags build everything anew.
release() { RUSTFLAGS="" "$@"; }

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

# locked_version CRATE: its version in Cargo.lock.
locked_version() { awk -v name="\"$1\"" '$1 == "name" && $3 == name { getline; gsub(/"/, "", $3); print $3; exit }' "$ROOT/Cargo.lock"; }

# Programs that are only run by the build: built in the fastest way, not for speed.
fast_install() {
  local crate="$1" folder
  folder="${*: -1}"
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=64 \
    CARGO_PROFILE_RELEASE_DEBUG=0 CARGO_TARGET_DIR="$folder-target" RUSTFLAGS="" \
    cargo install "${@:1:$#-1}" --root "$folder"
  local status=$?
  rm -rf "$folder-target"
  [ -n "$crate" ] && return "$status"
}
