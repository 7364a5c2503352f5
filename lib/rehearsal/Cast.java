package rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which judge and which worker a rehearsal has stand-ins for.
 *
 * @param judge the word after {@code --reasoner}
 * @param worker the word after {@code --worker}
 */
public record Cast(String judge, String worker) {
    static final String CLAUDE = "claude";
    static final String CODEX = "codex";
    private static final List<String> JUDGES = List.of("gemini", "openai", CLAUDE, "rules");
    /** Gemini decides and Claude Code works. */
    public static final Cast USUAL = new Cast("gemini", CLAUDE);

    /** Who has no stand-in, for people; empty when all have one. A judge without one would ask the real model. */
    public Optional<String> missing() {
        return !JUDGES.contains(judge) ? Optional.of("the reasoner " + judge)
                : !List.of(CLAUDE, CODEX).contains(worker) ? Optional.of("the worker " + worker) : Optional.empty();
    }

    /** Whether Claude Code is the worker or the judge, so that the real one can be used. */
    public boolean wantsClaude() {
        return worker.equals(CLAUDE) || judge.equals(CLAUDE);
    }

    /** @param claude the real Claude Code's name and version, empty when it is neither worker nor judge, or is not there */
    String label(String claude) {
        if (!claude.isEmpty() && wantsClaude()) {
            return claude + " is real, the models" + (worker.equals(CODEX) ? " and Codex" : "") + " are stand-ins";
        }
        List<String> standIns = new ArrayList<>();
        switch (judge) {
            case "gemini" -> standIns.add("Gemini");
            case "openai" -> standIns.add("OpenAI's API");
            case CLAUDE -> standIns.add("Claude Code as the judge");
            // The rules are themselves.
            default -> { }
        }
        standIns.add("the worker");
        return String.join(" and ", standIns) + (standIns.size() > 1 ? " are stand-ins" : " is a stand-in");
    }
}
