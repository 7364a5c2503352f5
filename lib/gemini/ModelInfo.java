package gemini;

import java.util.List;

/**
 * The answer of {@code GET models/{model}}.
 *
 * @param supportedGenerationMethods for instance {@code generateContent}; empty when the answer has none
 */
record ModelInfo(String name, List<String> supportedGenerationMethods) {
    ModelInfo {
        supportedGenerationMethods = supportedGenerationMethods == null
                ? List.of() : List.copyOf(supportedGenerationMethods);
    }

    boolean canGenerate() {
        return supportedGenerationMethods.isEmpty() || supportedGenerationMethods.contains("generateContent");
    }
}
