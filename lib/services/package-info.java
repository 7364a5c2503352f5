/**
 * What the stack is, whoever runs it: its services, their ports and addresses, its configuration files, what an engine must
 * be able to do, and what a person is told on the way. The way from what is to what should be is found here too, by a
 * function that does nothing. The engines themselves live in {@code containers} and {@code embedded}.
 */
//DEPS com.fasterxml.jackson.core:jackson-databind:2.23.0
//DEPS org.yaml:snakeyaml:2.7
//SOURCES Action.java
//SOURCES Actual.java
//SOURCES Catalogue.java
//SOURCES ConfigCheck.java
//SOURCES ConfigFiles.java
//SOURCES Dashboards.java
//SOURCES Engine.java
//SOURCES GrafanaEnvironment.java
//SOURCES IpAddress.java
//SOURCES LogHints.java
//SOURCES Parts.java
//SOURCES Plan.java
//SOURCES PortOwner.java
//SOURCES Progress.java
//SOURCES Reconciler.java
//SOURCES Service.java
//SOURCES ServiceStatus.java
//SOURCES Settings.java
//SOURCES StackFile.java
//SOURCES StackOptions.java
//SOURCES StackPort.java
//FILES stack-configuration/settings.properties=../../stack/settings.properties
//FILES stack-configuration/otel-collector/collector.yaml=../../stack/otel-collector/collector.yaml
//FILES stack-configuration/tempo/tempo.yaml=../../stack/tempo/tempo.yaml
//FILES stack-configuration/prometheus/prometheus.yml=../../stack/prometheus/prometheus.yml
//FILES stack-configuration/prometheus/rules/agentproxy.yml=../../stack/prometheus/rules/agentproxy.yml
//FILES stack-configuration/prometheus/rules/stack.yml=../../stack/prometheus/rules/stack.yml
//FILES stack-configuration/grafana/provisioning/datasources/datasources.yaml=../../stack/grafana/provisioning/datasources/datasources.yaml
//FILES stack-configuration/grafana/provisioning/dashboards/dashboards.yaml=../../stack/grafana/provisioning/dashboards/dashboards.yaml
//FILES stack-configuration/grafana/dashboards/agentproxy.json=../../stack/grafana/dashboards/agentproxy.json
//FILES stack-configuration/grafana/dashboards/claude-code.json=../../stack/grafana/dashboards/claude-code.json
//FILES stack-configuration/grafana/dashboards/stack.json=../../stack/grafana/dashboards/stack.json
package services;
