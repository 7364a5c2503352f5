package rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a request to the Messages API says so far, as far as a stand-in needs it.
 *
 * @param rounds instructions of a person, the present one included
 * @param instruction the present one
 * @param steps the tools asked for since then
 * @param tools whether any are offered; side requests, as for a title, offer none
 * @param shape the JSON Schema that an answer must have, where Claude Code is the judge; else empty
 */
record MessagesRequest(int rounds, String instruction, List<Step> steps, boolean tools, String shape) {
    /**
     * A tool and its result.
     *
     * @param file the base name of the file it is about; possibly empty
     * @param answered whether the result came
     */
    record Step(String tool, String file, boolean answered, boolean failed) {}

    static MessagesRequest of(JsonNode request) {
        int rounds = 0;
        String instruction = "";
        Map<String, Step> steps = new LinkedHashMap<>();
        for (JsonNode message : request.path("messages")) {
            boolean user = message.path("role").asText().equals("user");
            for (JsonNode block : blocks(message.path("content"))) {
                String type = block.path("type").asText();
                if (user && type.equals("text") && !block.path("text").asText().strip().startsWith("<system-reminder>")) {
                    rounds++;
                    instruction = block.path("text").asText();
                    steps.clear();
                } else if (type.equals("tool_use")) {
                    String path = block.path("input").path("file_path").asText("");
                    steps.put(block.path("id").asText(), new Step(block.path("name").asText(),
                            path.substring(path.lastIndexOf('/') + 1), false, false));
                } else if (type.equals("tool_result")) {
                    boolean failed = block.path("is_error").asBoolean(false);
                    steps.computeIfPresent(block.path("tool_use_id").asText(),
                            (id, step) -> new Step(step.tool(), step.file(), true, failed));
                }
            }
        }
        return new MessagesRequest(rounds, instruction, new ArrayList<>(steps.values()), !request.path("tools").isEmpty(),
                shape(request));
    }

    private static String shape(JsonNode request) {
        for (JsonNode tool : request.path("tools")) {
            if (tool.path("name").asText().equals(SampleJudge.TOOL)) {
                return tool.path("input_schema").toString();
            }
        }
        return "";
    }

    private static List<JsonNode> blocks(JsonNode content) {
        List<JsonNode> blocks = new ArrayList<>();
        if (content.isTextual()) {
            blocks.add(JsonNodeFactory.instance.objectNode().put("type", "text").put("text", content.textValue()));
        }
        content.forEach(blocks::add);
        return blocks;
    }
}
