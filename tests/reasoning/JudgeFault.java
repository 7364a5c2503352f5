package reasoning;

/** All that can be wrong with a model's API: the lines of the table in docs/judges.md, in their order. */
public enum JudgeFault {
    KEY_REFUSED("the key is refused"),
    NOBODY_LOGGED_IN("nobody is logged in"),
    NO_CREDIT("the credit is used up"),
    LIMIT_UNTIL_A_TIME("the account's limit, until a known time"),
    NOT_IN_THE_PLAN("a plan that does not include the model"),
    NO_RIGHT("no right"),
    NO_SUCH_MODEL("no such model"),
    BAD_REQUEST("a request that is not accepted"),
    RATE_LIMIT("a rate limit that does not end"),
    GIVEN_UP_UNDER_LOAD("a call that was given up under load (499)"),
    OVERLOAD("overload that does not end"),
    GATEWAY("a gateway's error in plain text"),
    QUESTION_REFUSED("the question is refused"),
    ANSWER_FILTERED("a filter takes the answer away"),
    ANSWER_CUT("the answer is cut off where its tokens end"),
    WORDS("words instead of a decision"),
    UNREADABLE("a decision that cannot be read"),
    NO_JSON("no JSON"),
    OTHER_JSON("JSON of another shape"),
    NOTHING("nothing at all"),
    ENDLESS("an answer without an end"),
    REDIRECT("a redirect, which is not followed"),
    BROKEN("a connection that breaks"),
    NOBODY_LISTENS("nobody listens at the address"),
    UNKNOWN_NAME("a name that is not known"),
    UNTRUSTED("a certificate that nobody trusts"),
    NO_ANSWER("no answer within the limit of a call");

    private final String words;

    JudgeFault(String words) {
        this.words = words;
    }

    /** As the table has it. */
    public String words() {
        return words;
    }
}
