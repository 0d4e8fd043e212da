package io.flinkyarn.autoscaler.control;

import java.util.Objects;

/** A remote side did not answer, or not as it should. The message is one line for people: what was asked, what came back, what to do. */
public final class UnreachableException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What kind of failure it was; for metrics, back-off and events. */
    public enum Category {
        /** No connection, or none in time. */
        NO_ANSWER,
        /** A redirect or a page where JSON was expected: a login, a warning, the ResourceManager's own page. */
        NOT_FLINK,
        /** Flink answered with an error. */
        REFUSED,
        /** Flink does not know what was asked for: the job has gone. */
        GONE,
        /** The answer is JSON but not what Flink sends. */
        MALFORMED
    }

    private final Category category;

    public UnreachableException(Category category, String message) {
        super(message);
        this.category = category;
    }

    public UnreachableException(Category category, String message, Throwable cause) {
        super(message, cause);
        this.category = category;
    }

    /** The one line for people; never null. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    public Category category() {
        return category;
    }
}
