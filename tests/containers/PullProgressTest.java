package containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.PullResponseItem;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The engine's own words, as its pull stream has them. */
class PullProgressTest {
    private final PullProgress progress = new PullProgress();

    @Test
    void bytesAndLayersAreCounted() throws IOException {
        assertFalse(say("{\"status\":\"Pulling from grafana/tempo\",\"id\":\"3.0.3\"}"), "the tag is no layer");
        say("{\"status\":\"Already exists\",\"id\":\"a\"}");
        say("{\"status\":\"Pulling fs layer\",\"progressDetail\":{},\"id\":\"b\"}");
        say("{\"status\":\"Waiting\",\"progressDetail\":{},\"id\":\"c\"}");
        assertEquals("1 of 3 layers", progress.text());
        say("{\"status\":\"Downloading\",\"progressDetail\":{\"current\":5000000,\"total\":20000000},\"id\":\"b\"}");
        say("{\"status\":\"Downloading\",\"progressDetail\":{\"current\":1000000,\"total\":100000000},\"id\":\"c\"}");
        assertEquals("6 of 120 MB, 1 of 3 layers", progress.text());
        say("{\"status\":\"Download complete\",\"progressDetail\":{},\"id\":\"b\"}");
        say("{\"status\":\"Extracting\",\"progressDetail\":{\"current\":1,\"total\":20000000},\"id\":\"b\"}");
        assertEquals("21 of 120 MB, 2 of 3 layers", progress.text());
        say("{\"status\":\"Pull complete\",\"progressDetail\":{},\"id\":\"c\"}");
        assertEquals("120 of 120 MB, 3 of 3 layers", progress.text());
        assertFalse(say("{\"status\":\"Digest: sha256:1\"}"));
    }

    private boolean say(String json) throws IOException {
        return progress.take(new ObjectMapper().readValue(json, PullResponseItem.class));
    }
}
