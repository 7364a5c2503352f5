/**
 * {@code stack export}: the same signals, rules, dashboards and links for a team, as plain files for Kubernetes or Compose. The
 * configuration files are those of {@code stack/production} and {@code stack/}, over them the user's own; what differs at a
 * team's scale is changed in them by name ({@code TeamFiles}, {@code SharedCounting}), and a file that has not what is to be
 * changed is an error and not a silent loss. Everything else is a template below {@code stack/handover}. {@code Export} puts
 * them together and touches no disk.
 */
//DEPS org.yaml:snakeyaml:2.7
//SOURCES ConfigMaps.java
//SOURCES Export.java
//SOURCES ExportFolder.java
//SOURCES LeftOut.java
//SOURCES SharedCounting.java
//SOURCES TeamFiles.java
//SOURCES Template.java
//FILES stack-handover/production/otel-collector/collector.yaml=../../stack/production/otel-collector/collector.yaml
//FILES stack-handover/production/otel-collector/gateway.yaml=../../stack/production/otel-collector/gateway.yaml
//FILES stack-handover/production/tempo/tempo.yaml=../../stack/production/tempo/tempo.yaml
//FILES stack-handover/compose/README.md=../../stack/handover/compose/README.md
//FILES stack-handover/compose/compose.yaml=../../stack/handover/compose/compose.yaml
//FILES stack-handover/compose/env.example=../../stack/handover/compose/env.example
//FILES stack-handover/kubernetes/README.md=../../stack/handover/kubernetes/README.md
//FILES stack-handover/kubernetes/grafana/grafana-workload.yaml=../../stack/handover/kubernetes/grafana/grafana-workload.yaml
//FILES stack-handover/kubernetes/kustomization.yaml=../../stack/handover/kubernetes/kustomization.yaml
//FILES stack-handover/kubernetes/namespace.yaml=../../stack/handover/kubernetes/namespace.yaml
//FILES stack-handover/kubernetes/network-policies.yaml=../../stack/handover/kubernetes/network-policies.yaml
//FILES stack-handover/kubernetes/otel-collector/collector-workload.yaml=../../stack/handover/kubernetes/otel-collector/collector-workload.yaml
//FILES stack-handover/kubernetes/otel-gateway/gateway-workload.yaml=../../stack/handover/kubernetes/otel-gateway/gateway-workload.yaml
//FILES stack-handover/kubernetes/prometheus/prometheus-workload.yaml=../../stack/handover/kubernetes/prometheus/prometheus-workload.yaml
//FILES stack-handover/kubernetes/resolver.yaml=../../stack/handover/kubernetes/resolver.yaml
//FILES stack-handover/kubernetes/scrape-configs.yml=../../stack/handover/kubernetes/scrape-configs.yml
//FILES stack-handover/kubernetes/secrets.example.yaml=../../stack/handover/kubernetes/secrets.example.yaml
//FILES stack-handover/kubernetes/shared-patches.yaml=../../stack/handover/kubernetes/shared-patches.yaml
//FILES stack-handover/kubernetes/tempo/tempo-workload.yaml=../../stack/handover/kubernetes/tempo/tempo-workload.yaml
//FILES stack-handover/shared/exporter.yaml=../../stack/handover/shared/exporter.yaml
//FILES stack-handover/shared/pipelines.yaml=../../stack/handover/shared/pipelines.yaml
//FILES stack-handover/shared/processors.yaml=../../stack/handover/shared/processors.yaml
package handover;
