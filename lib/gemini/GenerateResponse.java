package gemini;

import agent.TokenUsage;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import reasoning.ModelJson;

/** The answer of {@code models/{model}:generateContent}. A field that is absent on the wire is null. */
record GenerateResponse(List<Candidate> candidates, PromptFeedback promptFeedback, Usage usageMetadata, String modelVersion,
        String responseId) {
    /** The second is Gemini 4's: half an answer, of which the rest would have to be asked for. */
    private static final Set<String> CUT = Set.of("MAX_TOKENS", "CONTINUATION");
    /** Reasons for which a filter took the answer away. */
    private static final Set<String> FILTERED = Set.of("SAFETY", "PROHIBITED_CONTENT", "BLOCKLIST", "SPII");

    GenerateResponse {
        candidates = candidates == null ? List.of() : List.copyOf(candidates);
    }

    /** Empty when it is no JSON, or JSON of another shape. */
    static Optional<GenerateResponse> parse(byte[] body) {
        Optional<JsonNode> tree = ModelJson.tree(body).filter(JsonNode::isObject);
        if (tree.isEmpty()) {
            return Optional.empty();
        }
        try {
            GenerateResponse response = ModelJson.MAPPER.treeToValue(tree.get(), GenerateResponse.class);
            // Read once here, so that nobody meets a content of another shape later.
            response.candidate().ifPresent(Candidate::message);
            return Optional.of(response);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** We ask for one candidate. */
    Optional<Candidate> candidate() {
        return candidates.isEmpty() ? Optional.empty() : Optional.of(candidates.get(0));
    }

    /** Why nothing was answered to what was asked, in the API's word. */
    Optional<String> promptBlocked() {
        return Optional.ofNullable(promptFeedback).map(PromptFeedback::blockReason).filter(reason -> candidates.isEmpty());
    }

    /** Why a filter took the answer away, in the API's word. */
    Optional<String> answerBlocked() {
        return candidate().map(Candidate::finishReason).filter(FILTERED::contains);
    }

    /** Whether the answer ended where the tokens did. It is not to be acted on then, whatever it holds. */
    boolean cut() {
        return candidate().map(Candidate::finishReason).filter(CUT::contains).isPresent();
    }

    List<String> finishReasons() {
        return candidates.stream().map(Candidate::finishReason).filter(Objects::nonNull).collect(Collectors.toList());
    }

    TokenUsage usage() {
        return usageMetadata == null ? TokenUsage.NONE : usageMetadata.toTokenUsage();
    }

    /** @param content as JSON, to be sent back as it came */
    record Candidate(JsonNode content, String finishReason, String finishMessage) {
        /** The content's parts; throws IllegalArgumentException when they have another shape. */
        Content message() {
            return content == null || content.isNull()
                    ? new Content(Content.MODEL, List.of()) : ModelJson.MAPPER.convertValue(content, Content.class);
        }
    }

    record PromptFeedback(String blockReason) {}

    /** @param promptTokenCount what came from a cache included */
    record Usage(JsonNode promptTokenCount, JsonNode cachedContentTokenCount, JsonNode candidatesTokenCount,
            JsonNode thoughtsTokenCount, JsonNode toolUsePromptTokenCount) {
        /** By the GenAI conventions: thinking is output, and what tools put into the prompt is input. */
        TokenUsage toTokenUsage() {
            long thoughts = ModelJson.count(thoughtsTokenCount);
            return new TokenUsage(ModelJson.count(promptTokenCount) + ModelJson.count(toolUsePromptTokenCount),
                    ModelJson.count(candidatesTokenCount) + thoughts, ModelJson.count(cachedContentTokenCount), 0, thoughts);
        }
    }
}
