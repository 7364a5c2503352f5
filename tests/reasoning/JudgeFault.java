package reasoning;

/** The faults of a model's API: the lines of the table in docs/judges.md, in their order. */
public enum JudgeFault {
    KEY_REFUSED("the key is refused"),
    NOBODY_LOGGED_IN("nobody is logged in"),
    NO_CREDIT("the credit is used up"),
    LIMIT_UNTIL_A_TIME("the account's limit, until a known time"),
    NOT_IN_THE_PLAN("a plan that does not include the model"),
    NO_RIGHT("a key without the right to the model"),
    NO_SUCH_MODEL("a model that does not exist"),
    BAD_REQUEST("a refused request"),
    RATE_LIMIT("a rate limit that does not end"),
    GIVEN_UP_UNDER_LOAD("a call that the overloaded server gave up (499)"),
    OVERLOAD("overload that does not end"),
    GATEWAY("a gateway's error in plain text"),
    QUESTION_REFUSED("the question is refused"),
    ANSWER_FILTERED("a filter removes the answer"),
    ANSWER_CUT("the answer is cut off at the token limit"),
    WORDS("prose instead of a decision"),
    UNREADABLE("a decision that cannot be read"),
    NO_JSON("an answer that is not JSON"),
    OTHER_JSON("JSON of another shape"),
    NOTHING("an empty answer"),
    ENDLESS("an answer without an end"),
    REDIRECT("a redirect, which is not followed"),
    BROKEN("a connection that breaks"),
    NOBODY_LISTENS("no server listens at the address"),
    UNKNOWN_NAME("an unknown host name"),
    UNTRUSTED("an untrusted certificate"),
    NO_ANSWER("no answer within the limit of a call");

    private final String words;

    JudgeFault(String words) {
        this.words = words;
    }

    /** The text in the table. */
    public String words() {
        return words;
    }
}
