package io.flinkyarn.autoscaler.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for TERM, or Ctrl-C. Both are caught instead of being left to the JVM: its shutdown hooks run all at once, and H2's closes the
 * database while a tick still has an outcome to save.
 *
 * <p>The class that catches signals is in every JDK, but javac warns of its name; it is therefore called by reflection. Where that fails, the JVM
 * ends as it does by default, and what was not saved is made up for after the next start.
 */
final class StopSignal {

    private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);
    private static final List<String> SIGNALS = List.of("TERM", "INT");

    private final CountDownLatch received = new CountDownLatch(1);

    private StopSignal() {}

    /** From now on these signals do not end the process by themselves. */
    static StopSignal install() {
        StopSignal stop = new StopSignal();
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler count = (proxy, method, arguments) -> {
                stop.received.countDown();
                return null;
            };
            Object counting = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, count);
            for (String name : SIGNALS) {
                Object wanted = signal.getConstructor(String.class).newInstance(name);
                signal.getMethod("handle", signal, handler).invoke(null, wanted, counting);
            }
        } catch (ReflectiveOperationException e) {
            LOG.warn("signals cannot be caught, so a stop is not graceful: {}", e.toString());
        }
        return stop;
    }

    void await() throws InterruptedException {
        received.await();
    }
}
