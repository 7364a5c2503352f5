package reasoning;

import mockwebserver3.MockResponse;

/** A judge that is asked over HTTP. */
public interface HttpJudge {
    /** At a server on loopback that answers so for ever. */
    JudgeDouble answering(MockResponse answer);

    /** The same, with parts of a second for a call and two attempts. */
    JudgeDouble hanging(MockResponse answer);

    /** @param url without the path that this API has */
    JudgeDouble at(String url);
}
