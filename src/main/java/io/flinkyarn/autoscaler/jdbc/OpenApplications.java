package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.jdbc.Sightings.ApplicationKey;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The applications that were seen and have no end. Read by the daemon when it starts, so that it asks what became of them meanwhile. */
public final class OpenApplications {

    private static final String SELECT = "SELECT cluster, application_id FROM application WHERE ended_at IS NULL";

    private OpenApplications() {}

    /** Their ids, by the name of their cluster. */
    public static Map<String, Set<String>> read(Database database) throws StoreException {
        return database.transaction("read which applications have no end", OpenApplications::read).stream()
                .collect(Collectors.groupingBy(
                        ApplicationKey::cluster,
                        Collectors.mapping(ApplicationKey::id, Collectors.toCollection(HashSet::new))));
    }

    static List<ApplicationKey> read(Handle handle) {
        return handle.createQuery(SELECT)
                .map((row, context) -> new ApplicationKey(row.getString("cluster"), row.getString("application_id")))
                .list();
    }
}
