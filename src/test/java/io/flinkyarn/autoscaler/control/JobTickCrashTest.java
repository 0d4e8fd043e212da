package io.flinkyarn.autoscaler.control;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.flinkyarn.autoscaler.control.SuddenDeath.Died;
import io.flinkyarn.autoscaler.control.UnreachableException.Category;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.jdbc.Database;
import io.flinkyarn.autoscaler.jdbc.DatabaseAccess;
import io.flinkyarn.autoscaler.jdbc.JdbcAutoScalerEventHandler;
import io.flinkyarn.autoscaler.jdbc.JdbcAutoScalerStateStore;
import io.flinkyarn.autoscaler.testing.Audit;
import io.flinkyarn.autoscaler.testing.Declaration;
import io.flinkyarn.autoscaler.testing.FakeFlink;
import io.flinkyarn.autoscaler.testing.Journal;
import io.flinkyarn.autoscaler.testing.Policies;
import io.flinkyarn.autoscaler.testing.RecordingEventHandler;
import io.flinkyarn.autoscaler.testing.SettableClock;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * The process dies at every moment of every cycle, and the next one goes on with what it finds in the store and in Flink. What {@link Audit}
 * says must hold then, however it went.
 */
class JobTickCrashTest {

    private static final Logger DECISIONS = (Logger) LoggerFactory.getLogger(DecisionLog.class);
    private static final Duration CYCLE = Duration.ofSeconds(20);
    private static final Instant START = Instant.parse("2026-05-04T12:00:00Z");
    private static final int CYCLES = 11;
    /** Moments in which a process has put right what another one has left: three cycles. */
    private static final int MENDING = 24;

    private static final int NEVER = Integer.MAX_VALUE;

    /** What goes on around the process. */
    private enum Course {
        /** The job cannot keep up, and has too much afterwards. */
        UP_AND_DOWN {
            @Override
            void change(World world, int cycle) {
                world.fake.rate = cycle < 6 ? 250 : 100;
            }
        },
        /** Flink takes the first request, but its answer gets lost. */
        ANSWER_LOST {
            @Override
            void change(World world, int cycle) {
                world.answersToLose = cycle == 0 ? 1 : world.answersToLose;
            }
        },
        /** Flink does not accept anything for a while. */
        REFUSED {
            @Override
            void change(World world, int cycle) {
                world.fake.realizeFails = cycle < 5
                        ? Optional.of(new UnreachableException(Category.REFUSED, "500: not now"))
                        : Optional.empty();
            }
        };

        void change(World world, int cycle) {}
    }

    /** One job on one Flink, and the processes that look after it one after the other. */
    private static final class World implements ScalingRealizer {
        private final JobAutoScalerContext job;
        private final SettableClock clock = new SettableClock(START);
        private final FakeFlink flink = new FakeFlink(clock, new Journal());
        private final FakeFlink.Job fake;
        private final List<Declaration> declarations = new ArrayList<>();
        private int answersToLose;
        private int cycle;

        World(int number) {
            job = FakeFlink.context(number);
            fake = flink.start(job);
            fake.rate = 250;
            // what Flink refused is tried again in the next cycle
            fake.configuration =
                    Map.of("job.autoscaler.enabled", "true", "job.autoscaler.scaling.event.interval", "PT1S");
        }

        /**
         * Runs a process until it dies, or the time of this world is over.
         *
         * @return whether it has died
         */
        boolean live(Course course, SuddenDeath death, AutoScalerStateStore store, AutoScalerEventHandler events) {
            Board board = new Board();
            Ports ports = death.threaten(new Ports(
                    flink, store, this, new RecordingEventHandler(), events, Policies::read, board, clock, CYCLE));
            JobTick tick = new JobTick(job, ports);
            do {
                course.change(this, cycle++);
                clock.advance(CYCLE);
                try {
                    tick.run(job);
                } catch (Died e) {
                    return true;
                }
            } while (cycle < CYCLES || isOpen(board.job(job.key())));
            return false;
        }

        private static boolean isOpen(Optional<JobView> view) {
            return view.flatMap(JobView::rescale)
                    .filter(rescale -> rescale.phase().isOpen())
                    .isPresent();
        }

        /** Lets Flink do it, and writes it down. */
        @Override
        public Realization realize(JobAutoScalerContext asked, Map<VertexId, Integer> target)
                throws UnreachableException {
            Map<String, Integer> before = declared();
            Realization realization = flink.realize(asked, target);
            if (realization == Realization.SENT) {
                declarations.add(new Declaration(job.jobName(), clock.instant(), before, declared(), true));
                if (answersToLose-- > 0) {
                    throw new UnreachableException(Category.NO_ANSWER, "no answer within 10 s");
                }
            }
            return realization;
        }

        private Map<String, Integer> declared() {
            return Map.of(FakeFlink.MAP.hex(), fake.parallelism, FakeFlink.SOURCE.hex(), fake.sourceParallelism);
        }
    }

    /** A line for each decision of ten thousand lives is of no use to anybody. */
    @BeforeAll
    static void logNoDecisions() {
        DECISIONS.setLevel(Level.WARN);
    }

    @AfterAll
    static void logAsBefore() {
        DECISIONS.setLevel(null);
    }

    /** Job n dies at moment n. */
    @ParameterizedTest
    @EnumSource
    void a_death_at_any_moment_leaves_a_history_that_is_true(Course course) throws Exception {
        String url = "jdbc:h2:mem:" + getClass().getSimpleName() + course;
        List<Declaration> declarations = new ArrayList<>();
        List<String> moments = new ArrayList<>();
        try (Database database = Database.open(new DatabaseAccess(url, Optional.empty(), Optional.empty()));
                Connection reader = DriverManager.getConnection(url)) {
            boolean died = true;
            for (int at = 1; died; at++) {
                World world = new World(at);
                SuddenDeath death = new SuddenDeath(at);
                died = live(world, course, death, database);
                live(world, course, new SuddenDeath(NEVER), database);
                declarations.addAll(world.declarations);
                moments = death.moments();
            }
            assertThat(Audit.read(reader, declarations).violationsAtRest(Instant.EPOCH))
                    .as("job-n died at moment n of %s", moments)
                    .isEmpty();
        }
        assertThat(moments).hasSizeGreaterThan(40);
    }

    private static boolean live(World world, Course course, SuddenDeath death, Database database) {
        return world.live(
                course,
                death,
                new JdbcAutoScalerStateStore(database, true, "test"),
                new JdbcAutoScalerEventHandler(database));
    }

    /** The second death meets a process that is just mending what the first has left. Either may lose what was not written yet. */
    @ParameterizedTest
    @EnumSource
    void two_deaths_lose_no_decision_and_apply_none_twice(Course course) {
        int lives = 0;
        boolean firstDied = true;
        for (int first = 1; firstDied; first++) {
            boolean secondDied = firstDied;
            for (int second = 1; secondDied && second <= MENDING; second++) {
                for (int loss = 0; loss <= 2; loss += 2) {
                    World world = new World(1);
                    LateWritingStore store = new LateWritingStore();
                    String how = "moment " + first + ", then moment " + second + ", losing " + loss + " saves each";
                    firstDied = liveAndLose(world, course, first, store, loss, how);
                    secondDied = firstDied && liveAndLose(world, course, second, store, loss, how);
                    liveAndLose(world, course, NEVER, store, 0, how);
                    assertThat(store.audit(world.job.jobName(), world.declarations)
                                    .violationsAtRest(Instant.EPOCH))
                            .as(how)
                            .isEmpty();
                    lives++;
                }
            }
        }
        assertThat(lives).isGreaterThan(1_000);
    }

    private static boolean liveAndLose(
            World world, Course course, int death, LateWritingStore store, int loss, String how) {
        boolean died = world.live(course, new SuddenDeath(death), store, new RecordingEventHandler());
        if (died) {
            store.lose(Math.min(loss, store.notWritten()));
        }
        assertThat(store.audit(world.job.jobName(), world.declarations).violations())
                .as(how)
                .isEmpty();
        return died;
    }
}
