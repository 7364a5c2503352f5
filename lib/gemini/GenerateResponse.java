package gemini;

import agent.TokenUsage;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import reasoning.ModelJson;

/** The answer of {@code models/{model}:generateContent}. A field that is absent in the JSON is null. */
record GenerateResponse(List<Candidate> candidates, PromptFeedback promptFeedback, Usage usageMetadata, String modelVersion,
        String responseId) {
    /** Answers that were cut off. The second reason is new in Gemini 4: half of an answer; the rest needs another request. */
    private static final Set<String> CUT = Set.of("MAX_TOKENS", "CONTINUATION");
    /** Reasons that mean that a filter removed the answer. */
    private static final Set<String> FILTERED = Set.of("SAFETY", "PROHIBITED_CONTENT", "BLOCKLIST", "SPII");

    GenerateResponse {
        candidates = candidates == null ? List.of() : List.copyOf(candidates);
    }

    /** Empty when the text is no JSON, or JSON of another shape. */
    static Optional<GenerateResponse> parse(byte[] body) {
        Optional<JsonNode> tree = ModelJson.tree(body).filter(JsonNode::isObject);
        if (tree.isEmpty()) {
            return Optional.empty();
        }
        try {
            GenerateResponse response = ModelJson.MAPPER.treeToValue(tree.get(), GenerateResponse.class);
            // Parse the content here once, so that a wrong shape is found early.
            response.candidate().ifPresent(Candidate::message);
            return Optional.of(response);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The first candidate: the request asks for one only. */
    Optional<Candidate> candidate() {
        return candidates.isEmpty() ? Optional.empty() : Optional.of(candidates.get(0));
    }

    /** The API's reason for refusing the prompt. */
    Optional<String> promptBlocked() {
        return Optional.ofNullable(promptFeedback).map(PromptFeedback::blockReason).filter(reason -> candidates.isEmpty());
    }

    /** The API's reason for removing the answer. */
    Optional<String> answerBlocked() {
        return candidate().map(Candidate::finishReason).filter(FILTERED::contains);
    }

    /** Whether the answer was cut off at the token limit. Such an answer must not be used, whatever it contains. */
    boolean cut() {
        return candidate().map(Candidate::finishReason).filter(CUT::contains).isPresent();
    }

    List<String> finishReasons() {
        return candidates.stream().map(Candidate::finishReason).filter(Objects::nonNull).toList();
    }

    TokenUsage usage() {
        return usageMetadata == null ? TokenUsage.NONE : usageMetadata.toTokenUsage();
    }

    /** @param content as JSON, to be sent back unchanged */
    record Candidate(JsonNode content, String finishReason, String finishMessage) {
        /** The content's parts; throws IllegalArgumentException when they have another shape. */
        Content message() {
            return content == null || content.isNull()
                    ? new Content(Content.MODEL, List.of()) : ModelJson.MAPPER.convertValue(content, Content.class);
        }
    }

    record PromptFeedback(String blockReason) {}

    /** @param promptTokenCount including the tokens from a cache */
    record Usage(JsonNode promptTokenCount, JsonNode cachedContentTokenCount, JsonNode candidatesTokenCount,
            JsonNode thoughtsTokenCount, JsonNode toolUsePromptTokenCount) {
        /** By the GenAI conventions, thinking is output, and the tokens of tool prompts are input. */
        TokenUsage toTokenUsage() {
            long thoughts = ModelJson.count(thoughtsTokenCount);
            return new TokenUsage(ModelJson.count(promptTokenCount) + ModelJson.count(toolUsePromptTokenCount),
                    ModelJson.count(candidatesTokenCount) + thoughts, ModelJson.count(cachedContentTokenCount), 0, thoughts);
        }
    }
}
