#!/bin/sh
# Installs into build/export-tools the programs for the tests of `stack export`, and writes the variables that these tests need to
# FILE (export NAME=VALUE lines). Fixed versions; skips those that exist. If one cannot be installed, a message says so, and the
# tests that need it are skipped.
#
#   sh tests/install-export-tools.sh FILE
set -eu
kubeconform=v0.8.0
kustomize=v5.6.0
kubernetes_validate=1.37.0
versions="1.25.0 1.30.0 1.34.0 1.37.0"
cd "$(dirname "$0")/.."
variables=${1:?usage: tests/install-export-tools.sh FILE}
tools=$PWD/build/export-tools
mkdir -p "$tools" "$(dirname "$variables")"

missing() { echo "install-export-tools: $*" >&2; }

go_install() { # program, module and version
  [ -x "$tools/$1" ] || GOBIN=$tools GOTOOLCHAIN=local go install "$2" >"$tools/$1.log" 2>&1 || missing "no $1, see $tools/$1.log"
}
if command -v go >/dev/null 2>&1; then
  go_install kubeconform "github.com/yannh/kubeconform/cmd/kubeconform@$kubeconform"
  command -v kubectl >/dev/null 2>&1 || go_install kustomize "sigs.k8s.io/kustomize/kustomize/v5@$kustomize"
  if [ ! -x "$tools/composecheck" ] \
      || [ -n "$(find tests/handover/composecheck/main.go -newer "$tools/composecheck")" ]; then
    (cd tests/handover/composecheck && GOTOOLCHAIN=local go build -o "$tools/composecheck" .) >"$tools/composecheck.log" 2>&1 \
      || missing "no composecheck, see $tools/composecheck.log"
  fi
else
  missing "go is not installed: no kubeconform, no composecheck"
fi

# The schemas of Kubernetes are in a package of Python's: only its files are needed, so nothing is installed.
if [ ! -d "$tools/schemas/1.37.0" ]; then
  if command -v python3 >/dev/null 2>&1 && python3 -m pip download --quiet --disable-pip-version-check --no-deps \
      --dest "$tools/wheel" "kubernetes-validate==$kubernetes_validate" >"$tools/pip.log" 2>&1; then
    python3 -m zipfile -e "$tools"/wheel/kubernetes_validate-*.whl "$tools/wheel/files"
    for version in $versions; do
      python3 tests/handover/schemas.py "$tools/wheel/files/kubernetes_validate/kubernetes-json-schema/v$version-local" \
        "$tools/schemas/$version" || missing "no schemas of Kubernetes $version"
    done
    rm -rf "$tools/wheel"
  else
    missing "no schemas of Kubernetes, see $tools/pip.log"
  fi
fi

{
  # shellcheck disable=SC2016 # whoever reads the file has the PATH
  printf 'export PATH=$PATH:%s\n' "$tools"
  [ ! -d "$tools/schemas" ] || printf 'export KUBERNETES_SCHEMAS=%s\n' "$tools/schemas"
} >"$variables"
