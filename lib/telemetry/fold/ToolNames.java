package telemetry.fold;

import java.util.Set;

/** Bounded names for tools: what a worker may call is up to its configuration, a label is not. */
final class ToolNames {
    /** Claude Code's own tools (code.claude.com, tools reference). */
    private static final Set<String> KNOWN = Set.of("Agent", "AskUserQuestion", "Bash", "BashOutput", "Edit",
            "EnterPlanMode", "EnterWorktree", "ExitPlanMode", "ExitWorktree", "Glob", "Grep", "KillShell", "LS", "LSP",
            "ListMcpResourcesTool", "MultiEdit", "NotebookEdit", "NotebookRead", "Read", "ReadMcpResourceTool", "Skill",
            "SlashCommand", "StructuredOutput", "Task", "TaskCreate", "TaskGet", "TaskList", "TaskOutput", "TaskStop",
            "TaskUpdate", "TodoRead", "TodoWrite", "ToolSearch", "WebFetch", "WebSearch", "Write");
    private static final String MCP_PREFIX = "mcp__";
    private static final String MCP = "mcp";
    private static final String OTHER = "other";

    private ToolNames() {}

    /** One of Claude Code's own tools, {@code mcp} for any tool of an MCP server, {@code other}. */
    static String bounded(String tool) {
        if (KNOWN.contains(tool)) {
            return tool;
        }
        return tool.startsWith(MCP_PREFIX) ? MCP : OTHER;
    }
}
