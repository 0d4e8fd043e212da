package io.flinkyarn.autoscaler.yarn;

import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.control.SchedulerPage;
import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.control.UnreachableException.Category;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The pages of two ResourceManagers, of which one at a time is active; it writes down who is asked. */
final class FakeSchedulerPage implements SchedulerPage {

    static final URI RM1 = URI.create("http://rm1:8088/");
    static final URI RM2 = URI.create("http://rm2:8088/");

    private List<LeafQueue> queues = List.of();
    private URI active = RM1;
    private final List<String> asked = new ArrayList<>();

    void has(LeafQueue... next) {
        queues = List.of(next);
    }

    void activate(URI manager) {
        active = manager;
    }

    List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public List<LeafQueue> queues(RestEndpoint manager) throws UnreachableException {
        asked.add(manager.base().getHost());
        if (!manager.base().equals(active)) {
            throw new UnreachableException(Category.NOT_FLINK, manager.base() + " is a standby");
        }
        return queues;
    }
}
