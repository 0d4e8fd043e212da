package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.jdbc.RescaleHistory.Change;
import io.flinkyarn.autoscaler.jdbc.RescaleHistory.Rescale;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Rescales as a table for people, a line per changed vertex. */
final class HistoryText {

    private static final List<String> HEAD =
            List.of("decided", "job", "vertex", "from", "to", "true rate/s", "target/s", "outcome", "reason");

    private HistoryText() {}

    static List<String> lines(List<Rescale> rescales, ZoneId zone) {
        if (rescales.isEmpty()) {
            return List.of("No rescale so far");
        }
        Table table = new Table(HEAD);
        for (Rescale rescale : rescales) {
            rescale.changes().forEach(change -> table.add(row(rescale, change, zone)));
        }
        return table.lines();
    }

    private static List<String> row(Rescale rescale, Change change, ZoneId zone) {
        return List.of(
                Moment.print(rescale.decidedAt(), zone),
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
}
