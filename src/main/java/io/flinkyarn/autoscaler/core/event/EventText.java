package io.flinkyarn.autoscaler.core.event;

import io.flinkyarn.autoscaler.core.decide.Decision;
import io.flinkyarn.autoscaler.core.decide.Limit;
import io.flinkyarn.autoscaler.core.decide.Trigger;
import io.flinkyarn.autoscaler.core.decide.Verdict;
import io.flinkyarn.autoscaler.core.decide.VertexOutcome;
import io.flinkyarn.autoscaler.core.evaluate.Replaced;
import io.flinkyarn.autoscaler.core.resources.MemoryRecommendation;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Decisions in words. The only place where their numbers are rounded. */
public final class EventText {

    private EventText() {}

    /** The report of a rescale, in the form that parsers of Flink's own autoscaler know. */
    public static String executed(Trigger trigger, List<Verdict> verdicts) {
        return trigger.headline() + ":" + report(verdicts);
    }

    /** The same of a recommendation. */
    public static String recommended(List<Verdict> verdicts) {
        return "Recommended, but not carried out:" + report(verdicts);
    }

    private static String report(List<Verdict> verdicts) {
        return verdicts.stream()
                .filter(Verdict::changes)
                .map(EventText::vertexReport)
                .collect(Collectors.joining());
    }

    private static String vertexReport(Verdict verdict) {
        return "{ Vertex ID " + verdict.vertex()
                + " | Parallelism " + verdict.parallelism() + " -> " + verdict.newParallelism()
                + " | Processing capacity " + plain(verdict.trueProcessingRate())
                + " -> " + plain(verdict.expectedProcessingRate())
                + " | Target data rate " + plain(verdict.targetRate()) + "}";
    }

    /** What memory a TaskManager should have, in the words of the options that set it. */
    public static String memoryRecommendation(MemoryRecommendation memory) {
        List<String> parts = new ArrayList<>(3);
        memory.heap()
                .ifPresent(heap -> parts.add("a heap of " + mebibytes(heap)
                        + memory.heapToday().stream()
                                .mapToObj(today -> " instead of " + mebibytes(today))
                                .collect(Collectors.joining())
                        + (memory.compensation() > 1 ? ", as fewer TaskManagers are to share the state" : "")
                        + " (taskmanager.memory.task.heap.size and taskmanager.memory.framework.heap.size together)"));
        memory.managed()
                .ifPresent(managed ->
                        parts.add("managed memory of " + mebibytes(managed) + " (taskmanager.memory.managed.size)"));
        memory.metaspace()
                .ifPresent(metaspace -> parts.add(
                        "a metaspace of " + mebibytes(metaspace) + " (taskmanager.memory.jvm-metaspace.size)"));
        return "By what it uses, a TaskManager of this job should have " + String.join(", ", parts)
                + ". This is advice: rescaling in place cannot change the memory of TaskManagers."
                + " Set it in the Flink configuration of the job, and start the job anew";
    }

    /** Rounded up: less would not be enough. */
    private static String mebibytes(double bytes) {
        return Decimal.of(Math.ceil(bytes / (1 << 20)), 0) + " MiB";
    }

    /** A decision for people: one line for each vertex that changes, or one line that says why none does. */
    public static List<String> lines(Decision decision) {
        return decision.match(
                hold -> List.of(sentence(hold)),
                rescale -> rescale.verdicts().stream()
                        .filter(Verdict::changes)
                        .map(EventText::line)
                        .toList());
    }

    /** Why the job is left alone. */
    public static String sentence(Decision.Hold hold) {
        return hold.detail().isEmpty()
                ? hold.reason().sentence()
                : hold.reason().sentence() + ": " + hold.detail();
    }

    /** One vertex of a decision. */
    public static String line(Verdict verdict) {
        return verdict.name() + ", parallelism " + verdict.parallelism() + " → " + verdict.newParallelism()
                + ", true processing rate " + rate(verdict.trueProcessingRate())
                + ", target rate " + rate(verdict.targetRate())
                + ", " + reason(verdict);
    }

    /** What moved the vertex, or kept it where it is; lower case, without a full stop. */
    public static String reason(Verdict verdict) {
        return verdict.changes()
                ? drive(verdict) + replaced(verdict) + cut(verdict)
                : verdict.outcome().sentence();
    }

    private static String drive(Verdict verdict) {
        if (verdict.requiredCapacity().isEmpty()) {
            return VertexOutcome.RESTORED.sentence();
        }
        String need = "it needs " + rate(verdict.requiredCapacity());
        if (verdict.trueProcessingRate().orElse(0) == Double.POSITIVE_INFINITY) {
            return "it receives nothing";
        }
        if (!verdict.outsideBand()) {
            return "inside its utilization band, it goes along with the others: " + need;
        }
        return verdict.newParallelism() > verdict.parallelism()
                ? "too slow, below its scale-up threshold of " + rate(verdict.scaleUpThreshold()) + ": " + need
                : "faster than necessary, above its scale-down threshold of " + rate(verdict.scaleDownThreshold())
                        + ": " + need;
    }

    /** What custom evaluators have set in the place of what was measured; empty where they have not. */
    private static String replaced(Verdict verdict) {
        return verdict.replaced().stream()
                .map(r -> ", with a " + replacement(r))
                .collect(Collectors.joining());
    }

    private static String replacement(Replaced replaced) {
        return replaced.rate().sentence() + " of " + rate(OptionalDouble.of(replaced.by())) + " by custom evaluator '"
                + replaced.evaluator() + "' instead of " + rate(replaced.before());
    }

    /** How the parallelism applied came from the one that the formula asks for; empty where they are equal. */
    private static String cut(Verdict verdict) {
        StringBuilder text = new StringBuilder();
        if (verdict.limit() != Limit.NONE) {
            text.append(", ")
                    .append(verdict.rawParallelism())
                    .append(" limited to ")
                    .append(verdict.limitedParallelism())
                    .append(" by ")
                    .append(verdict.limit().sentence());
        }
        if (verdict.alignedParallelism() != verdict.limitedParallelism()) {
            text.append(", ")
                    .append(verdict.limitedParallelism())
                    .append(" aligned to ")
                    .append(verdict.alignedParallelism());
        }
        if (verdict.outcome() == VertexOutcome.EXECUTOR) {
            text.append(", ").append(verdict.newParallelism()).append(" by a scaling executor");
        } else if (verdict.outcome() == VertexOutcome.CUT) {
            text.append(", ").append(verdict.newParallelism()).append(" by the room in the cluster");
        } else if (verdict.changes() && verdict.newParallelism() != verdict.alignedParallelism()) {
            text.append(", ").append(verdict.newParallelism()).append(" was the most asked for meanwhile");
        }
        return text.toString();
    }

    /** The whole arithmetic of one vertex, over several lines. */
    public static String explain(Verdict verdict) {
        List<String> lines = new ArrayList<>();
        lines.add(verdict.name() + " (" + verdict.vertex() + ")");
        lines.add("  parallelism         " + verdict.parallelism() + " of at most " + verdict.maxParallelism());
        lines.add("  busy                " + percent(verdict.busyRatio()));
        lines.add("  target rate         " + rate(verdict.targetRate()) + ", and " + rate(verdict.catchUpRate())
                + " to catch up" + lag(verdict.lag()));
        lines.add("  true rate           " + rate(verdict.trueProcessingRate()) + ", estimated from "
                + verdict.estimator().sentence());
        verdict.replaced().forEach(r -> lines.add("  replaced            " + replacement(r)));
        lines.add("  band                " + rate(verdict.scaleUpThreshold()) + " to "
                + rate(verdict.scaleDownThreshold()) + (verdict.outsideBand() ? ": outside" : ": inside"));
        lines.add("  required capacity   " + rate(verdict.requiredCapacity()) + ", scale factor "
                + number(verdict.scaleFactor())
                + (verdict.scalability() < 1 ? ", scalability " + verdict.scalability() : ""));
        lines.add("  parallelism wanted  " + verdict.rawParallelism() + cut(verdict));
        lines.add("  outcome             " + verdict.newParallelism() + ", "
                + (verdict.changes() ? drive(verdict) : verdict.outcome().sentence()));
        return String.join("\n", lines);
    }

    private static String rate(OptionalDouble value) {
        return value.isPresent() ? number(value) + "/s" : "unknown";
    }

    private static String lag(OptionalDouble records) {
        return records.isPresent() ? " with a lag of " + number(records) + " records" : "";
    }

    private static String percent(OptionalDouble ratio) {
        return ratio.isPresent() ? Decimal.of(ratio.getAsDouble() * 100, 1) + " %" : "unknown";
    }

    private static String number(OptionalDouble value) {
        if (value.isEmpty()) {
            return "unknown";
        }
        double number = value.getAsDouble();
        if (Double.isInfinite(number)) {
            return "unlimited";
        }
        return Decimal.of(number, Math.abs(number) < 100 ? 2 : 0);
    }

    private static String plain(OptionalDouble value) {
        if (value.isEmpty()) {
            return "NaN";
        }
        double number = value.getAsDouble();
        return Double.isInfinite(number) ? "Infinity" : Decimal.of(number, 2);
    }
}
