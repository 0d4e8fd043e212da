package io.flinkyarn.autoscaler.yarn;

import java.util.Set;

/** Running applications as a ResourceManager reports them. */
final class Applications {

    private Applications() {}

    static String id(int number) {
        return "application_1795354922814_%04d".formatted(number);
    }

    static RunningApplication running(int number, String... tags) {
        return at("http://rm:8088/proxy/" + id(number) + "/", "http://127.0.0.1:37189", number, tags);
    }

    static RunningApplication at(String trackingUrl, String originalTrackingUrl, int number, String... tags) {
        return new RunningApplication(
                id(number),
                "Apache Flink",
                "app " + number,
                "root.prod",
                "alice",
                Set.of(tags),
                trackingUrl,
                originalTrackingUrl);
    }
}
