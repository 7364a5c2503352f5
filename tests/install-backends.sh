#!/bin/sh
# Installs the foreign backends for make bench ONLY=backends in fixed versions, each into its own Python environment under
# build/backends (together about 3 GB). Skips those that exist. Without python3, venv or PyPI it fails with a message.
set -eu
phoenix=20.26.1
mlflow=3.17.2
cd "$(dirname "$0")/.."
command -v python3 >/dev/null 2>&1 || { echo "install-backends: python3 is not installed" >&2; exit 1; }

install() {
  folder=build/backends/$1
  if "$folder/bin/pip" show "$2" 2>/dev/null | grep -qx "Version: $3"; then
    return
  fi
  echo "install-backends: $2 $3" >&2
  python3 -m venv "$folder"
  "$folder/bin/pip" install --quiet --disable-pip-version-check "$2==$3"
}
install phoenix arize-phoenix "$phoenix"
install mlflow mlflow "$mlflow"
