package io.flinkyarn.autoscaler.week;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.jdbc.DatabaseAccess;
import io.flinkyarn.autoscaler.testing.DatabaseServer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The questions and the views on every kind of database: the same rows as in the H2 whose answers the tests beside have checked. */
class EveryDatabaseAnswersAlikeIT {

    @ParameterizedTest
    @EnumSource(DatabaseServer.class)
    void every_database_gives_the_same_answers(DatabaseServer server) throws Exception {
        Answers expected = Week.over().answers();
        DatabaseAccess copy = server.newDatabase();
        WeekCopy.into(copy);
        try (Answers answers = new Answers(copy)) {
            for (String question : Answers.questions()) {
                assertThat(answers.toFile(question)).as(question).isEqualTo(expected.toFile(question));
            }
            List<String> views = expected.relations("VIEW");
            assertThat(views).hasSizeGreaterThan(10);
            for (String view : views) {
                String all = "SELECT * FROM " + view;
                assertThat(answers.to(all)).as(view).containsExactlyInAnyOrderElementsOf(expected.to(all));
            }
        }
    }
}
