package io.flinkyarn.autoscaler.control;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Ends the life of a process at a chosen moment, without a process: whatever a tick asks of a port has a moment before it takes effect and one
 * after, and at the moment chosen an error is thrown that nobody catches. For one thread.
 */
final class SuddenDeath {

    /** The process is dead; only its store and Flink go on. */
    static final class Died extends Error {
        private static final long serialVersionUID = 1L;

        private Died(String moment) {
            super(moment);
        }
    }

    private final int at;
    private final List<String> moments = new ArrayList<>();

    /**
     * @param at number of the moment, from 1; a number that is never reached lets it live
     */
    SuddenDeath(int at) {
        this.at = at;
    }

    /** The moments that have passed, as people call them. */
    List<String> moments() {
        return List.copyOf(moments);
    }

    /** The same ports; each call of one may be the last. */
    Ports threaten(Ports ports) {
        return new Ports(
                threaten(MetricsCollector.class, ports.collector()),
                threaten(AutoScalerStateStore.class, ports.store()),
                threaten(ScalingRealizer.class, ports.realizer()),
                threaten(AutoScalerEventHandler.class, ports.stepEvents()),
                threaten(AutoScalerEventHandler.class, ports.events()),
                ports.policies(),
                ports.board(),
                ports.clock(),
                ports.interval());
    }

    private <T> T threaten(Class<T> port, T target) {
        InvocationHandler calls = (proxy, method, arguments) -> {
            String call = port.getSimpleName() + "." + method.getName();
            moment("before " + call);
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                throw Objects.requireNonNull(e.getCause());
            } finally {
                moment("after " + call);
            }
        };
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, calls));
    }

    private void moment(String name) {
        moments.add(name);
        if (moments.size() == at) {
            throw new Died(name);
        }
    }
}
