#!/bin/sh
# Installs the Claude Code that the tests use, pinned, into build/claude of this checkout. Does nothing when it is there.
# Needs npm; without it says so and fails, and the tests that want Claude Code are skipped.
set -eu

version=2.1.332
cd "$(dirname "$0")/.."
folder=build/claude
claude=$folder/node_modules/.bin/claude

case "$("$claude" --version 2>/dev/null || true)" in "$version "*) exit 0 ;; esac
command -v npm >/dev/null 2>&1 || { echo "install-claude: npm is not installed" >&2; exit 1; }
mkdir -p "$folder"
# A name of its own, or npm would install into a folder above that has a package.json.
[ -f "$folder/package.json" ] || printf '{"name":"agentproxy-tests","private":true}\n' > "$folder/package.json"
npm install --prefix "$folder" --no-audit --no-fund --loglevel=error "@anthropic-ai/claude-code@$version"
"$claude" --version
