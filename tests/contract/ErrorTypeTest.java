package contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorTypeTest {
    @ParameterizedTest
    @EnumSource(ErrorType.class)
    void everyValueIsReadBack(ErrorType type) {
        assertEquals(type, ErrorType.read(type.value(OptionalInt.empty())).type());
    }

    @ParameterizedTest
    @ValueSource(strings = {"timeout", "exit_0", "exit_137", "api_529", "503", "exit", "http"})
    void aNumberIsAPartOfTheValue(String value) {
        ErrorType.Read read = ErrorType.read(value);
        assertEquals(value, read.type().value(read.number()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "rm -rf / failed", "exit_", "exit_-1", "exit_99999999999", "api_x", "Timeout", "503a"})
    void whatIsNotInTheListIsOther(String value) {
        assertEquals(ErrorType.OTHER, ErrorType.read(value).type());
    }

    @Test
    void aTypeWithoutANumberIgnoresOne() {
        assertEquals("timeout", ErrorType.TIMEOUT.value(OptionalInt.of(4)));
    }
}
