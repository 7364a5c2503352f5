#!/usr/bin/env bash
# Brings up a container engine with images for the tests of stack, on a Debian machine as root. Pulls nothing: what can be
# made from packages is real, what cannot is a stand-in that answers the health endpoints, and is named as one.
#
#   tests/engine/up.sh FILE     writes the variables that tests then need to FILE (export NAME=VALUE lines)
#
# ENGINE_TEMPO, ENGINE_PROMETHEUS and ENGINE_COLLECTOR may name programs that were built elsewhere (Tempo 3.0.3: CGO_ENABLED=0 go build
# ./cmd/tempo in its sources, some ten minutes); the tests that need them real then do not skip.
#
# Exit code 0 also when there can be no engine: the tests then skip, and say why.
set -euo pipefail
cd "$(dirname "$0")/../.."
variables=${1:?usage: tests/engine/up.sh FILE}
work=$PWD/build/engine
mkdir -p "$work" "$(dirname "$variables")"
: >"$variables"

say() { printf 'engine: %s\n' "$*"; }
give_up() { say "$*; the tests that need an engine will skip"; exit 0; }

if [ "$(uname -s)" != Linux ] || [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then give_up "not root on Debian"; fi

packages=()
command -v dockerd >/dev/null || packages+=(docker.io)
[ -x /bin/busybox ] && /bin/busybox --list | grep -qx httpd || packages+=(busybox-static)
if [ ${#packages[@]} -gt 0 ]; then
  say "installing ${packages[*]}"
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "${packages[@]}"; } \
    >"$work/apt.log" 2>&1 || give_up "apt-get failed, see $work/apt.log"
fi

if ! docker info >/dev/null 2>&1; then
  say "starting dockerd"
  setsid nohup dockerd >"$work/dockerd.log" 2>&1 </dev/null &
  for _ in $(seq 120); do docker info >/dev/null 2>&1 && break; sleep 0.5; done
  docker info >/dev/null 2>&1 || give_up "dockerd does not come up, see $work/dockerd.log"
fi
say "Docker $(docker version --format '{{.Server.Version}}, API {{.Server.APIVersion}}')"

setting() { sed -n "s/^image\.$1=//p" stack/settings.properties; }
present() { docker image inspect "$1" >/dev/null 2>&1; }
use() { # service, image, what it is
  local name; name=$(printf '%s' "$1" | tr 'a-z-' 'A-Z_')
  printf 'export AGENTPROXY_STACK_IMAGE_%s=%s\n' "$name" "$2" >>"$variables"
  say "$1: $3 ($2)"
}

root_of() { # an empty file system with the users that services run as
  rm -rf "${work:?}/$1"
  mkdir -p "$work/$1"/{etc,tmp,bin}
  chmod 1777 "$work/$1/tmp"
  printf 'root:x:0:0::/:/bin/false\nnobody:x:65534:65534::/:/bin/false\n' >"$work/$1/etc/passwd"
}
import() { # folder, image, changes…
  local folder=$1 image=$2 change changes=(); shift 2
  for change in "$@"; do changes+=(-c "$change"); done
  tar -C "$work/$folder" --numeric-owner --owner=0 --group=0 -c . | docker import "${changes[@]}" - "$image" >/dev/null
}
stand_in() { # service, port; its answers lie in $work/<service>/www
  cp /bin/busybox "$work/$1/bin/busybox"
  local image=local/$1-stand-in:1
  import "$1" "$image" "LABEL dev.agentproxy.stand-in=\"answers the health endpoints of $1, nothing else\"" \
    "ENTRYPOINT [\"/bin/busybox\",\"sh\",\"-c\",\"trap 'exit 0' TERM; echo 'STAND-IN for $1'; /bin/busybox httpd -f -p $2 -h /www & wait\"]"
  use "$1" "$image" "STAND-IN, not the program"
}

given() { # service, program, folder of its data, whose that is, changes…: an image around a program that was built elsewhere
  local service=$1 program=$2 data=$3 owner=$4; shift 4
  root_of "$service"
  install -m 755 "$program" "$work/$service/bin/$service"
  # The published image has it too, and people run it there. Where it does not lie beside the program, Debian's does as well.
  if [ "$service" = prometheus ]; then
    if [ -x "${program%/*}/promtool" ]; then install -m 755 "${program%/*}/promtool" "$work/$service/bin/"; else debian_programs promtool; fi
  fi
  mkdir -p "$work/$service/$data" && chown "$owner:$owner" "$work/$service/$data"
  tar -C "$work/$service" --numeric-owner -c . | docker import -c 'ENTRYPOINT ["/bin/'"$service"'"]' -c "$1" - "local/$service-built:1" >/dev/null
  use "$service" "local/$service-built:1" "the real one, built elsewhere"
}

collector() {
  local image; image=$(setting otel-collector)
  if present "$image"; then say "otel-collector: here already ($image)"; return; fi
  local program=$work/otelcol/otelcol-contrib
  if [ -x "${ENGINE_COLLECTOR:-}" ]; then program=$ENGINE_COLLECTOR; elif ! command -v go >/dev/null || ! build_collector; then program=; fi
  if [ -n "$program" ]; then
    root_of otel-collector
    install -m 755 "$program" "$work/otel-collector/otelcol-contrib"
    # For the tests of what is exported, which ask it whether it takes its files.
    # shellcheck disable=SC2016 # whoever reads the file has the PATH
    printf 'export PATH=$PATH:%s\n' "$work/otel-collector" >>"$variables"
    import otel-collector local/otel-collector:0.159.0 'USER 10001' 'ENTRYPOINT ["/otelcol-contrib"]'
    use otel-collector local/otel-collector:0.159.0 'the real one, assembled by its builder'
    return
  fi
  root_of otel-collector
  mkdir -p "$work/otel-collector/www" && echo '{"status":"Server available"}' >"$work/otel-collector/www/index.html"
  stand_in otel-collector 13133
}
build_collector() {
  [ "$work/otelcol/otelcol-contrib" -nt tests/engine/collector-builder.yaml ] && return 0
  say "assembling the Collector from Go modules (minutes, the first time)"
  GOBIN=$work GOTOOLCHAIN=local go install go.opentelemetry.io/collector/cmd/builder@v0.159.0 >"$work/go.log" 2>&1 || return 1
  sed 's|^dist:|dist:\n  output_path: '"$work/otelcol"'|' tests/engine/collector-builder.yaml >"$work/builder.yaml"
  CGO_ENABLED=0 GOTOOLCHAIN=local "$work/builder" --config "$work/builder.yaml" --ldflags '-s -w' >>"$work/go.log" 2>&1
}

debian_programs() { # names…: Debian's programs, unpacked, not installed: the package would start a service on 9090
  local name library
  (cd "$work" && rm -f prometheus_*.deb && apt-get download -q prometheus >/dev/null 2>&1) || give_up "Debian's prometheus cannot be had"
  dpkg-deb -x "$work"/prometheus_*.deb "$work/prometheus-package"
  for name in "$@"; do
    install -m 755 "$work/prometheus-package/usr/bin/$name" "$work/prometheus/bin/"
    # It is linked dynamically: its libraries at the places where they are here.
    ldd "$work/prometheus/bin/$name" | grep -o '/[^ ]*' | while read -r library; do
      install -D -m 755 "$library" "$work/prometheus$library"
    done
  done
  # promtool for the tests of rules, when it is not installed.
  # shellcheck disable=SC2016 # whoever reads the file has the PATH
  printf 'export PATH=%s:$PATH\n' "$work/prometheus-package/usr/bin" >>"$variables"
}

prometheus() {
  local image version; image=$(setting prometheus)
  if present "$image"; then say "prometheus: here already ($image)"; return; fi
  if [ -x "${ENGINE_PROMETHEUS:-}" ]; then
    given prometheus "$ENGINE_PROMETHEUS" prometheus 65534 'USER nobody'
    # shellcheck disable=SC2016 # the PATH of whoever reads it
    [ ! -x "${ENGINE_PROMETHEUS%/*}/promtool" ] || printf 'export PATH=%s:$PATH\n' "${ENGINE_PROMETHEUS%/*}" >>"$variables"
    return
  fi
  root_of prometheus
  debian_programs prometheus promtool
  version=$(dpkg-deb -f "$work"/prometheus_*.deb Version | sed 's/[+~].*//')
  mkdir -p "$work/prometheus/prometheus" && chown 65534:65534 "$work/prometheus/prometheus"
  import prometheus "local/prometheus-debian:$version" 'USER nobody' 'ENV PATH=/bin' 'ENTRYPOINT ["/bin/prometheus"]'
  use prometheus "local/prometheus-debian:$version" "the real one, $version, from Debian's package"
}

tempo() {
  local image; image=$(setting tempo)
  if present "$image"; then say "tempo: here already ($image)"; return; fi
  if [ -x "${ENGINE_TEMPO:-}" ]; then
    given tempo "$ENGINE_TEMPO" var/tempo 10001 'USER 10001:10001'
    return
  fi
  root_of tempo
  mkdir -p "$work/tempo/www/api"
  echo ready >"$work/tempo/www/ready"
  echo echo >"$work/tempo/www/api/echo"
  stand_in tempo 3200
}

grafana() {
  local image uid; image=$(setting grafana)
  if present "$image"; then say "grafana: here already ($image)"; return; fi
  root_of grafana
  local www=$work/grafana/www
  mkdir -p "$www/api"
  echo '{"database":"ok"}' >"$www/api/health"
  # Prometheus 3 takes no metrics without a media type, which busybox knows by a file's ending only.
  mkdir -p "$www/metrics"
  echo 'grafana_build_info{edition="stand-in"} 1' >"$www/metrics/index.html"
  echo '.html:text/plain' >"$www/httpd.conf"
  sed -n 's/^    uid: //p' stack/grafana/provisioning/datasources/datasources.yaml | while read -r uid; do
    mkdir -p "$www/api/datasources/uid/$uid"
    echo '{"status":"OK"}' >"$www/api/datasources/uid/$uid/health"
  done
  printf '[%s]\n' "$(for uid in agentproxy claude-code stack; do
    printf '{"uid":"%s","title":"%s"},' $uid $uid; done | sed 's/,$//')" >"$www/api/search"
  stand_in grafana 3000
}

collector
prometheus
tempo
grafana
# A service that is new: nobody here knows how to make it.
sed -n 's/^image\.\([^=]*\)=.*/\1/p' stack/settings.properties | while read -r service; do
  case "$service" in otel-collector|prometheus|tempo|grafana) continue ;; esac
  if present "$(setting "$service")"; then say "$service: here already ($(setting "$service"))"; continue; fi
  say "$service: no image $(setting "$service"), so the tests that need an engine will skip; build one (given, stand_in above)"
done
