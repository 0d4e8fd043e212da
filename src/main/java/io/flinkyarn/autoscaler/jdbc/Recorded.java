package io.flinkyarn.autoscaler.jdbc;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleConsumer;

/** A table that is kept equal to what holds now. Called by the {@link StatusRecorder}, by one thread at a time. */
interface Recorded {

    /** Reads, once and before anything else, what an earlier process has left. */
    default void load(Handle handle) {}

    /** What is to be written; empty where nothing is. The same comes again where it could not be written. */
    Optional<Difference> difference(Present present);

    /**
     * What is to be written.
     *
     * @param write statements of one transaction
     * @param written called when it has been committed
     */
    record Difference(HandleConsumer<RuntimeException> write, Runnable written) {}
}
