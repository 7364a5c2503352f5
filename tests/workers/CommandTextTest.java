package workers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTextTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            make -C sub test 2>&1 ! tail -n 3               | make -C sub test 2>&1 ! tail -n 3
            API_KEY=canary ./run.sh --token canary -v       | API_KEY=[redacted] ./run.sh --token [redacted] -v
            PASSWORD="can ary" ./run.sh                     | PASSWORD=[redacted] ./run.sh
            PASSWORD=can\\ ary ./run.sh                      | PASSWORD=[redacted] ./run.sh
            export 'DB_PASSWORD=can ary'                    | export 'DB_PASSWORD=[redacted]'
            bash -c "PASSWORD='can ary' make"               | bash -c "PASSWORD=[redacted]"
            sh -c 'echo "it"; SECRET_KEY="can ary" make'    | sh -c 'echo "it"; SECRET_KEY=[redacted] make'
            curl -u me:canary https://example.org           | curl -u me:[redacted] https://example.org
            curl -H "X-Secret: canary" https://e.org        | curl -H "X-Secret: [redacted]" https://e.org
            curl https://me:canary@example.org/             | curl https://me:[redacted]@example.org/
            mysql -uroot -pcanary shop                      | mysql -uroot -p[redacted] shop
            sshpass -p canary ssh host                      | sshpass -p [redacted] ssh host
            deploy --password=canary; make -p all           | deploy --password=[redacted]; make -p all
            TOKEN=$TOKEN ./run.sh --password "${PW}"        | TOKEN=[redacted] ./run.sh --password "${PW}"
            grep -rn TOKENS src                             | grep -rn TOKENS src
            git commit -m "Say what the token: does"        | git commit -m "Say what the token: [redacted]"
            """)
    void aCommandIsShownWithoutItsSecrets(String command, String expected) {
        assertEquals(expected, CommandText.redacted(command));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "cat > .env <<EOF\nTOKEN=canary\nDB_PASSWORD: canary\nEOF\n",
        "cat > a.json <<'EOF'\n{\"password\": \"can ary\", \"note\": \"don't\", \"api_key\": 'can ary'}\nEOF",
        "echo don't; TOKEN=\"can ary\" ./run.sh", "AWS_SECRET_ACCESS_KEY=\"can ary", "redis-cli -a canary ping",
        "docker run -e 'API_TOKEN=can ary' x", "x --client-secret\t'can ary'", "sh -c \"sh -c 'PASSWORD=canary x'\""})
    void noQuotationHidesASecretFromIt(String command) {
        String shown = CommandText.redacted(command);
        assertFalse(shown.contains("canary") || shown.contains("can ary") || shown.contains("ary\""), shown);
    }

    @Test
    void aCommandOfAnyLengthAndDepthTakesLittleTime() {
        for (String piece : List.of("\"", "'", "\\", "a=", "--password ", "sh -c \"", "token", "{\"", "-----BEGIN ")) {
            assertTimeout(Duration.ofSeconds(20), () -> CommandText.redacted(piece.repeat(4_000)), piece);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Exit code 1\\nerror: no such file                            | exit 1: error: no such file
            Exit code 137                                               | exit 137
            <tool_use_error>File has not been read yet.</tool_use_error> | File has not been read yet.
            This command requires approval                              | This command requires approval
            String to replace not found in file.\\nString: a\\nb          | String to replace not found in file.
            Exit code 2\\nTOKEN=canary-canary                            | exit 2: TOKEN=[redacted]
            ``                                                          | ``
            """)
    void aFailureIsToldInALine(String answer, String expected) {
        assertEquals(expected, ToolFailure.of(answer.replace("\\n", "\n")));
    }
}
