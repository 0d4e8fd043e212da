package io.flinkyarn.autoscaler.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/** A load curve that was recorded on a real system. Origin and licence of each stand beside the files. */
final class Trace {

    private Trace() {}

    /**
     * Reads {@code traces/<name>.csv}: seconds and records/s, linear in between.
     *
     * @param day the day of the recording at which the curve begins, from 0
     */
    static Curve read(String name, int day) {
        NavigableMap<Long, Double> points = new TreeMap<>();
        text(name).lines().skip(1).map(line -> line.split(",")).forEach(row -> {
            points.put(Long.parseLong(row[0]), Double.parseDouble(row[1]));
        });
        long start = day * 86_400L;
        return second -> between(points, start + second);
    }

    private static double between(NavigableMap<Long, Double> points, long second) {
        Map.Entry<Long, Double> before = points.floorEntry(second);
        Map.Entry<Long, Double> after = points.ceilingEntry(second);
        if (before == null || after == null) {
            return Objects.requireNonNull(before == null ? after : before).getValue();
        }
        if (after.getKey().equals(before.getKey())) {
            return before.getValue();
        }
        double share = (second - before.getKey()) / (double) (after.getKey() - before.getKey());
        return before.getValue() + (after.getValue() - before.getValue()) * share;
    }

    private static String text(String name) {
        String resource = "/simulation/traces/" + name + ".csv";
        try (InputStream in = Trace.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
