package services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lines are what the programs of the pinned versions really say. */
class LogHintsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\1', textBlock = """
            failed parsing config: failed to parse configFile /etc/tempo/tempo.yaml: yaml: unmarshal errors:  line 3: field colour not found in type app.Config | the key 'colour' in line 3
            level=ERROR msg="Error loading config" err="parsing YAML file /etc/prometheus/prometheus.yml: yaml: unmarshal errors:   line 2: field scrape not found in type config.plain" | the key 'scrape' in line 2
            Error: failed to get config: cannot unmarshal the configuration: decoding failed due to the following error(s): 'exporters' unknown type: "otlpx" for id: "otlpx" (valid values: [otlp_grpc]) | 'otlpx' below 'exporters'
            '' has invalid keys: colour | the key 'colour'
            service::pipelines::traces: references exporter "nowhere" which is not configured | configure the exporter 'nowhere'
            write /prometheus/wal/00000001: no space left on device | the disk is full
            exec /tempo: exec format error | another kind of machine
            failed to create store: unexpected error from ListObjects on traces: The specified bucket does not exist." | make the bucket traces
            unexpected error from ListObjects on traces: Get \\"https://host.docker.internal:37070/traces/?prefix=\\": http: server gave HTTP response to HTTPS client" | S3_INSECURE=true
            unexpected error from ListObjects on traces: The request signature we calculated does not match the signature you provided. Check your key and signing method." | S3_SECRET_KEY
            unexpected error from ListObjects on traces: Get \\"http://host.docker.internal:37999/traces/?prefix=\\": dial tcp 172.17.0.1:37999: connect: connection refused" | answers at host.docker.internal:37999 from
            unexpected error from ListObjects on traces: Get \\"http://nowhere.invalid/traces/?prefix=\\": dial tcp: lookup nowhere.invalid on 127.0.0.11:53: no such host" | S3_ENDPOINT
            open /prometheus/queries.active: permission denied | belong to another user
            """)
    void theLastWordsLeadToTheKey(String log, String hint) {
        Optional<String> found = LogHints.in(log);
        assertTrue(found.isPresent() && found.get().contains(hint), () -> found.toString());
    }

    @Test
    void nothingIsSaidWhereNothingIsKnown() {
        assertEquals(Optional.empty(), LogHints.in("level=info msg=started"));
    }
}
