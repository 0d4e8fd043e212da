package io.flinkyarn.autoscaler.web;

import java.util.List;
import java.util.function.Function;

/**
 * Everything that can be asked for, by its path. Any thread may ask.
 *
 * @param metrics from the header Accept to the text and its type
 */
public record Pages(Health health, Api api, Function<String, Metrics> metrics) {

    static final List<String> HEALTHY = List.of("-", "healthy");
    static final List<String> READY = List.of("-", "ready");

    private static final Files FILES = new Files();

    /** The page that Prometheus reads. */
    public static final class Metrics {

        private final String type;
        private final byte[] body;

        public Metrics(String type, byte[] body) {
            this.type = type;
            this.body = body;
        }
    }

    Answer answer(Request request) {
        List<String> path = request.path();
        if (path.size() >= 2 && path.get(0).equals("api") && path.get(1).equals("v1")) {
            return api.answer(request, path.subList(2, path.size()));
        }
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return Answer.problem(405, "this can only be read");
        }
        if (path.equals(HEALTHY)) {
            return health.healthy();
        }
        if (path.equals(READY)) {
            return health.ready();
        }
        if (path.equals(List.of("metrics"))) {
            Metrics page = metrics.apply(request.header("accept").orElse(""));
            return Answer.of(Answer.OK, page.type, page.body);
        }
        return FILES.find(path).orElseGet(() -> Answer.problem(Answer.NOT_FOUND, "there is no such page"));
    }
}
