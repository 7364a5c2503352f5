package services;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Grafana's settings, which it takes from {@code GF_SECTION_KEY}. */
public final class GrafanaEnvironment {
    static final String ANONYMOUS = "GF_AUTH_ANONYMOUS_ENABLED";

    static final Map<String, String> VALUES = Map.ofEntries(
            // Without login, as everybody who tries the stack expects; the port is on 127.0.0.1.
            Map.entry(ANONYMOUS, "true"),
            Map.entry("GF_AUTH_ANONYMOUS_ORG_ROLE", "Admin"),
            Map.entry("GF_AUTH_DISABLE_LOGIN_FORM", "true"),
            Map.entry("GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH", "/etc/grafana/dashboards/agentproxy.json"),
            // SQLite answers "database is locked" under concurrent writes without it.
            Map.entry("GF_DATABASE_WAL", "true"),
            // Saved dashboards keep the form that files here have. Grafana 13's own default is its schema v2, which
            // `stack dashboards` and the checks take too: set this to true for that.
            Map.entry("GF_FEATURE_TOGGLES_dashboardNewLayouts", "false"),
            // Nothing leaves the machine: no reports, no look for updates, no news, and above all no plug-in installer,
            // which removes data sources that are there when it finds no network.
            Map.entry("GF_ANALYTICS_REPORTING_ENABLED", "false"),
            Map.entry("GF_ANALYTICS_CHECK_FOR_UPDATES", "false"),
            Map.entry("GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES", "false"),
            Map.entry("GF_PLUGINS_PREINSTALL_DISABLED", "true"),
            Map.entry("GF_PLUGINS_PREINSTALL_AUTO_UPDATE", "false"),
            Map.entry("GF_NEWS_NEWS_FEED_ENABLED", "false"),
            Map.entry("GF_SNAPSHOTS_EXTERNAL_ENABLED", "false"),
            Map.entry("GF_LOG_LEVEL", "warn"));

    private GrafanaEnvironment() {}

    /** The same for a Grafana that others reach: it asks for a login. In the order of their names. */
    public static Map<String, String> withLogin() {
        Map<String, String> variables = new TreeMap<>(VALUES);
        variables.keySet().removeAll(List.of("GF_AUTH_ANONYMOUS_ORG_ROLE", "GF_AUTH_DISABLE_LOGIN_FORM"));
        variables.put(ANONYMOUS, "false");
        return variables;
    }

    /** Whether a container with these variables lets nobody in without a login. Nothing said means that it lets everybody. */
    public static boolean asksForLogin(Map<String, String> variables) {
        return "false".equals(variables.get(ANONYMOUS));
    }
}
