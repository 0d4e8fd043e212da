package io.flinkyarn.autoscaler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.jdbc.JobExplanation.Vertex;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** How a job graph looks as text. */
class GraphPictureTest {

    static Vertex vertex(String name, int parallelism, int target, Integer... fedBy) {
        return new Vertex(
                "0".repeat(32),
                name,
                parallelism,
                target,
                1,
                128,
                OptionalDouble.of(0.93),
                OptionalDouble.of(1000.04),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                List.of(fedBy));
    }

    private static List<String> pictures(Vertex... vertices) {
        return GraphPicture.lines(List.of(vertices)).stream()
                .skip(1)
                .map(line -> line.split(" {2,}(?=\\d)")[0])
                .toList();
    }

    @Test
    void a_vertex_stands_below_what_feeds_it_with_its_numbers_beside_it() {
        assertThat(GraphPicture.lines(
                        List.of(vertex("orders", 1, 1), vertex("price", 2, 4, 0), vertex("sink", 3, 3, 1))))
                .containsExactly(
                        "  job graph     now  then  allowed  busy  true rate/s  target/s  lag",
                        "  orders        1          1-128    93 %  1000.0       -         -",
                        "  └─▶ price     2    → 4   1-128    93 %  1000.0       -         -",
                        "      └─▶ sink  3          1-128    93 %  1000.0       -         -");
    }

    @Test
    void branches_are_told_apart_and_a_join_names_its_other_inputs() {
        assertThat(pictures(
                        vertex("orders", 1, 1),
                        vertex("users", 1, 1),
                        vertex("alerts", 1, 1, 0),
                        vertex("clean", 1, 1, 0),
                        vertex("join", 1, 1, 1, 3),
                        vertex("sink", 1, 1, 4)))
                .containsExactly(
                        "  orders",
                        "  ├─▶ alerts",
                        "  └─▶ clean",
                        "      └─▶ join (also from users)",
                        "          └─▶ sink",
                        "  users");
    }

    @Test
    void an_input_that_cannot_be_one_hides_no_vertex() {
        assertThat(pictures(vertex("orders", 1, 1, 7), vertex("price", 1, 1, 1)))
                .containsExactly("  orders", "  price");
    }
}
