package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.jdbc.RescaleHistory.Change;
import io.flinkyarn.autoscaler.jdbc.RescaleHistory.Rescale;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Rescales as a table for people, a line per changed vertex. */
final class HistoryText {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final List<String> HEAD =
            List.of("decided", "job", "vertex", "from", "to", "true rate/s", "target/s", "outcome", "reason");

    private HistoryText() {}

    static List<String> lines(List<Rescale> rescales, ZoneId zone) {
        if (rescales.isEmpty()) {
            return List.of("No rescale so far");
        }
        List<List<String>> rows = new ArrayList<>(List.of(HEAD));
        for (Rescale rescale : rescales) {
            rescale.changes().forEach(change -> rows.add(row(rescale, change, zone)));
        }
        int[] widths = new int[HEAD.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static List<String> row(Rescale rescale, Change change, ZoneId zone) {
        return List.of(
                TIME.format(rescale.decidedAt().atZone(zone)),
                rescale.jobName(),
                change.vertexName(),
                String.valueOf(change.from()),
                String.valueOf(change.to()),
                rate(change.trueProcessingRate()),
                rate(change.targetRate()),
                outcome(rescale),
                change.why());
    }

    private static String outcome(Rescale rescale) {
        return rescale.phase().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + rescale.restart()
                        .map(took -> " after " + took.toSeconds() + " s")
                        .orElse("")
                + rescale.detail().map(detail -> " (" + detail + ")").orElse("");
    }

    private static String rate(OptionalDouble rate) {
        return rate.isPresent() ? String.format(Locale.ROOT, "%.1f", rate.getAsDouble()) : "-";
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
        }
        return line.toString().stripTrailing();
    }
}
