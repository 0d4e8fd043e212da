package io.flinkyarn.autoscaler.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flinkyarn.autoscaler.testing.browser.Chromium;
import io.flinkyarn.autoscaler.testing.browser.Page;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** A walk through the dashboard of a running daemon: what is to be seen is compared with what the API says at the same moment. */
final class DashboardTour {

    private static final Path SHOTS = Path.of("target", "screenshots");

    private final URI home;
    private final Page page;

    private DashboardTour(URI home, Page page) {
        this.home = home;
        this.page = page;
    }

    /**
     * From the list of all jobs to a rescale of this one. Nothing happens where there is no Chromium.
     *
     * @param name of a job that was rescaled
     */
    static void take(URI home, String name) throws IOException {
        if (!Chromium.isThere()) {
            return;
        }
        try (Chromium chromium = Chromium.start()) {
            DashboardTour tour = new DashboardTour(home, chromium.open());
            tour.seeAllJobs(name);
            tour.seeOne(name);
            tour.seeHistory();
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
        page.screenshot(SHOTS.resolve("daemon-overview.png"), false);

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
        JsonNode job = page.evaluate("fetch('api/v1/jobs/' + location.hash.slice(6)).then(answer => answer.json())");
        assertThat(page.texts(".vertex .name"))
                .containsExactlyElementsOf(job.get("vertices").findValuesAsText("name"));
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
        page.screenshot(SHOTS.resolve("daemon-job.png"), true);
        nothingIsWrong();
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
