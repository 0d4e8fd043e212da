package io.flinkyarn.autoscaler.yarn;

import java.util.concurrent.ThreadFactory;

/** Makes threads that carry the name of what they do and do not keep the process alive. */
final class DaemonThreads {

    private DaemonThreads() {}

    static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
