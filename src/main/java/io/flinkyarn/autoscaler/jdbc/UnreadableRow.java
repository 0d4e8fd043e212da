package io.flinkyarn.autoscaler.jdbc;

/** Says that a row of Flink's autoscaler, or a part of it, has another form than we know; the message goes to whoever imports. */
final class UnreadableRow extends Exception {

    private static final long serialVersionUID = 1L;

    UnreadableRow(String message) {
        super(message);
    }
}
