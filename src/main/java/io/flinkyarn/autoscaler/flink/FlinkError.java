package io.flinkyarn.autoscaler.flink;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Flink's answer to a request that it refuses: {@code {"errors": […]}}, where a text may hold kilobytes of stack trace.
 *
 * @param errors the first may only say that there is a second
 */
record FlinkError(@JsonProperty(required = true) List<String> errors) {

    private static final String SERVER_SIDE = "<Exception on server side:\n";
    private static final Pattern CLASS_NAMES = Pattern.compile("^(?:[\\w.$]+\\.[\\w$]*(?:Exception|Error): )+");
    private static final int SHOWN = 400;

    FlinkError {
        errors = List.copyOf(errors);
    }

    /** The first line that means something to a person. */
    String firstLine() {
        return errors.stream()
                .filter(e -> !e.equals("Internal server error."))
                .findFirst()
                .map(FlinkError::firstLine)
                .orElse(errors.isEmpty() ? "no reason given" : errors.get(0));
    }

    private static String firstLine(String error) {
        String text = error.startsWith(SERVER_SIDE) ? error.substring(SERVER_SIDE.length()) : error;
        String line = text.strip().lines().findFirst().orElse("no reason given");
        String plain = CLASS_NAMES.matcher(line).replaceFirst("");
        return plain.length() <= SHOWN ? plain : plain.substring(0, SHOWN) + "…";
    }
}
