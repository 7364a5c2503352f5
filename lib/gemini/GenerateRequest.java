package gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

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

    /** @param functionDeclarations in the part of OpenAPI 3.0 that they are written in; types are upper-case names */
    record Tool(List<ObjectNode> functionDeclarations) {}

    record ToolConfig(FunctionCallingConfig functionCallingConfig) {}

    /** @param mode {@code ANY}: the answer is a call of one of the allowed functions, never prose */
    record FunctionCallingConfig(String mode, List<String> allowedFunctionNames) {}

    record GenerationConfig(double temperature, int maxOutputTokens, ThinkingConfig thinkingConfig) {}

    record ThinkingConfig(boolean includeThoughts) {}
}
