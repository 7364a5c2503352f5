package telemetry;

/**
 * What became of a request.
 *
 * @param detail for a person, without a final stop; empty when it was accepted whole
 * @param rejected items that the receiver says it did not take (OTLP's partial success)
 */
record ReceiverReply(Kind kind, String detail, long rejected) {
    /** What to do with the request. */
    enum Kind {
        ACCEPTED,
        /** The body itself is refused: from a receiver that takes others, it would be refused again. */
        UNACCEPTABLE,
        /** The receiver answered, but not now: busy, failing, or it does not like our credentials. */
        TURNED_AWAY,
        /** No answer at all: no connection, or it broke off. */
        UNREACHED
    }

    static ReceiverReply accepted(PartialSuccess partial) {
        return new ReceiverReply(Kind.ACCEPTED, partial.message(), partial.rejected());
    }

    static ReceiverReply unacceptable(String detail) {
        return new ReceiverReply(Kind.UNACCEPTABLE, detail, 0);
    }

    static ReceiverReply turnedAway(String detail) {
        return new ReceiverReply(Kind.TURNED_AWAY, detail, 0);
    }

    static ReceiverReply unreached(String detail) {
        return new ReceiverReply(Kind.UNREACHED, detail, 0);
    }

    boolean accepted() {
        return kind == Kind.ACCEPTED;
    }

    /** Whether somebody is there, whatever it said. */
    boolean answered() {
        return kind != Kind.UNREACHED;
    }
}
