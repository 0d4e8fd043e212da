package io.flinkyarn.autoscaler.telemetry;

/**
 * How one of those stands whom the daemon tells of events. Made by the composition root whenever it is asked for.
 *
 * @param waiting messages
 * @param lost messages that were given up
 */
public record ReceiverFigures(String receiver, int waiting, long sent, long lost) {

    void read(Readings readings) {
        readings.gauge(Metrics.RECEIVER_WAITING, waiting, receiver);
        readings.counter(Metrics.RECEIVER_SENT, (double) sent, receiver);
        readings.counter(Metrics.RECEIVER_LOST, (double) lost, receiver);
    }
}
