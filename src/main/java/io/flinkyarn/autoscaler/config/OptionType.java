package io.flinkyarn.autoscaler.config;

import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.policy.NamePattern;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the values of an option are written. Used by the catalogue; a parser throws {@link IllegalArgumentException} with a sentence that says
 * what was expected.
 *
 * @param name as the reference shows it
 * @param printer writes a value such that the parser reads it back
 */
record OptionType<T>(String name, Function<String, T> parser, Function<T, String> printer) {

    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    static final OptionType<Boolean> BOOLEAN = new OptionType<>("boolean", OptionType::parseBoolean, String::valueOf);
    static final OptionType<Integer> INT = new OptionType<>("int", OptionType::parseInt, String::valueOf);
    static final OptionType<Double> DOUBLE =
            new OptionType<>("double", OptionType::parseDouble, OptionType::printDouble);
    static final OptionType<Duration> DURATION = new OptionType<>("duration", DurationText::parse, DurationText::print);
    static final OptionType<Long> MEMORY = new OptionType<>("memory", MemoryText::parse, MemoryText::print);
    static final OptionType<String> TEXT = new OptionType<>("string", Function.identity(), Function.identity());
    static final OptionType<VertexId> VERTEX_ID = new OptionType<>("vertex ids", VertexId::new, VertexId::hex);
    static final OptionType<NamePattern> NAME_PATTERN =
            new OptionType<>("name patterns", NamePattern::new, NamePattern::text);
    static final OptionType<ZoneId> ZONE = new OptionType<>("time zone", OptionType::parseZone, ZoneId::getId);

    T parse(String text) {
        return parser.apply(text.strip());
    }

    /** The same under another name. */
    OptionType<T> called(String other) {
        return new OptionType<>(other, parser, printer);
    }

    String print(T value) {
        return printer.apply(value);
    }

    static <E> OptionType<List<E>> listOf(OptionType<E> element) {
        return new OptionType<>(
                "list of " + element.name() + (element.equals(TEXT) ? "s" : ""),
                text -> ListText.parse(text).stream().map(element::parse).toList(),
                values -> ListText.print(values.stream().map(element::print).toList()));
    }

    /** One of some names, whatever their case. */
    static <T> OptionType<T> oneOf(Map<String, T> values) {
        Map<String, T> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(values);
        String names = values.keySet().stream().sorted().collect(Collectors.joining(", "));
        return new OptionType<>(
                names,
                text -> {
                    T value = byName.get(text);
                    if (value == null) {
                        throw new IllegalArgumentException("expected one of " + names);
                    }
                    return value;
                },
                value -> values.entrySet().stream()
                        .filter(entry -> entry.getValue().equals(value))
                        .findFirst()
                        .orElseThrow()
                        .getKey());
    }

    static <E extends Enum<E>> OptionType<E> oneOf(Class<E> type) {
        return oneOf(List.of(type.getEnumConstants()).stream()
                .collect(Collectors.toMap(value -> value.name().toUpperCase(Locale.ROOT), Function.identity())));
    }

    private static boolean parseBoolean(String text) {
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw new IllegalArgumentException("expected true or false");
        }
        return text.equalsIgnoreCase("true");
    }

    private static int parseInt(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a whole number of at most " + Integer.MAX_VALUE, e);
        }
    }

    private static double parseDouble(String text) {
        double value = DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("expected a number such as 0.7");
        }
        return value;
    }

    private static String printDouble(double value) {
        return BigDecimal.valueOf(value).toPlainString();
    }

    private static ZoneId parseZone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("expected a time zone such as Europe/Berlin or UTC", e);
        }
    }
}
