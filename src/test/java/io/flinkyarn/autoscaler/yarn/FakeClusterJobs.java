package io.flinkyarn.autoscaler.yarn;

import io.flinkyarn.autoscaler.control.ClusterJobs;
import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.control.UnreachableException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Flink clusters by their address, each answering what a test sets. Any thread may call it. */
final class FakeClusterJobs implements ClusterJobs {

    /** What a Flink does when it is asked. */
    interface Flink {
        List<FoundJob> answer() throws UnreachableException, InterruptedException;
    }

    private final Map<String, Flink> flinks = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();

    void at(RunningApplication application, Flink flink) {
        flinks.put(application.trackingUrl(), flink);
    }

    void at(RunningApplication application, FoundJob... jobs) {
        at(application, () -> List.of(jobs));
    }

    int calls(RunningApplication application) {
        return counter(application.trackingUrl()).get();
    }

    @Override
    public List<FoundJob> list(RestEndpoint endpoint) throws UnreachableException, InterruptedException {
        String address = endpoint.base().toString();
        counter(address).incrementAndGet();
        Flink flink = flinks.get(address);
        if (flink == null) {
            throw new IllegalStateException("no Flink at " + address);
        }
        return flink.answer();
    }

    private AtomicInteger counter(String address) {
        return calls.computeIfAbsent(address, a -> new AtomicInteger());
    }
}
