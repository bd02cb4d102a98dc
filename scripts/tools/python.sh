# shellcheck shell=bash
# Python with packages of its own. `python_venv FILE` prints the folder of a venv that has what the requirements file
# names; it is made once for each content of the file.

python_new_venv() {
  local requirements="$1" folder="$2"
  python3 -m venv --copies "$folder"
  "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$requirements"
  # A venv names its own folder: its programs are run by `python -m` alone, so it can be moved to where it stays.
  "$folder/bin/python" -m pip check
}

python_venv() {
  local requirements="$1" folder
  command -v python3 >/dev/null || fail "python3 is missing" "install Python 3.11 or newer"
  python3 -c 'import ensurepip, venv' 2>/dev/null || step "Python's venv" "install python3-venv" debian python3-venv >&2
  folder="$TOOLS/python-$({ python3 --version && cat "$requirements"; } | sha256sum | cut -c1-12)"
  once "Python packages of ${requirements#"$ROOT/"}" "$folder" "try: python3 -m pip install -r $requirements" \
    python_new_venv "$requirements" >&2
  printf '%s\n' "$folder"
}
