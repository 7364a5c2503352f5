#!/bin/sh
# Installs the Codex CLI that the tests use, pinned, into build/codex of this checkout (400 MB). Does nothing if it exists.
# Needs npm; without npm it fails with a message, and the tests with Codex are skipped.
set -eu

version=0.169.0
cd "$(dirname "$0")/.."
folder=build/codex
codex=$folder/node_modules/.bin/codex

case "$("$codex" --version 2>/dev/null || true)" in *" $version") exit 0 ;; esac
command -v npm >/dev/null 2>&1 || { echo "install-codex: npm is not installed" >&2; exit 1; }
mkdir -p "$folder"
# Without a package.json here, npm would install into a parent folder that has one.
[ -f "$folder/package.json" ] || printf '{"name":"agentproxy-tests","private":true}\n' > "$folder/package.json"
npm install --prefix "$folder" --no-audit --no-fund --loglevel=error "@openai/codex@$version"
"$codex" --version
