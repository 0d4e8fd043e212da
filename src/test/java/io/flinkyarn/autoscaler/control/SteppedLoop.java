package io.flinkyarn.autoscaler.control;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** The control loop without its threads: a test on virtual time lists and beats when it likes, and all work is done by its own thread. */
public final class SteppedLoop {

    private static final int PARALLELISM = 1000;

    private final ControlLoop loop;

    public SteppedLoop(Ports ports, List<JobListFetcher> fetchers) {
        this(ports, fetchers, CycleListener.NONE);
    }

    public SteppedLoop(Ports ports, List<JobListFetcher> fetchers, CycleListener listener) {
        this.loop = new ControlLoop(ports, fetchers, PARALLELISM, List.of(), listener, new AtOnce());
    }

    /** Lists every cluster once. */
    public void list() {
        loop.list();
    }

    /** Takes every job that is due through a cycle. */
    public void beat() {
        loop.beat();
    }

    /** Runs on the thread that asks for it. */
    private static final class AtOnce extends AbstractExecutorService implements ExecutorService {

        private boolean stopped;

        @Override
        public void execute(Runnable work) {
            work.run();
        }

        @Override
        public void shutdown() {
            stopped = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            stopped = true;
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return stopped;
        }

        @Override
        public boolean isTerminated() {
            return stopped;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return stopped;
        }
    }
}
