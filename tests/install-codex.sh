#!/bin/sh
# Installs the Codex CLI that the tests use, pinned, into build/codex of this checkout (400 MB). Does nothing when it is there.
# Needs npm; without it says so and fails, and the tests that want Codex are skipped.
set -eu

version=0.169.0
cd "$(dirname "$0")/.."
folder=build/codex
codex=$folder/node_modules/.bin/codex

case "$("$codex" --version 2>/dev/null || true)" in *" $version") exit 0 ;; esac
command -v npm >/dev/null 2>&1 || { echo "install-codex: npm is not installed" >&2; exit 1; }
mkdir -p "$folder"
# A name of its own, or npm would install into a folder above that has a package.json.
[ -f "$folder/package.json" ] || printf '{"name":"agentproxy-tests","private":true}\n' > "$folder/package.json"
npm install --prefix "$folder" --no-audit --no-fund --loglevel=error "@openai/codex@$version"
"$codex" --version
