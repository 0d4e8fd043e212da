package io.flinkyarn.autoscaler.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How many records have arrived at the "topic" by a given time: the integral over a rate that changes in steps. Every
 * subtask of the source reads the same file, so all agree on it, and a job that was down finds what arrived meanwhile
 * as lag.
 *
 * <p>The file has one line per change, {@code <epoch milliseconds> <records per second>}, in the order of time. Lines
 * are appended while the job runs. Before the first line nothing arrives.
 */
final class RateSchedule {

    private final List<Step> steps;

    private RateSchedule(List<Step> steps) {
        this.steps = steps;
    }

    /**
     * From {@code sinceMillis} on, records arrive at {@code rate} per second; {@code before} had arrived until then.
     */
    private record Step(long sinceMillis, double rate, double before) {

        double arrived(long nowMillis) {
            return before + rate * (nowMillis - sinceMillis) / 1_000;
        }
    }

    static RateSchedule read(Path file) throws IOException {
        List<Step> steps = new ArrayList<>();
        for (String line : completeLines(Files.readString(file))) {
            String[] fields = line.trim().split("\\s+");
            long since = Long.parseLong(fields[0]);
            steps.add(new Step(
                    since,
                    Double.parseDouble(fields[1]),
                    steps.isEmpty() ? 0 : last(steps).arrived(since)));
        }
        return new RateSchedule(steps);
    }

    /** The number of records that have arrived by {@code nowMillis}; never falls. */
    long arrived(long nowMillis) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (steps.get(i).sinceMillis <= nowMillis) {
                return (long) steps.get(i).arrived(nowMillis);
            }
        }
        return 0;
    }

    /** Without a last line that is still being written. */
    private static String[] completeLines(String text) {
        String complete = text.substring(0, text.lastIndexOf('\n') + 1);
        return complete.isBlank() ? new String[0] : complete.split("\n");
    }

    private static Step last(List<Step> steps) {
        return steps.get(steps.size() - 1);
    }
}
