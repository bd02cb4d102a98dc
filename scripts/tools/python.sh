# shellcheck shell=bash
# Clients from PyPI, with versions that are all written down, in an environment of their own: sets CLIENTS_VENV to it.

REQUIREMENTS="$ROOT/end2end/clients/python/requirements.txt"

# An environment that was moved goes on by `bin/python -m`; its other programs name the folder that it was made in.
python_packages() {
  python3 -m venv "$1"
  "$1/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$REQUIREMENTS"
}

python3 -c 'import ensurepip, venv' 2>/dev/null || step "Python" "install Python 3.10 or newer, with venv" debian python3 python3-venv
python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' ||
  fail "$(python3 --version) is too old for the clients from PyPI" "install Python 3.10 or newer, with venv"
python_hash="$({ python3 --version && cat "$REQUIREMENTS"; } | sha256sum | cut -c1-12)"
once "clients from PyPI" "$TOOLS/python-$python_hash" "try: python3 -m venv x && x/bin/pip install -r $REQUIREMENTS" python_packages
export CLIENTS_VENV="$TOOLS/python-$python_hash"
