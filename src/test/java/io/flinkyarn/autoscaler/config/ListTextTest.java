package io.flinkyarn.autoscaler.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListTextTest {

    @Test
    void entriesAreSeparatedBySemicolons() {
        assertThat(ListText.parse("a")).containsExactly("a");
        assertThat(ListText.parse(" a ; b c;d;")).containsExactly("a", "b c", "d");
        assertThat(ListText.parse("a;;b")).containsExactly("a", "b");
    }

    @Test
    void anEntryThatHoldsASemicolonStandsInQuotes() {
        assertThat(ListText.parse("'a;b'; \"c;'d\" ;it's;'it''s'")).containsExactly("a;b", "c;'d", "it's", "it's");
    }

    @Test
    void aYamlListIsAListAsFlinksRestApiShowsIt() {
        assertThat(ListText.parse("[a, 'b;c', 007, \"* * * ? * 2\", 9:30-10:50]"))
                .containsExactly("a", "b;c", "007", "* * * ? * 2", "9:30-10:50");
        assertThat(ListText.parse("[00000000000000000000000000000001]"))
                .containsExactly("00000000000000000000000000000001");
        assertThat(ListText.parse("[]")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";", " ; ;", "[a, [b]]", "[a", "[{a: b}]", "[* * 3 * * ?]"})
    void whatIsNoListIsRefusedOrReadAsOneEntry(String text) {
        if (text.equals("[a")) {
            assertThat(ListText.parse(text)).containsExactly("[a");
        } else {
            assertThatThrownBy(() -> ListText.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected a");
        }
    }

    @Test
    void whatWasPrintedIsReadBack() {
        Random random = new Random(42);
        String[] parts = {"a", "b c", ";", "'", "\"", "[", "]", "*", ","};
        for (int i = 0; i < 10_000; i++) {
            List<String> entries = Stream.generate(() -> "x" + parts[random.nextInt(parts.length)])
                    .limit(random.nextInt(4))
                    .map(entry -> random.nextBoolean() ? entry : entry.substring(1) + entry)
                    .toList();

            assertThat(ListText.parse(ListText.print(entries))).isEqualTo(entries);
        }
    }
}
