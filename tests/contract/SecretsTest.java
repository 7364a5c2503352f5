package contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @ParameterizedTest
    @ValueSource(strings = {"GEMINI_API_KEY", "OPENAI_APIKEY", "GITHUB_TOKEN", "GH_TOKEN", "API_TOKENS", "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "PGPASSWORD", "MYSQL_PWD", "DB_PASS", "SSH_PASSPHRASE", "SENTRY_DSN",
        "RAILS_MASTER_KEY", "SIGNING_KEY_ID", "NPM_AUTH", "_auth", "DOCKER_AUTH_CONFIG", "SSH_AUTH_SOCK", "SERVICE_JWT",
        "SLACK_WEBHOOK_URL", "AZURE_STORAGE_CONNECTION_STRING", "SESSION_COOKIE", "GITLAB_PAT", "my_secret", "KUBECONFIG"})
    void namesOfSecretsAreKnown(String name) {
        assertTrue(Secrets.isSecretName(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATH", "HOME", "PWD", "OLDPWD", "LANG", "USER", "XAUTHORITY", "GIT_AUTHOR_NAME", "JAVA_HOME",
        "TOKENIZERS_PARALLELISM", "KEYBOARD", "COMPASS_HOME", "TERM", "MONKEY", "XDG_SESSION_ID", "PASSENGER_COUNT"})
    void harmlessNamesStay(String name) {
        assertFalse(Secrets.isSecretName(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres://app:hunter2@db.example/x", "https://:t0ken@proxy.example:3128",
        "https://user:p%40ss@example.org", "-----BEGIN OPENSSH PRIVATE KEY-----\nabc", "sk-ant-api03-abc",
        "ghp_abcdefghijklmnopqrstuvwxyz0123456789", "AKIAIOSFODNN7EXAMPLE",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc"})
    void valuesThatAreSecretsAreKnown(String value) {
        assertTrue(Secrets.isSecretValue(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/usr/bin:/bin", "http://localhost:4317", "user@example.org", "https://example.org/a:b@c",
        "git@github.com:owner/name.git", "10:20:30", "", "risk-tester", "desk-test-1"})
    void harmlessValuesStay(String value) {
        assertFalse(Secrets.isSecretValue(value));
    }

    @Test
    void theWorkerKeepsItsOwnKeysButGetsNoneOfOurs() {
        Map<String, String> environment = Map.of("ANTHROPIC_API_KEY", "a", "GEMINI_API_KEY", "b", "PATH", "c",
                "OTEL_EXPORTER_OTLP_HEADERS", "d", "GITHUB_TOKEN", "e");
        assertEquals(Map.of("ANTHROPIC_API_KEY", "a", "PATH", "c", "GITHUB_TOKEN", "e"), Secrets.forWorker(environment));
    }

    @Test
    void aVerificationGetsNoSecretAtAll() {
        Map<String, String> environment = Map.of("ANTHROPIC_API_KEY", "a", "GEMINI_API_KEY", "b", "PATH", "c",
                "CLAUDE_CODE_OAUTH", "d", "DATABASE_URL", "postgres://app:hunter2@db/x", "LANG", "C.UTF-8");
        assertEquals(Map.of("PATH", "c", "LANG", "C.UTF-8"), Secrets.forVerification(environment));
    }
}
