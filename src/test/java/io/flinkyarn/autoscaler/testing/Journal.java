package io.flinkyarn.autoscaler.testing;

import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the stand-ins of one test were asked for, in this order: {@code collect job-1}, {@code save job-1}, … Any thread may call it. */
public final class Journal {

    private final List<String> entries = new CopyOnWriteArrayList<>();

    public void add(String call, JobAutoScalerContext job) {
        entries.add(call + " " + job.jobName());
    }

    public List<String> entries() {
        return List.copyOf(entries);
    }

    /** What was asked for since the last call of this method, or the start. */
    public List<String> take() {
        List<String> taken = entries();
        entries.clear();
        return taken;
    }
}
