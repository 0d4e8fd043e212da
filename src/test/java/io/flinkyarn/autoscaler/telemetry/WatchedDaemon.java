package io.flinkyarn.autoscaler.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.Absence;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.ConflictException;
import io.flinkyarn.autoscaler.control.Board;
import io.flinkyarn.autoscaler.control.Chore;
import io.flinkyarn.autoscaler.control.InMemoryAutoScalerStateStore;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobListFetcher;
import io.flinkyarn.autoscaler.control.Ports;
import io.flinkyarn.autoscaler.control.RequestLog;
import io.flinkyarn.autoscaler.control.RequestLog.Request;
import io.flinkyarn.autoscaler.control.RequestLog.Way;
import io.flinkyarn.autoscaler.control.SteppedLoop;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.telemetry.DatabaseFigures.Pool;
import io.flinkyarn.autoscaler.testing.FakeFlink;
import io.flinkyarn.autoscaler.testing.Journal;
import io.flinkyarn.autoscaler.testing.Policies;
import io.flinkyarn.autoscaler.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A loop over jobs of a {@link FakeFlink}, watched by telemetry as the daemon's is. For one thread. */
final class WatchedDaemon {

    static final Instant START = Instant.parse("2026-05-04T12:00:00Z");
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    final SettableClock clock = new SettableClock(START);
    final Board board = new Board();
    final RequestLog requests = new RequestLog();
    final FakeFlink flink = new FakeFlink(clock, new Journal());
    final List<JobAutoScalerContext> jobs = new ArrayList<>();
    final Telemetry telemetry;
    private final AutoScalerStateStore store;
    Optional<Absence> absence = Optional.empty();
    boolean answers = true;
    private final SteppedLoop loop;

    WatchedDaemon(SeriesLimits limits) {
        this.telemetry = new Telemetry(
                board,
                requests,
                () -> new DatabaseFigures(absence, true, Optional.of(new Pool(1, 2, 6, 0))),
                () -> List.of(new ReceiverFigures("ops", 2, 40, 3)),
                limits,
                "1.2.3");
        this.store = telemetry.watch(new InMemoryAutoScalerStateStore());
        Ports ports = new Ports(
                telemetry.watch(flink),
                store,
                flink,
                telemetry.events(),
                telemetry.events(),
                Policies::read,
                board,
                clock,
                INTERVAL);
        this.loop = new SteppedLoop(ports, List.of(new Fetcher()), telemetry.cycles());
    }

    private final class Fetcher implements JobListFetcher {

        @Override
        public String cluster() {
            return "test";
        }

        @Override
        public Listing fetch() {
            return answers
                    ? new Listing(jobs, List.of(), List.of(), List.of(), true)
                    : Listing.empty(List.of(new Problem("test", "no answer")), false);
        }

        @Override
        public void close() {}
    }

    static WatchedDaemon withoutLimits() {
        return new WatchedDaemon(new SeriesLimits(5000, 5000));
    }

    FakeFlink.Job start(int number) {
        return start(FakeFlink.context(number));
    }

    FakeFlink.Job start(JobAutoScalerContext job) {
        jobs.add(job);
        return flink.start(job);
    }

    /** One cycle of every job. */
    void cycle() {
        loop.list();
        clock.advance(INTERVAL);
        loop.beat();
    }

    void cycles(int count) {
        for (int i = 0; i < count; i++) {
            cycle();
        }
    }

    /** Does everything that there are metrics of. */
    static WatchedDaemon busy() {
        WatchedDaemon daemon = withoutLimits();
        daemon.start(1).rate = 350;
        FakeFlink.Job broken = daemon.start(2);
        daemon.cycles(12);
        broken.defect = Optional.of(new IllegalStateException("seeded"));
        daemon.cycles(3);
        daemon.requests.add(new Request("test", Way.PROXY, "GET", "/jobs/:job", "200"), Duration.ofMillis(7));
        daemon.telemetry.watch(new Chore("flush", INTERVAL, () -> {})).work().run();
        assertThatThrownBy(() -> daemon.store.saveOutcome(daemon.jobs.get(0), 99, JobState.NEW, START))
                .isInstanceOf(ConflictException.class);
        return daemon;
    }

    String scrape() {
        return new String(telemetry.page().of("").body(), UTF_8);
    }

    /** The values of a series, by the rest of its line. */
    double value(String series) {
        return scrape().lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no series " + series + " in\n" + scrape()));
    }
}
