package io.flinkyarn.autoscaler.core.resources;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a cluster could give to one application beyond what it has, at one moment. Made by the adapter of the cluster, read by the ledger that
 * knows what was promised since.
 *
 * @param bounds of which each must hold: of the queue, of the queues above it, of the user
 * @param nodes what is free on each node; a container has to fit on one
 * @param rounding how the cluster rounds what is asked for
 * @param containers by application id, for those that were asked about: how many each has
 * @param largest container that is given at all; empty: not known
 * @param caveat what the cluster does not tell, for people; empty: nothing is missing
 */
public record Headroom(
        List<Bound> bounds,
        List<Amount> nodes,
        Rounding rounding,
        Map<String, Integer> containers,
        Optional<Largest> largest,
        Optional<String> caveat) {

    public Headroom {
        bounds = List.copyOf(bounds);
        nodes = List.copyOf(nodes);
        containers = Map.copyOf(containers);
    }

    /**
     * One limit.
     *
     * @param scope what it is the limit of; the same for all applications that share it
     * @param left may be below 0
     * @param sentence with its numbers, for people
     */
    public record Bound(String scope, Amount left, String sentence) {}

    /**
     * The largest container that is given, however much is free.
     *
     * @param sentence with its numbers, for people
     */
    public record Largest(Amount size, String sentence) {

        boolean holds(Amount container) {
            return size.holds(container) > 0;
        }
    }

    /**
     * Containers that are promised and not in the figures yet.
     *
     * @param scopes of the limits that they count against
     */
    public record Promised(Set<String> scopes, Amount container, int count) {

        public Promised {
            scopes = Set.copyOf(scopes);
        }
    }

    /**
     * How many containers fit.
     *
     * @param limit what sets that limit, for people
     */
    public record Fit(int containers, String limit) {}

    /**
     * How a cluster rounds what is asked for.
     *
     * @param least no container is smaller
     * @param step its size is a multiple of that
     */
    public record Rounding(Amount least, Amount step) {

        Amount up(Amount asked) {
            return new Amount(
                    up(asked.memoryMb(), least.memoryMb(), step.memoryMb()),
                    up(asked.vcores(), least.vcores(), step.vcores()));
        }

        private static long up(long asked, long least, long step) {
            long size = Math.max(asked, least);
            return step <= 0 ? size : Math.floorDiv(size + step - 1, step) * step;
        }
    }

    /** The limits that count for whoever has this headroom. */
    public Set<String> scopes() {
        return bounds.stream().map(Bound::scope).collect(Collectors.toUnmodifiableSet());
    }

    /** The same limits as newer figures have them; those that the newer figures do not have stay as they are. */
    public Headroom refreshedBy(Headroom newer) {
        Map<String, Bound> known = newer.bounds.stream().collect(Collectors.toMap(Bound::scope, bound -> bound));
        return new Headroom(
                bounds.stream()
                        .map(bound -> known.getOrDefault(bound.scope(), bound))
                        .toList(),
                newer.nodes,
                rounding,
                newer.containers,
                largest,
                caveat);
    }

    /** What a container costs that is asked for with such a size. */
    public Amount rounded(Amount container) {
        return rounding.up(container);
    }

    /**
     * How many more containers fit beside those that are promised to others.
     *
     * @param container rounded
     */
    public Fit fits(Amount container, List<Promised> promised) {
        if (largest.isPresent() && !largest.get().holds(container)) {
            return new Fit(0, largest.get().sentence() + "; a container takes " + container);
        }
        Fit fit = mostOf(container, promised);
        return new Fit(
                fit.containers(),
                fit.limit() + caveat.map(missing -> "; " + missing).orElse(""));
    }

    private Fit mostOf(Amount container, List<Promised> promised) {
        Fit fit = new Fit(onNodes(container, promised), "the nodes have no more room for containers of " + container);
        for (Bound bound : bounds) {
            Amount left = bound.left().minus(promisedIn(bound.scope(), promised));
            int containers = left.holds(container);
            if (containers < fit.containers()) {
                String since = left.equals(bound.left()) ? "" : ", of which " + left + " are not promised to others";
                fit = new Fit(containers, bound.sentence() + since + "; a container takes " + container);
            }
        }
        return fit;
    }

    private static Amount promisedIn(String scope, List<Promised> promised) {
        return promised.stream()
                .filter(p -> p.scopes().contains(scope))
                .map(p -> p.container().times(p.count()))
                .reduce(Amount.NOTHING, Amount::plus);
    }

    private int onNodes(Amount container, List<Promised> promised) {
        List<Amount> free = new ArrayList<>(nodes);
        promised.forEach(p -> place(p, free));
        return (int) Math.min(
                Integer.MAX_VALUE,
                free.stream().mapToLong(node -> node.holds(container)).sum());
    }

    /** Where YARN will put them is not known: here, on the first node that has room. */
    private static void place(Promised promised, List<Amount> free) {
        int count = promised.count();
        for (int i = 0; i < free.size() && count > 0; i++) {
            int here = Math.min(count, free.get(i).holds(promised.container()));
            free.set(i, free.get(i).minus(promised.container().times(here)));
            count -= here;
        }
    }
}
