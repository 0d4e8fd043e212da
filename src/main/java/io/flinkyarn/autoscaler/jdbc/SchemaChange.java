package io.flinkyarn.autoscaler.jdbc;

import java.util.Optional;

/**
 * What opening a database has done to its tables.
 *
 * @param from the version that was found; empty where there were no tables
 * @param to the version that holds now
 */
public record SchemaChange(Optional<String> from, String to) {

    /** For people. */
    public String sentence() {
        return from.map(version -> version.equals(to)
                        ? "have version " + to + " already"
                        : "went from version " + version + " to " + to)
                .orElse("were made, with version " + to);
    }
}
