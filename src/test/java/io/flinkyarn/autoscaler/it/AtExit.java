package io.flinkyarn.autoscaler.it;

/** Something to be done when this JVM ends, also by Ctrl-C, unless it is closed before. */
final class AtExit implements AutoCloseable {

    private final Thread hook;

    AtExit(String name, Runnable action) {
        hook = new Thread(action, name);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending, and does it already.
        }
    }
}
