package workers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Defect 8 of the original: commands were exported as they were. */
class ToolDetailTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ls -la                                      | ls
            API_KEY=canary ./run.sh --token canary      | run.sh
            A=canary B=canary /usr/bin/make test        | make
            PASSWORD="can ary" ./run.sh                 | ``
            PASSWORD=$(cat canary) ./run.sh             | ``
            "can ary"                                   | ``
            $(canary)                                   | ``
            sk-ant-api03-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA | ``
            (cd x; make)                                | ``
            export TOKEN=canary                         | export
            a;canary                                    | ``
            """)
    void aCommandBecomesItsProgram(String command, String expected) {
        assertEquals(expected, ToolDetail.program(command));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"file_path":"/work dir/a/b.txt","content":"canary"}   | a/b.txt
            {"file_path":"/work dir/a/../../etc/x"}                | /work dir/a/../../etc/x
            {"file_path":"/work dir"}                              | .
            {"file_path":"/work dirt/b"}                           | /work dirt/b
            {"file_path":"rel/x\\u0000"}                           | ``
            {"path":"src","pattern":"canary"}                      | src
            {"url":"https://user:canary@example.com/canary?t=1"}   | example.com
            {"url":"not a url canary"}                             | ``
            {"subagent_type":"Explore","prompt":"canary"}          | Explore
            {"command":17}                                         | ``
            {"query":"canary"}                                     | ``
            []                                                     | ``
            """)
    void anInputBecomesSomethingHarmless(String input, String expected) throws Exception {
        assertEquals(expected, ToolDetail.of(new ObjectMapper().readTree(input), Path.of("/work dir")));
    }
}
