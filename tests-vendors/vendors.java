///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//COMPILE_OPTIONS -encoding UTF-8 -Xlint:none -parameters
// OpenAI's and Anthropic's own clients come with OkHttp 4 and Okio 3.6, which would stand beside ours under other artifact names:
// these two lines put their empty successors in the place of those.
//DEPS com.squareup.okhttp3:okhttp:5.5.1
//DEPS com.squareup.okio:okio:3.18.2
//DEPS com.fasterxml.jackson.core:jackson-annotations:2.23
//DEPS com.openai:openai-java:4.41.0
//DEPS com.anthropic:anthropic-java:3.14.0
//DEPS com.squareup.okhttp3:mockwebserver3:5.5.1
//DEPS org.junit.jupiter:junit-jupiter:6.1.3
//DEPS org.junit.platform:junit-platform-launcher:6.1.3
//SOURCES ../lib/contract/package-info.java
//SOURCES ../lib/process/package-info.java
//SOURCES ../lib/agent/package-info.java
//SOURCES ../lib/workers/package-info.java
//SOURCES ../lib/reasoning/package-info.java
//SOURCES ../lib/openai/package-info.java
//SOURCES ../lib/claude/package-info.java
//SOURCES ../lib/claudejudge/package-info.java
//SOURCES ../lib/rehearsal/package-info.java
//SOURCES ../tests/reasoning/Events.java
//SOURCES ../tests/reasoning/FakeTiming.java
//SOURCES ../tests/reasoning/ScriptedServer.java
//SOURCES ../tests/reasoning/Situations.java
//SOURCES ../tests/openai/FakeChat.java
//SOURCES ../tests/claude/InstalledClaude.java
//SOURCES ../tests/runner/Tally.java
//SOURCES OpenAiVendorTest.java
//SOURCES AnthropicVendorTest.java

import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import runner.Tally;

/**
 * Compares our judges with their vendors' own clients: {@code ./jbang tests-vendors/vendors.java}. A script of its own, because the
 * two clients are 90 MB, which no run of the other tests should have to bring; Google's, which is small, is among those.
 */
class vendors {
    public static void main(String... none) throws Exception {
        Tally tally = new Tally(System.out);
        LauncherFactory.create().execute(LauncherDiscoveryRequestBuilder.request().selectors(
                DiscoverySelectors.selectClass("openai.OpenAiVendorTest"),
                DiscoverySelectors.selectClass("claudejudge.AnthropicVendorTest")).build(), tally);
        System.out.println(tally.summary());
        System.out.flush();
        Runtime.getRuntime().halt(tally.exitCode());
    }
}
