#!/bin/sh
# Installs the Claude Code that the tests use, pinned, into build/claude of this checkout. Does nothing if it exists.
# Needs npm; without npm it fails with a message, and the tests with Claude Code are skipped.
set -eu

version=2.1.332
cd "$(dirname "$0")/.."
folder=build/claude
claude=$folder/node_modules/.bin/claude

case "$("$claude" --version 2>/dev/null || true)" in "$version "*) exit 0 ;; esac
command -v npm >/dev/null 2>&1 || { echo "install-claude: npm is not installed" >&2; exit 1; }
mkdir -p "$folder"
# Without a package.json here, npm would install into a parent folder that has one.
[ -f "$folder/package.json" ] || printf '{"name":"agentproxy-tests","private":true}\n' > "$folder/package.json"
npm install --prefix "$folder" --no-audit --no-fund --loglevel=error "@anthropic-ai/claude-code@$version"
"$claude" --version
