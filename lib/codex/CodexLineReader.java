package codex;

/** Takes each kind of line that Codex writes. */
interface CodexLineReader {
    void on(CodexLine.ThreadStarted line, long nanos);

    void on(CodexLine.Item line, long nanos);

    void on(CodexLine.Said line, long nanos);

    void on(CodexLine.Completed line, long nanos);

    void on(CodexLine.Failed line, long nanos);

    void on(CodexLine.Notice line, long nanos);

    void on(CodexLine.Unusable line, long nanos);

    void on(CodexLine.Quiet line, long nanos);
}
