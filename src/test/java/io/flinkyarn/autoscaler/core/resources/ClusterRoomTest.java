package io.flinkyarn.autoscaler.core.resources;

import static io.flinkyarn.autoscaler.core.testing.Given.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.sample.Clearance.Room;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClusterRoomTest {

    private static JobVertex vertex(String name, int parallelism, String group) {
        return new JobVertex(id(name), name, parallelism, 128, OptionalInt.empty(), Optional.of(group), false);
    }

    private static JobGraph graph(JobVertex... vertices) {
        return JobGraph.of(List.of(vertices), List.of());
    }

    @Test
    void onlyWhatRisesAboveTheSlotsOfTheGroupIsCut() {
        JobGraph graph = graph(vertex("a", 4, "one"), vertex("b", 4, "one"), vertex("c", 2, "one"));

        assertThat(ClusterRoom.cut(graph, Map.of(id("a"), 5, id("b"), 10, id("c"), 4), 2))
                .isEqualTo(Map.of(id("a"), 5, id("b"), 6, id("c"), 4));
    }

    @Test
    void groupsShareTheRoomInProportionToWhatTheyWant() {
        JobGraph graph = graph(vertex("a", 2, "one"), vertex("b", 2, "two"));

        assertThat(ClusterRoom.cut(graph, Map.of(id("a"), 8, id("b"), 5), 6)).isEqualTo(Map.of(id("a"), 6, id("b"), 4));
    }

    @Test
    void whatOneGroupGivesUpGoesToTheOthers() {
        JobGraph graph = graph(vertex("a", 6, "one"), vertex("b", 2, "two"));

        assertThat(ClusterRoom.cut(graph, Map.of(id("a"), 3, id("b"), 9), 1)).isEqualTo(Map.of(id("a"), 3, id("b"), 6));
    }

    @Test
    void aCutPlanFitsWastesNothingAndTakesNothingAway() {
        for (long seed = 1; seed <= 500; seed++) {
            Random random = new Random(seed);
            List<JobVertex> vertices = new ArrayList<>();
            Map<VertexId, Integer> changes = new HashMap<>();
            for (int i = 0; i < 1 + random.nextInt(6); i++) {
                JobVertex vertex = vertex("v" + i, 1 + random.nextInt(20), "group" + random.nextInt(3));
                vertices.add(vertex);
                if (random.nextBoolean()) {
                    changes.put(vertex.id(), 1 + random.nextInt(40));
                }
            }
            JobGraph graph = JobGraph.of(vertices, List.of());
            int room = random.nextInt(30);

            Map<VertexId, Integer> cut = ClusterRoom.cut(graph, changes, room);

            int wanted = ClusterRoom.more(graph, changes).orElseThrow();
            int taken = ClusterRoom.more(graph, cut).orElseThrow();
            assertThat(ClusterRoom.lacking(graph, cut, new Room(room, ""))).isEmpty();
            assertThat(taken).as("seed %d", seed).isEqualTo(Math.min(wanted, room));
            for (JobVertex vertex : vertices) {
                if (changes.containsKey(vertex.id())) {
                    int target = changes.get(vertex.id());
                    assertThat(cut.get(vertex.id()))
                            .as("seed %d", seed)
                            .isBetween(Math.min(target, vertex.parallelism()), target);
                }
            }
        }
    }
}
