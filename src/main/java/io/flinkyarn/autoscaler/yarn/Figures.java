package io.flinkyarn.autoscaler.yarn;

import io.flinkyarn.autoscaler.core.resources.Amount;
import java.util.List;
import java.util.Optional;

/**
 * What the queues and the nodes of a cluster have, and what of it is used, at one moment; all of it without node labels, in the default
 * partition. Made by {@link YarnSession}.
 *
 * @param queues all but the root, whose limit is that of the nodes
 * @param nodes that run and carry no label
 */
record Figures(List<Queue> queues, List<Node> nodes) {

    Figures {
        queues = List.copyOf(queues);
        nodes = List.copyOf(nodes);
    }

    /**
     * One queue.
     *
     * @param path from the root on, for instance {@code root.etl.daily}; old clusters tell the last name only
     * @param max what it may use at most, with all that are below it; empty: the scheduler does not tell
     * @param maxShare the same as a share of all nodes, in [0, 1], for old clusters; empty: the scheduler does not tell
     * @param used with what is reserved on nodes
     * @param label of the nodes on which its containers run where nothing else is asked for; empty: those without a label
     */
    record Queue(String path, Optional<Amount> max, Optional<Double> maxShare, Amount used, Optional<String> label) {

        /** What it may use at most; empty where the scheduler does not tell. */
        Optional<Amount> max(Amount allNodes) {
            return max.or(() -> maxShare.map(
                    share -> new Amount((long) (allNodes.memoryMb() * share), (long) (allNodes.vcores() * share))));
        }

        boolean is(String name) {
            return path.equals(name) || path.equals("root." + name);
        }
    }

    /** One node. */
    record Node(Amount capability, Amount used) {

        Amount free() {
            return capability.minus(used);
        }
    }

    Amount all() {
        return nodes.stream().map(Node::capability).reduce(Amount.NOTHING, Amount::plus);
    }

    /** More vcores in use than there are on a node: this scheduler does not count them. */
    boolean ignoresVcores() {
        return nodes.stream().anyMatch(node -> node.free().vcores() < 0);
    }
}
