package io.flinkyarn.autoscaler.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryTextTest {

    @ParameterizedTest
    @CsvSource({
        "1g, 1073741824",
        "512 mb, 536870912",
        "67108864b, 67108864",
        "1024, 1024",
        "0, 0",
        "2 TB, 2199023255552",
        "3 kibibytes, 3072"
    })
    void aSizeMayBeWrittenAsFlinkWritesIt(String text, long bytes) {
        assertThat(MemoryText.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gb", "-1 gb", "1.5 gb", "1 gib", "9000000 tb", "99999999999999999999"})
    void anythingElseIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> MemoryText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a memory size such as 4g");
    }

    @Test
    void whatWasPrintedIsReadBack() {
        Random random = new Random(42);
        for (int i = 0; i < 10_000; i++) {
            long bytes = random.nextInt(4096) * (1L << (10 * random.nextInt(5)));

            assertThat(MemoryText.parse(MemoryText.print(bytes))).isEqualTo(bytes);
        }
    }
}
