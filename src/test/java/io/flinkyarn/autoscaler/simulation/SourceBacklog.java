package io.flinkyarn.autoscaler.simulation;

import java.util.Arrays;

/**
 * The log that a source reads from: what arrived, second by second, and how far it was read. Nothing is lost; a restart reads again what came
 * after the last checkpoint.
 */
final class SourceBacklog {

    /** Less than this is what is left over by the arithmetic of real numbers. */
    private static final double NOTHING = 1e-6;

    /** Records that had arrived by the end of each second. */
    private double[] arrived = new double[3600];

    private int seconds;
    private double total;
    private double position;
    private double checkpoint;
    private int oldest;

    /** One second more, with so many records. */
    void arrive(double records) {
        if (seconds == arrived.length) {
            arrived = Arrays.copyOf(arrived, 2 * arrived.length);
        }
        total += records;
        arrived[seconds++] = total;
    }

    void read(double records) {
        position += records;
    }

    void checkpoint() {
        checkpoint = position;
    }

    void rewind() {
        position = checkpoint;
        oldest = 0;
    }

    double waiting() {
        return Math.max(0, total - position);
    }

    double total() {
        return total;
    }

    double position() {
        return position;
    }

    /** Age of the oldest record that was not read, in whole seconds; 0 where there is none. */
    int lagSeconds() {
        while (oldest < seconds && arrived[oldest] <= position + NOTHING) {
            oldest++;
        }
        return oldest == seconds ? 0 : seconds - oldest - 1;
    }
}
