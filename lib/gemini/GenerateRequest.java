package gemini;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * The body of {@code models/{model}:generateContent}.
 *
 * @param contents as JSON, so that the model's earlier messages are sent back unchanged
 */
record GenerateRequest(Content systemInstruction, List<JsonNode> contents, List<Tool> tools, ToolConfig toolConfig,
        GenerationConfig generationConfig) {

    GenerateRequest withMaxOutputTokens(int maxOutputTokens) {
        return new GenerateRequest(systemInstruction, contents, tools, toolConfig, new GenerationConfig(
                generationConfig.temperature(), maxOutputTokens, generationConfig.thinkingConfig()));
    }

    GenerateRequest withContents(List<JsonNode> others) {
        return new GenerateRequest(systemInstruction, others, tools, toolConfig, generationConfig);
    }

    record Tool(List<FunctionDeclaration> functionDeclarations) {}

    record FunctionDeclaration(String name, String description, Schema parameters) {}

    /** The subset of OpenAPI 3.0 for declarations; types are upper-case names. */
    record Schema(String type, String description, Map<String, Schema> properties, List<String> required, Schema items,
            @JsonProperty("enum") List<String> values) {}

    record ToolConfig(FunctionCallingConfig functionCallingConfig) {}

    /** @param mode {@code ANY}: the answer is a call of one of the allowed functions, never prose */
    record FunctionCallingConfig(String mode, List<String> allowedFunctionNames) {}

    record GenerationConfig(double temperature, int maxOutputTokens, ThinkingConfig thinkingConfig) {}

    record ThinkingConfig(Boolean includeThoughts, String thinkingLevel) {}
}
