package io.flinkyarn.autoscaler.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flinkyarn.autoscaler.testing.browser.Chromium;
import io.flinkyarn.autoscaler.testing.browser.Page;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

/**
 * A walk through the dashboard of a running daemon: what is to be seen is compared with what the API says at the same moment, and what is ordered there with
 * what the database has on record. The pictures in docs/images are its screenshots.
 */
final class DashboardTour {

    private static final Path SHOTS = Path.of("target", "screenshots");

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TOKEN = "the token of a test";
    private static final String WHO = "maria";

    private final URI home;
    private final Page page;
    private final DaemonDatabase database;

    private DashboardTour(URI home, Page page, DaemonDatabase database) {
        this.home = home;
        this.page = page;
        this.database = database;
    }

    /** Writes the token that a daemon is to have, and returns where it is. */
    static String tokenFile(Path folder) throws IOException {
        Path file = folder.resolve("token");
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, TOKEN);
        }
        return file.toString();
    }

    /**
     * From the list of all jobs to a rescale of this one; then another one is paused, and resumed. Nothing happens where there is no Chromium.
     *
     * @param name of a job that was rescaled
     * @param other name of a job that is paused for a while
     */
    static void take(URI home, String name, String other, DaemonDatabase database) throws IOException {
        if (!Chromium.isThere()) {
            return;
        }
        try (Chromium chromium = Chromium.start()) {
            DashboardTour tour = new DashboardTour(home, chromium.open(), database);
            tour.seeAllJobs(name);
            tour.seeOne(name);
            tour.seeHistory();
            tour.pauseAndResume(other);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void seeAllJobs(String name) throws IOException {
        page.go(home.toString());
        page.until("document.querySelector('.jobs .rows .row')");
        JsonNode jobs = page.evaluate("fetch('api/v1/jobs').then(answer => answer.json())")
                .get("jobs");
        assertThat(page.texts(".jobs .rows .name a"))
                .containsExactlyInAnyOrderElementsOf(jobs.findValuesAsText("name"));
        page.type("input[type=search]", name);
        page.until("document.querySelectorAll('.jobs .rows .row').length === 1");
        JsonNode job = one(jobs, name);
        assertThat(page.text(".jobs .rows .par"))
                .contains(job.get("parallelism").asText());
        assertThat(page.text(".jobs .rows .mode")).isEqualTo("Scaling");
        nothingIsWrong();
        page.click(".jobs .rows .name a");
    }

    private void seeOne(String name) throws IOException {
        page.until("document.querySelector('h1').textContent === '" + name + "'");
        page.until("document.querySelector('.decisions li[data-decision]')");
        JsonNode job = job();
        assertThat(page.texts(".vertex .name"))
                .containsExactlyElementsOf(job.get("vertices").findValuesAsText("name"));
        for (JsonNode vertex : job.get("vertices")) {
            assertThat(page.text(".vertex[data-vertex='" + vertex.get("id").asText() + "'] .par"))
                    .startsWith(vertex.get("parallelism").asText() + " ");
        }
        assertThat(page.text("[data-fact='Flink']"))
                .isEqualTo(job.get("flinkVersion").asText());
        assertThat(page.text("[data-fact='Restarts today']"))
                .isEqualTo(job.get("restartsToday").asText());
        assertThat(page.count(".graph > svg > path")).isEqualTo(job.get("edges").size());

        JsonNode rescale = rescale();
        String entry = ".decisions li[data-decision='" + rescale.get("id").asText() + "']";
        page.click(entry + " summary");
        page.until("document.querySelector(\"" + entry + " .verdict\")");
        for (JsonNode verdict : rescale.get("verdicts")) {
            String shown = page.text(
                    entry + " .verdict[data-vertex='" + verdict.get("vertexId").asText() + "']");
            int from = verdict.get("parallelism").asInt();
            int to = verdict.get("newParallelism").asInt();
            assertThat(shown).contains(from == to ? "stays at " + from : from + " → " + to);
        }
        page.evaluate("scrollTo(0, 0)");
        page.screenshot(SHOTS.resolve("daemon-job.png"), true);
        inTheDark("daemon-job-dark.png", true);
        onAPhone("daemon-job-phone.png");
        nothingIsWrong();
    }

    private void pauseAndResume(String name) throws IOException {
        page.go(home + "#/?text=" + name);
        page.click(".jobs .rows .name a");
        page.until("document.querySelector('h1').textContent === '" + name + "'");
        assertThat(page.count("[data-action=pause]")).isZero();
        page.click("#sign");
        page.type("dialog input[name=token]", TOKEN);
        page.press("Enter");

        order("pause", "release tonight");
        assertThat(page.text(".note[role=status]:not([hidden])")).contains(name, "is paused, by " + WHO);
        page.until("document.querySelector('.job-head .pill').textContent === 'Paused'");
        awaitReason("the daemon obeys", name, "= 'PAUSED'");
        page.until("document.querySelector('.stand').innerText.includes('release tonight')");
        JsonNode paused = job();
        assertThat(paused.get("reason").asText()).isEqualTo("PAUSED");
        assertThat(paused.at("/paused/user").asText()).isEqualTo(WHO);
        assertThat(paused.at("/paused/reason").asText()).isEqualTo("release tonight");
        page.screenshot(SHOTS.resolve("daemon-paused.png"), false);

        seePausedAmongAll(name);

        page.go(home + "#/?mode=PAUSED");
        page.click(".jobs .rows .name a");
        order("resume", "is released");
        page.until("document.querySelector('.job-head .pill').textContent !== 'Paused'");
        awaitReason("the daemon goes on", name, "<> 'PAUSED'");
        assertThat(job().has("paused")).isFalse();
        assertThat(database.rows("SELECT action, reason FROM manual_action WHERE user_name = ? ORDER BY id", WHO))
                .extracting(row -> row.get("action") + " " + row.get("reason"))
                .containsExactly("PAUSE release tonight", "RESUME is released");
        nothingIsWrong();
    }

    private void seePausedAmongAll(String name) throws IOException {
        page.go(home.toString());
        page.until("document.querySelector('.jobs .rows .row')");
        JsonNode jobs = page.evaluate("fetch('api/v1/jobs').then(answer => answer.json())")
                .get("jobs");
        assertThat(one(jobs, name).at("/paused/user").asText()).isEqualTo(WHO);
        assertThat(page.text(".tile:nth-of-type(5) .value")).isEqualTo("1");
        page.screenshot(SHOTS.resolve("daemon-overview.png"), false);
        inTheDark("daemon-overview-dark.png", false);
        onAPhone("daemon-overview-phone.png");
        nothingIsWrong();
    }

    private void order(String action, String reason) throws IOException {
        page.click("[data-action=" + action + "]");
        page.type("dialog input[name=reason]", reason);
        page.evaluate("document.querySelector('dialog input[name=user]').value = ''");
        page.type("dialog input[name=user]", WHO);
        page.click("dialog .primary");
        page.until("!document.querySelector('dialog')");
    }

    private void awaitReason(String what, String name, String expected) throws IOException {
        Await.until(
                what,
                PATIENCE,
                () -> database.count("v_job_current WHERE job_name = ? AND reason " + expected, name) == 1);
    }

    private JsonNode job() throws IOException {
        return page.evaluate("fetch('api/v1/jobs/' + location.hash.slice(6)).then(answer => answer.json())");
    }

    private void inTheDark(String file, boolean whole) throws IOException {
        page.prefer("dark");
        page.until("matchMedia('(prefers-color-scheme: dark)').matches");
        page.screenshot(SHOTS.resolve(file), whole);
        page.prefer("light");
    }

    private void onAPhone(String file) throws IOException {
        page.resize(375, 812);
        page.evaluate("scrollTo(0, 0)");
        page.screenshot(SHOTS.resolve(file), false);
        page.resize(1440, 900);
    }

    private JsonNode rescale() throws IOException {
        return page.evaluate("(async () => { const at = 'api/v1/jobs/' + location.hash.slice(6) + '/decisions';"
                + " const all = await (await fetch(at)).json();"
                + " const rescale = all.decisions.find(decision => decision.kind === 'EXECUTED');"
                + " return (await fetch(at + '/' + rescale.id)).json(); })()");
    }

    private void seeHistory() throws IOException {
        page.go(home + "#/history");
        page.until("document.querySelectorAll('.bars g').length === 7");
        JsonNode days = page.evaluate("fetch('api/v1/history?days=7').then(answer => answer.json())")
                .get("days");
        int total = 0;
        for (JsonNode day : days) {
            for (String part : new String[] {"cameToRun", "notReached", "failed", "other"}) {
                total += day.get(part).asInt();
            }
        }
        assertThat(total).isPositive();
        assertThat(page.text(".tile .value")).isEqualTo(String.valueOf(total));
        page.screenshot(SHOTS.resolve("daemon-history.png"), true);
        nothingIsWrong();
    }

    private static JsonNode one(JsonNode jobs, String name) {
        for (JsonNode job : jobs) {
            if (job.get("name").asText().equals(name)) {
                return job;
            }
        }
        throw new AssertionError("the API knows no job '" + name + "': " + jobs);
    }

    private void nothingIsWrong() {
        assertThat(page.errors()).isEmpty();
        assertThat(page.requests())
                .isNotEmpty()
                .allSatisfy(uri -> assertThat(uri.getAuthority()).isEqualTo(home.getAuthority()));
    }
}
