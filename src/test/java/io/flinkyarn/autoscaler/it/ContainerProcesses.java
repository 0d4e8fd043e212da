package io.flinkyarn.autoscaler.it;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The processes of the containers that NodeManagers of this JVM started: a shell each, and what runs below it. It
 * remembers what it has seen, because a process whose shell died is nobody's child any more.
 */
final class ContainerProcesses {

    /** The script by which Hadoop's default executor starts every container. */
    private static final String SHELL = "default_container_executor.sh";

    private final Set<ProcessHandle> seen = new LinkedHashSet<>();

    /** Remembers those that run now. */
    synchronized void look() {
        ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains(SHELL))
                .flatMap(shell -> Stream.concat(Stream.of(shell), shell.descendants()))
                .forEach(seen::add);
    }

    /** Returns when none is left: each has until {@code patience} is over to end by itself, then it is killed. */
    synchronized void end(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (anyAlive()) {
            if (System.nanoTime() > deadline) {
                seen.forEach(ProcessHandle::destroyForcibly);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                seen.forEach(ProcessHandle::destroyForcibly);
                return;
            }
        }
    }

    private boolean anyAlive() {
        look();
        seen.removeIf(process -> !process.isAlive());
        return !seen.isEmpty();
    }
}
