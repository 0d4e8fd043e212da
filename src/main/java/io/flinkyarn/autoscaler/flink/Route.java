package io.flinkyarn.autoscaler.flink;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The REST paths that we ask for, all of them: Flink's, and two of the ResourceManager. The template is the name under which a request is counted. */
enum Route {
    FEATURES("config"),
    JOBS("jobs/overview"),
    JOB("jobs/:job"),
    JOB_CONFIGURATION("jobs/:job/jobmanager/config"),
    CLUSTER_CONFIGURATION("jobmanager/config"),
    JOBMANAGER_METRICS("jobmanager/metrics"),
    TASKMANAGER_METRICS("taskmanagers/metrics"),
    VERTEX_METRICS("jobs/:job/vertices/:vertex/subtasks/metrics"),
    REQUIREMENTS("jobs/:job/resource-requirements"),
    RESOURCE_MANAGER("ws/v1/cluster/info"),
    SCHEDULER("ws/v1/cluster/scheduler");

    private static final Pattern NAME = Pattern.compile(":[a-z]+");

    private final String template;

    Route(String template) {
        this.template = template;
    }

    String template() {
        return "/" + template;
    }

    /** This route with ids, in their order, in the places of the names. */
    RestPath of(String... ids) {
        String path = template;
        for (String id : ids) {
            path = NAME.matcher(path).replaceFirst(URLEncoder.encode(id, StandardCharsets.UTF_8));
        }
        return new RestPath(this, path);
    }

    /**
     * A route with its ids filled in.
     *
     * @param text relative to the base of the endpoint
     */
    record RestPath(Route route, String text) {}
}
