package io.flinkyarn.autoscaler.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {

    private static void assertWrittenAsByFormat(double value) {
        assertThat(Decimal.of(value, 2)).isEqualTo(String.format(Locale.ROOT, "%.2f", value));
        assertThat(Decimal.of(value, 1)).isEqualTo(String.format(Locale.ROOT, "%.1f", value));
        assertThat(Decimal.of(value, 0)).isEqualTo(String.format(Locale.ROOT, "%.0f", value));
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                0,
                -0.0,
                1,
                0.5,
                1.5,
                0.005,
                0.004,
                0.0049,
                0.125,
                1.005,
                0.995,
                9.995,
                99.995,
                999.999,
                0.05,
                0.95,
                9.5,
                1234.5,
                1e6,
                9_999_999.994,
                9_999_999.995,
                1e7,
                12_345_678.905,
                1e-3,
                9.99e-4,
                5e-3,
                4.9e-324,
                1.5e300,
                -0.001,
                -7.125,
                1e21,
                123456789012345680.0,
                Double.MAX_VALUE
            })
    void aNumberIsWrittenAsByFormat(double value) {
        assertWrittenAsByFormat(value);
    }

    @Test
    void numbersOfAllSizesAreWrittenAsByFormat() {
        Random random = new Random(20261122);
        for (int i = 0; i < 20_000; i++) {
            assertWrittenAsByFormat(random.nextDouble() * Math.pow(10, random.nextInt(24) - 6));
        }
        for (int i = 0; i < 20_000; i++) {
            assertWrittenAsByFormat(random.nextInt(1_000_000) / 1000.0);
        }
    }
}
