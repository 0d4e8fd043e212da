package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A fresh database in memory, and what the tests ask it. */
final class MemoryDatabase implements AutoCloseable {

    final Database database;

    MemoryDatabase() throws StoreException {
        database = Database.open(
                new DatabaseAccess("jdbc:h2:mem:" + UUID.randomUUID(), Optional.empty(), Optional.empty()));
    }

    int count(String table) {
        return database.jdbi()
                .<Integer, RuntimeException>withHandle(h -> h.createQuery("SELECT COUNT(*) FROM " + table)
                        .mapTo(Integer.class)
                        .one());
    }

    /** Rows by lower-case column names. */
    List<Map<String, Object>> rows(String sql) {
        return database.jdbi()
                .<List<Map<String, Object>>, RuntimeException>withHandle(
                        h -> h.createQuery(sql).mapToMap().list());
    }

    @Override
    public void close() {
        database.close();
    }
}
