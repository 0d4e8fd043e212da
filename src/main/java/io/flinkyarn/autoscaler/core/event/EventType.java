package io.flinkyarn.autoscaler.core.event;

/** How serious an event is, in the words that Flink's autoscaler prints. */
public enum EventType {
    NORMAL("Normal"),
    WARNING("Warning");

    private final String text;

    EventType(String text) {
        this.text = text;
    }

    /** As it is shown and stored. */
    public String text() {
        return text;
    }
}
