package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.event.EventText;
import io.flinkyarn.autoscaler.core.policy.SetOption;
import io.flinkyarn.autoscaler.core.state.Standing;
import io.flinkyarn.autoscaler.jdbc.JobExplanation;
import io.flinkyarn.autoscaler.jdbc.JobExplanation.Decided;
import io.flinkyarn.autoscaler.jdbc.JobExplanation.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Why a job was or was not rescaled, for people. What comes first is what they ask first. */
final class ExplanationText {

    /** The daemon writes once a minute at least; after this long it does not. */
    private static final Duration OLD = Duration.ofMinutes(5);

    private final ZoneId zone;
    private final List<String> lines = new ArrayList<>();

    private ExplanationText(ZoneId zone) {
        this.zone = zone;
    }

    static List<String> lines(JobExplanation explanation, Instant now, ZoneId zone) {
        ExplanationText text = new ExplanationText(zone);
        text.head(explanation, now);
        if (!explanation.vertices().isEmpty()) {
            text.section(GraphPicture.lines(explanation.vertices()));
        }
        explanation.decided().ifPresent(text::decided);
        explanation
                .lastRescale()
                .ifPresent(rescale -> text.section("last rescale", HistoryText.lines(List.of(rescale), zone)));
        if (!explanation.options().isEmpty()) {
            text.section(
                    "options that somebody has set, and where",
                    explanation.options().stream().map(ExplanationText::line).toList());
        }
        return List.copyOf(text.lines);
    }

    private void head(JobExplanation explanation, Instant now) {
        lines.add("job " + explanation.run());
        explanation.run().ended().ifPresent(ended -> lines.add("  it was seen to have ended at " + time(ended)));
        explanation
                .status()
                .ifPresentOrElse(
                        status -> status(status, explanation.run().ended().isPresent(), now),
                        () -> lines.add("  the daemon has not worked on it yet"));
    }

    private void status(Status status, boolean ended, Instant now) {
        lines.add("  " + status.mode().sentence()
                + status.policies().map(named -> " (policies " + named + ")").orElse("")
                + ", as of " + time(status.updatedAt()));
        status.reason()
                .ifPresent(reason -> lines.add("  "
                        + standing(reason, status.detail().orElse(""))
                        + status.since().map(since -> "; since " + time(since)).orElse("")));
        status.trouble()
                .ifPresent(trouble -> lines.add("  NOT SERVED"
                        + status.troubleSince()
                                .map(since -> " since " + time(since))
                                .orElse("") + ": " + trouble));
        status.lastGoodCycle().ifPresent(good -> lines.add("  last good cycle at " + time(good)));
        if (!ended && status.updatedAt().plus(OLD).isBefore(now)) {
            lines.add("  NOTHING NEW for "
                    + Duration.between(status.updatedAt(), now).toMinutes()
                    + " minutes: 'autoscaler.sh status' says whether the daemon runs and reaches the cluster");
        }
    }

    /** @param detail may be the sentence of the reason, where there are no particulars */
    private static String standing(String reason, String detail) {
        if (reason.equals(Standing.RESCALED)) {
            return "has been rescaled";
        }
        Optional<String> sentence = Arrays.stream(HoldReason.values())
                .filter(known -> known.name().equals(reason))
                .map(HoldReason::sentence)
                .findFirst();
        boolean says = !detail.isEmpty() && !sentence.equals(Optional.of(detail));
        return "holds, " + sentence.orElse(reason) + (says ? ": " + detail : "");
    }

    private void decided(Decided decided) {
        List<String> arithmetic = decided.verdicts().stream()
                .flatMap(verdict -> EventText.explain(verdict).lines())
                .map(line -> "  " + line)
                .toList();
        section(
                "latest new decision, " + time(decided.at()) + ", "
                        + decided.kind().toLowerCase(Locale.ROOT) + ": "
                        + decided.detail()
                        + (arithmetic.isEmpty() ? "" : "; its arithmetic, with the numbers of that time:"),
                arithmetic);
    }

    private static String line(SetOption option) {
        return "  " + option.key() + ": " + option.value() + "  ("
                + option.by().name().toLowerCase(Locale.ROOT) + ", " + option.where() + ")";
    }

    private void section(List<String> body) {
        lines.add("");
        lines.addAll(body);
    }

    private void section(String title, List<String> body) {
        lines.add("");
        lines.add(title);
        lines.addAll(body);
    }

    private String time(Instant instant) {
        return Moment.print(instant, zone);
    }
}
