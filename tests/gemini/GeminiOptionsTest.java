package gemini;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import contract.ExitCode;
import contract.Failure;
import contract.Status;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How Gemini is called, and what is refused before anything is sent. */
class GeminiOptionsTest {
    private static final String KEY = "AIza-some-key";

    @Test
    void withoutAKeyItSaysWhereToGetOneAndWhatElseThereIs() {
        for (Map<String, String> environment : List.of(Map.<String, String>of(), Map.of("GEMINI_API_KEY", "  "))) {
            Failure failure = assertThrows(Failure.class, () -> GeminiOptions.fromEnvironment(environment,
                    Optional.empty()));
            assertEquals(Status.FAILED_SELF_CHECK.exitCode(), failure.exitCode());
            assertTrue(failure.getMessage().contains("GEMINI_API_KEY is not set"), failure.getMessage());
            assertTrue(failure.hint().contains("https://aistudio.google.com/apikey"), failure.hint());
            assertTrue(failure.hint().contains("--reasoner rules") && failure.hint().contains("--rehearse"), failure.hint());
        }
    }

    @Test
    void theModelIsAnOptionWithACurrentDefault_defect19() {
        assertEquals("gemini-3.8-flash", from(Map.of(), Optional.empty()).model());
        assertEquals("gemini-4-argon", from(Map.of("GEMINI_MODEL", "gemini-4-argon"), Optional.empty()).model());
        assertEquals("gemini-x", from(Map.of("GEMINI_MODEL", "bad name"), Optional.of("models/gemini-x")).model());
        assertEquals(ExitCode.USAGE, assertThrows(Failure.class,
                () -> from(Map.of("GEMINI_MODEL", "../../secrets"), Optional.empty())).exitCode());
    }

    @Test
    void theFirstKeyAndTheBaseUrlOfTheEnvironmentCount() {
        assertEquals(KEY, from(Map.of("GOOGLE_API_KEY", "other"), Optional.empty()).apiKey());
        assertEquals("other", GeminiOptions.fromEnvironment(Map.of("GOOGLE_API_KEY", "other", "HOME", "/nonexistent"),
                Optional.empty()).apiKey());
        assertEquals(URI.create("https://generativelanguage.googleapis.com"), from(Map.of(), Optional.empty()).baseUrl());
        assertEquals(URI.create("https://proxy.example/gemini"),
                from(Map.of("GOOGLE_GEMINI_BASE_URL", "https://proxy.example/gemini"), Optional.empty()).baseUrl());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080", "http://127.0.0.1:1", "http://127.1.2.3", "http://[::1]:80",
            "https://a.b",
        "http://gemini.localhost/x"})
    void loopbackMayBePlain(String url) {
        assertEquals(URI.create(url), from(Map.of("GOOGLE_GEMINI_BASE_URL", url), Optional.empty()).baseUrl());
    }

    @ParameterizedTest
    @CsvSource({"http://generativelanguage.googleapis.com,not encrypted", "http://10.0.0.1,not encrypted",
        "http://127.0.0.1.evil.example,not encrypted", "http://localhost.evil.example,not encrypted",
        "ftp://localhost,not an http", "localhost:8080,not an http", "https://user:secret@host,more than an address",
        "https://host/?key=secret,more than an address", "https://host/#secret,more than an address",
        "'https://ho st/secret',is not a URL"})
    void whereTheKeyMustNotGo(String url, String why) {
        Failure failure = assertThrows(Failure.class,
                () -> from(Map.of("GOOGLE_GEMINI_BASE_URL", url), Optional.empty()));
        assertEquals(ExitCode.USAGE, failure.exitCode());
        assertTrue(failure.getMessage().contains(why), failure.getMessage());
        assertFalse(failure.getMessage().contains("secret"), failure.getMessage());
        assertFalse(failure.hint().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "schlüssel", "line\nbreak", "nul\u0000"})
    void aKeyThatCannotBeAHeaderIsRefusedWithoutShowingIt(String key) {
        Failure failure = assertThrows(Failure.class,
                () -> GeminiOptions.fromEnvironment(Map.of("GEMINI_API_KEY", key), Optional.empty()));
        assertEquals(Status.FAILED_SELF_CHECK.exitCode(), failure.exitCode());
        assertFalse(failure.getMessage().contains(key) || failure.hint().contains(key));
    }

    @Test
    void itsTextHasNoKey() {
        assertFalse(from(Map.of(), Optional.empty()).toString().contains(KEY));
    }

    @ParameterizedTest
    @CsvSource({"gemini-3.8-flash,gemini-3.8-flash,true", "gemini-3.8-flash,gemini-3.8-flash-001,true",
        "gemini-3.8-flash,gemini-3.8-flash-2026-09-02,true", "gemini-3.8-flash,models/gemini-3.8-flash,true",
        "gemini-3.8-flash,gemini-3.8-flash-lite,false", "gemini-2.5-flash,gemini-3.5-flash-lite,false",
        "gemini-2.5-flash,gemini-2.5-flash-preview-09-2025,false", "gemini-3.8-flash-001,gemini-3.8-flash,true"})
    void aReleaseOfAModelIsThatModel(String asked, String answered, boolean same) {
        assertEquals(same, ModelName.of(asked).answeredBy(answered));
    }

    @ParameterizedTest
    @CsvSource({"gemini-2.0-flash,false,false", "gemini-2.5-flash,true,false", "gemini-2.5-flash-lite,false,false",
        "gemini-3-flash-preview,true,true", "gemini-3.8-flash,true,true", "gemini-4-argon,true,true",
        "gemini-flash-latest,true,true", "gemma-4,false,false"})
    void whatFollowsFromAName(String name, boolean thinks, boolean wantsSignatures) {
        assertEquals(thinks, ModelName.of(name).thinks());
        assertEquals(wantsSignatures, ModelName.of(name).wantsSignatures());
    }

    private static GeminiOptions from(Map<String, String> more, Optional<String> model) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("GEMINI_API_KEY", KEY);
        environment.put("HOME", "/nonexistent");
        return GeminiOptions.fromEnvironment(environment, model);
    }
}
