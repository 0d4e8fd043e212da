package io.flinkyarn.autoscaler.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            Sink: out,     Sink: out,       true
            Sink: out,     Sink: out2,      false
            Sink: *,       Sink: out,       true
            Sink: *,       "Sink: ",        true
            Sink: *,       Sink,            false
            *,             "",              true
            *,             anything,        true
            "",            "",              true
            "",            x,               false
            *map*,         Source -> map 1, true
            a*b*c,         aXbYbZc,         true
            a*b*c,         aXbYbZ,          false
            a**b,          ab,              true
            a.c,           abc,             false
            """)
    void aStarStandsForAnyCharactersAndEverythingElseForItself(String text, String name, boolean matches) {
        assertThat(new NamePattern(text).matches(name)).isEqualTo(matches);
    }
}
