package agent;

/** No decision is to be had: the model cannot be reached, or refuses, also after all that could be tried. */
public final class ReasonerException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final String hint;

    /** @param hint what a person can do about it */
    public ReasonerException(Problem problem, String hint) {
        super(problem.message());
        this.problem = problem;
        this.hint = hint;
    }

    public Problem problem() {
        return problem;
    }

    public String hint() {
        return hint;
    }
}
