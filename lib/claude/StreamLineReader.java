package claude;

/** Takes each kind of line that Claude Code writes. */
interface StreamLineReader {
    void on(StreamLine.Init line, long nanos);

    void on(StreamLine.Assistant line, long nanos);

    void on(StreamLine.ToolResults line, long nanos);

    void on(StreamLine.Result line, long nanos);

    void on(StreamLine.BackgroundTasks line, long nanos);

    void on(StreamLine.TaskStarted line, long nanos);

    void on(StreamLine.TaskEnded line, long nanos);

    void on(StreamLine.PromptBlocked line, long nanos);

    void on(StreamLine.ModelRefused line, long nanos);

    void on(StreamLine.AccountUsedUp line, long nanos);

    void on(StreamLine.Several line, long nanos);

    void on(StreamLine.Notice line, long nanos);

    void on(StreamLine.Unusable line, long nanos);

    void on(StreamLine.Quiet line, long nanos);
}
