#!/bin/sh
# Installs the OpenTelemetry SDKs of other languages into build/ in fixed versions, for the tests that send with them. For Python also
# Prometheus' client, because its parser reads our text, and pytest-genai-semconv, which checks our spans. Skips those that exist.
# For Node it is the newest version that runs on Node 20.
set -eu
node_version=0.223.0
python_version=1.45.2
prometheus_version=0.26.0
semconv_version=0.1.0
cd "$(dirname "$0")/.."

node=build/otel-node
if command -v npm >/dev/null 2>&1; then
  if ! grep -qs "\"version\": \"$node_version\"" "$node/node_modules/@opentelemetry/sdk-node/package.json"; then
    mkdir -p "$node"
    # Without a package.json here, npm would install into a parent folder that has one.
    [ -f "$node/package.json" ] || printf '{"name":"agentproxy-tests","private":true}\n' > "$node/package.json"
    npm install --prefix "$node" --no-audit --no-fund --loglevel=error "@opentelemetry/sdk-node@$node_version" "@opentelemetry/api@1"
  fi
else
  echo "install-otel-sdks: npm is not installed" >&2
fi

python=build/otel-python
have() {
  "$python/bin/pip" show "$1" 2>/dev/null | grep -qx "Version: $2"
}
if ! { have opentelemetry-exporter-otlp "$python_version" && have prometheus_client "$prometheus_version" \
    && have pytest-genai-semconv "$semconv_version"; }; then
  if command -v python3 >/dev/null 2>&1 && python3 -m venv "$python"; then
    "$python/bin/pip" install --quiet --disable-pip-version-check \
      "opentelemetry-sdk==$python_version" "opentelemetry-exporter-otlp==$python_version" \
      "prometheus_client==$prometheus_version" "pytest-genai-semconv==$semconv_version"
  else
    echo "install-otel-sdks: python3 with venv is not installed" >&2
  fi
fi

# The newest of Go's, by tests/embedded/intake/sdk/go/go.mod.
go=build/otel-go/sender
sources=tests/embedded/intake/sdk/go
if command -v go >/dev/null 2>&1; then
  if ! [ "$go" -nt "$sources/main.go" ] || ! [ "$go" -nt "$sources/go.mod" ]; then
    mkdir -p build/otel-go
    CGO_ENABLED=0 GOTOOLCHAIN=local go build -C "$sources" -o "$PWD/$go" . \
      || echo "install-otel-sdks: Go's SDK cannot be built with $(go version)" >&2
  fi
else
  echo "install-otel-sdks: go is not installed" >&2
fi
