package io.flinkyarn.autoscaler.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flinkyarn.autoscaler.testing.browser.Chromium;
import io.flinkyarn.autoscaler.testing.browser.Page;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The dashboard in a real Chromium, with the sample answers of the API. */
class DashboardTest {

    private static final Path SHOTS = Path.of("target", "screenshots");
    private static final JsonNode JOB = SampleDaemon.sample("job.json");
    private static final String JOB_LINK =
            ".jobs .rows a[href='#/job/" + JOB.get("id").asText() + "']";

    private static Chromium chromium;
    private SampleDaemon daemon;
    private Page page;

    @BeforeAll
    static void startChromium() throws Exception {
        chromium = Chromium.start();
    }

    @AfterAll
    static void endChromium() throws Exception {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        daemon = new SampleDaemon();
        page = chromium.open();
    }

    @AfterEach
    void close() {
        daemon.close();
    }

    @Test
    void allClustersAndJobsAreSeenAtAGlance() throws Exception {
        openJobs();

        assertThat(page.texts(".cluster h3")).containsExactly("yarn-prod", "yarn-batch", "yarn-eu");
        assertThat(page.text(".cluster.bad")).contains("Unreachable", "1 problem");
        assertThat(page.text(".filters .count")).isEqualTo("14 jobs");
        assertThat(row("orders-enrichment")).contains("Scaling", "36 → 40", "12 slots", "109 k");
        assertThat(row("ledger")).contains("Paused", "maria", "OPS-4711");
        assertThat(row("impressions")).contains("503 Service Unavailable");
        page.screenshot(SHOTS.resolve("overview-light.png"), false);
        page.prefer("dark");
        page.screenshot(SHOTS.resolve("overview-dark.png"), false);
        nothingIsWrong();
    }

    @Test
    void jobsAreFilteredByWordsAndByWhatTheyDo() throws Exception {
        openJobs();
        page.type("input[type=search]", "yarn-eu root.shop");
        page.until("document.querySelector('.filters .count').textContent.startsWith('1 of')"
                + " || document.querySelector('.filters .count').textContent.startsWith('2 of')");
        assertThat(page.texts(".jobs .rows .name .sub"))
                .allSatisfy(text -> assertThat(text).contains("yarn-eu", "root.shop"));

        page.type("input[type=search]", " no such job");
        page.until("document.querySelector('main').innerText.includes('No job matches')");

        page.go(daemon.address() + "?again");
        page.until("document.querySelector('.jobs .rows .row')");
        page.click(".tile:nth-of-type(6)");
        assertThat(page.text(".filters .count")).startsWith("2 of 14");
        assertThat(page.texts(".jobs .rows .name a")).hasSize(2);
        nothingIsWrong();
    }

    @Test
    void jobsAreSortedByAColumn() throws Exception {
        openJobs();
        page.click(".head .lag button");
        page.until("document.querySelector('.head .lag').getAttribute('aria-sort') === 'descending'");
        assertThat(page.texts(".jobs .rows .name a").get(0)).isEqualTo("orders-enrichment");
        page.click(".head .lag button");
        page.until("document.querySelector('.head .lag').getAttribute('aria-sort') === 'ascending'");
        assertThat(page.texts(".jobs .rows .name a").get(13)).isEqualTo("orders-enrichment");
        nothingIsWrong();
    }

    @Test
    void aDecisionOpensItsArithmetic() throws Exception {
        openJob();
        assertThat(page.text("h1")).isEqualTo("orders-enrichment");
        assertThat(page.text(".stand")).contains("An earlier rescale has not completed yet", "25 s ago");
        assertThat(page.count(".vertex")).isEqualTo(6);
        assertThat(page.count(".graph > svg > path")).isEqualTo(7);
        assertThat(page.text(".vertex[aria-pressed=true]")).contains("Enrich with customer", "12 → 16", "93 %", "31 %");

        page.until("document.querySelectorAll('.chart canvas').length === 4");
        assertThat(page.texts(".chart figcaption > b")).containsExactly("Parallelism", "Rates", "Lag", "Busy ratio");
        assertThat(page.text(".chart:first-child figcaption")).contains("running at 16");

        page.click(".decisions li[data-decision='900'] summary");
        assertThat(page.text(".decisions li[data-decision='900'] .verdict"))
                .contains(
                        "41,230 + 1,820 = 43,050 records/s",
                        "44,300 < 45,812",
                        "58,900 / 44,300 = 1.33",
                        "12 × 1.33 = 15.96, rounded up: 16",
                        "12 → 16");
        assertThat(page.text(".events")).contains("RescaleFailed", "14");
        page.evaluate("document.querySelector('.decisions').closest('.panel').scrollIntoView()");
        page.screenshot(SHOTS.resolve("decision-light.png"), false);
        page.evaluate("scrollTo(0, 0)");
        page.screenshot(SHOTS.resolve("job-light.png"), true);
        page.prefer("dark");
        page.until("getComputedStyle(document.body).backgroundColor !== 'rgb(245, 246, 248)'");
        page.screenshot(SHOTS.resolve("job-dark.png"), true);
        nothingIsWrong();
    }

    @Test
    void aVertexIsChosenForTheCharts() throws Exception {
        openJob();
        page.click(".vertex:nth-of-type(1)");
        page.until("document.querySelector('.vertex:nth-of-type(1)').getAttribute('aria-pressed') === 'true'");
        page.resize(1440, 1220);
        page.evaluate("scrollTo(0, 0)");
        page.screenshot(SHOTS.resolve("charts-light.png"), false);
        String first = JOB.at("/vertices/0/id").asText();
        page.until(
                "performance.getEntriesByType('resource').some(r => r.name.includes('/metrics?vertex=" + first + "'))");
        nothingIsWrong();
    }

    @Test
    void aJobIsPausedOnlyWithATokenAndAReason() throws Exception {
        openJob();
        assertThat(page.count("[data-action=pause]")).isZero();
        signIn("a wrong one");
        page.click("[data-action=pause]");
        page.click("dialog .primary");
        assertThat(daemon.orders()).isEmpty();

        page.type("dialog input[name=reason]", "Release tonight");
        page.type("dialog input[name=user]", "maria");
        page.click("dialog .primary");
        assertThat(page.text("dialog .problem:not([hidden])")).isEqualTo("The token is not the one of this daemon");
        assertThat(daemon.orders()).isEmpty();

        page.evaluate("document.querySelector('dialog input[name=token]').value = ''");
        page.type("dialog input[name=token]", SampleDaemon.TOKEN);
        page.screenshot(SHOTS.resolve("pause-light.png"), false);
        page.click("dialog .primary");
        assertThat(page.text(".note[role=status]:not([hidden])")).isEqualTo("taken, by maria");
        assertThat(page.count("dialog")).isZero();
        assertThat(daemon.orders()).singleElement().satisfies(order -> {
            assertThat(order.path()).isEqualTo("jobs/" + JOB.get("id").asText() + "/pause");
            assertThat(order.body().get("user").asText()).isEqualTo("maria");
            assertThat(order.body().get("reason").asText()).isEqualTo("Release tonight");
        });
        assertThat(page.evaluate("localStorage.length + document.cookie.length").asInt())
                .isZero();

        page.click("#sign");
        page.until("!document.querySelector('[data-action=pause]')");
    }

    @Test
    void theModeIsSwitchedByTheKeyboardAlone() throws Exception {
        openJob();
        signIn(SampleDaemon.TOKEN);
        page.evaluate("document.querySelector('[data-action=mode]').focus()");
        page.press("Enter");
        page.until("document.activeElement.name === 'mode'");
        page.press("ArrowDown");
        page.press("Tab");
        page.type("dialog input[name=reason]", "New code");
        page.press("Tab");
        page.type("dialog input[name=user]", "maria");
        page.press("Enter");
        page.until("!document.querySelector('dialog')");
        assertThat(daemon.orders()).singleElement().satisfies(order -> {
            assertThat(order.path()).endsWith("/mode");
            assertThat(order.body().get("mode").asText()).isEqualTo("observe");
        });
        page.until("document.activeElement.closest('.job-head')");
        nothingIsWrong();
    }

    @Test
    void aWholeClusterIsOrderedAndWhatStandsIsTakenBack() throws Exception {
        openJobs();
        assertThat(page.text(".orders")).contains("TAG:nightly", "by ben since", "OPS-4702");
        assertThat(page.count(".orders button")).isZero();
        signIn(SampleDaemon.TOKEN);
        page.click("[data-action=many]");
        page.type("dialog input[name=target]", "CLUSTER:yarn-eu");
        page.type("dialog input[name=reason]", "The network is moved");
        page.type("dialog input[name=user]", "maria");
        page.click("dialog .primary");
        page.until("!document.querySelector('dialog')");

        page.until("document.querySelector('.orders button')");
        page.click(".orders button");
        page.type("dialog input[name=reason]", "Is done");
        page.click("dialog .primary");
        page.until("!document.querySelector('dialog')");
        assertThat(daemon.orders())
                .extracting(SampleDaemon.Order::path)
                .containsExactly("orders/pause", "orders/resume");
        assertThat(daemon.orders())
                .extracting(order -> order.body().get("target").asText())
                .containsExactly("CLUSTER:yarn-eu", "TAG:nightly");
        nothingIsWrong();
    }

    @Test
    void whatIsChosenStandsInTheAddressAndCanBeShared() throws Exception {
        openJobs();
        choose("Mode", "PAUSED");
        page.until("document.querySelector('.filters .count').textContent.startsWith('1 of 14')");
        page.click(".head .lag button");
        page.until("location.hash === '#/?sort=lag&mode=PAUSED'");

        page.go(daemon.address() + "?shared#/?sort=lag&direction=up&cluster=yarn-prod&text=root");
        page.until("document.querySelector('.jobs .rows .row')");
        assertThat(page.texts(".jobs .rows .name .sub"))
                .isNotEmpty()
                .allSatisfy(text -> assertThat(text).contains("yarn-prod", "root"));
        page.until("document.querySelector('.head .lag').getAttribute('aria-sort') === 'ascending'");
        assertThat(page.evaluate("document.querySelector('input[type=search]').value")
                        .asText())
                .isEqualTo("root");
        nothingIsWrong();
    }

    @Test
    void jobsAreChosenByTheReasonOfTheirState() throws Exception {
        openJobs();
        choose("State", "WITHIN_BAND");
        page.until("document.querySelector('.filters .count').textContent.includes(' of 14')");
        assertThat(page.texts(".jobs .rows .why"))
                .isNotEmpty()
                .allSatisfy(text -> assertThat(text).startsWith("Every vertex runs inside its utilization band"));
    }

    @Test
    void aNameAndAPasswordAreAsGoodAsTheToken() throws Exception {
        openJob();
        signIn("ann:" + SampleDaemon.PASSWORD);
        page.click("[data-action=pause]");
        page.type("dialog input[name=reason]", "Release tonight");
        page.type("dialog input[name=user]", "ann");
        page.click("dialog .primary");
        assertThat(page.text(".note[role=status]:not([hidden])")).isEqualTo("taken, by ann");
    }

    private void choose(String label, String value) throws IOException {
        page.evaluate("(() => { const s = document.querySelector(\"select[aria-label='" + label + "']\"); s.value = '"
                + value + "'; s.dispatchEvent(new Event('change')); })()");
    }

    private void signIn(String token) throws IOException {
        page.click("#sign");
        page.type("dialog input[name=token]", token);
        page.press("Enter");
        page.until("!document.querySelector('dialog')");
        page.until("document.querySelector('#sign').textContent === 'Sign out'");
    }

    @Test
    void whatIsNewIsShownWithoutReloading() throws Exception {
        openJobs();
        daemon.change(answer -> {
            if (answer.has("jobs")) {
                ((ObjectNode) answer.at("/jobs/0")).put("targetParallelism", 77);
            }
            return answer;
        });
        page.until("document.querySelector(\"" + JOB_LINK + "\").closest('.row').innerText.includes('36 → 77')");
        nothingIsWrong();
    }

    @Test
    void itSaysSinceWhenThereAreNoNews() throws Exception {
        openJobs();
        daemon.fallSilent(true);
        assertThat(page.text("#banner:not([hidden])")).contains("No data since", "does not answer");
        assertThat(page.count(".jobs .rows .row")).isPositive();
        page.screenshot(SHOTS.resolve("stale-light.png"), false);
        daemon.fallSilent(false);
        page.until("document.querySelector('#banner').hidden");
    }

    @Test
    void aTokenIsAskedForWhereNothingIsToldWithoutOne() throws Exception {
        daemon.closeToStrangers();
        page.go(daemon.address());
        page.type("#banner input", SampleDaemon.TOKEN);
        page.press("Enter");
        page.until("document.querySelector('.jobs .rows .row')");
        page.until("document.querySelector('#banner').hidden");
    }

    @Test
    void anUnknownJobAndAnEmptyListAreSaidSo() throws Exception {
        page.go(daemon.address() + "#/job/a/b/c");
        page.until("document.querySelector('main').innerText.includes('This job is not known')");

        daemon.change(answer -> {
            if (answer.has("jobs")) {
                ((ObjectNode) answer).putArray("jobs");
            }
            return answer;
        });
        page.go(daemon.address() + "?empty");
        page.until("document.querySelector('main').innerText.includes('No jobs yet')");
    }

    @Test
    void theHistoryOfAllJobsAddsUp() throws Exception {
        page.go(daemon.address() + "#/history");
        JsonNode days = SampleDaemon.sample("history.json").get("days");
        int total = 0;
        for (JsonNode day : days) {
            total += day.get("cameToRun").asInt()
                    + day.get("notReached").asInt()
                    + day.get("failed").asInt()
                    + day.get("other").asInt();
        }
        assertThat(page.text(".tile .value")).isEqualTo(String.valueOf(total));
        assertThat(page.count(".bars g")).isEqualTo(days.size());
        page.screenshot(SHOTS.resolve("history-light.png"), true);
        page.prefer("dark");
        page.screenshot(SHOTS.resolve("history-dark.png"), true);
        nothingIsWrong();
    }

    @Test
    void itIsReadableOnAPhone() throws Exception {
        page.resize(375, 812);
        openJobs();
        assertThat(page.evaluate("document.documentElement.scrollWidth").asInt())
                .isEqualTo(375);
        page.evaluate("document.querySelector('.filters').scrollIntoView()");
        page.screenshot(SHOTS.resolve("overview-phone.png"), false);

        openJob();
        assertThat(page.evaluate("document.documentElement.scrollWidth").asInt())
                .isEqualTo(375);
        page.screenshot(SHOTS.resolve("job-phone.png"), false);
        nothingIsWrong();
    }

    @Test
    void theKeyboardIsEnough() throws Exception {
        daemon.multiply(1000);
        openJobs();
        page.evaluate("document.querySelector('.jobs .rows a').focus()");
        for (int i = 0; i < 60; i++) {
            page.press("ArrowDown");
        }
        page.until("Number(document.activeElement.closest('.row').getAttribute('aria-rowindex')) === 62");
        for (int i = 0; i < 5; i++) {
            page.press("Tab");
        }
        page.until("Number(document.activeElement.closest('.row').getAttribute('aria-rowindex')) === 67");
        String href = page.evaluate("document.activeElement.hash").asText();
        page.press("Enter");
        page.until("location.hash === '" + href + "'");
    }

    @Test
    void aThousandJobsStayFluent() throws Exception {
        daemon.multiply(1000);
        openJobs();
        assertThat(page.text(".filters .count")).isEqualTo("1,000 jobs");
        assertThat(page.count(".jobs .rows .row")).isLessThan(60);

        double paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
                .asDouble();
        double rows = page.evaluate(
                        "new Promise(done => new PerformanceObserver(list =>"
                                + " done(list.getEntries().at(-1).startTime)).observe({type: 'largest-contentful-paint', buffered: true}))")
                .asDouble();
        double filter = page.evaluate(
                        "(() => { const s = document.querySelector('input[type=search]'); s.value = 'ledger'; const at"
                                + " = performance.now(); s.dispatchEvent(new Event('input')); document.body.offsetHeight;"
                                + " return performance.now() - at; })()")
                .asDouble();
        System.out.printf(
                "First paint with 1,000 jobs %.0f ms, the rows are there after %.0f ms, filtered in %.1f ms%n",
                paint, rows, filter);
        assertThat(filter).isLessThan(200);
    }

    private void openJobs() throws IOException {
        page.go(daemon.address());
        page.until("document.querySelector('.jobs .rows .row')");
    }

    private void openJob() throws IOException {
        openJobs();
        page.click(JOB_LINK);
        page.until("document.querySelector('.stand .headline')");
        page.until("document.querySelectorAll('.chart canvas').length === 4");
        page.until("document.querySelector('.decisions li[data-decision]')");
    }

    private String row(String name) throws IOException {
        return page.texts(".jobs .rows .row").stream()
                .filter(text -> text.contains(name))
                .findFirst()
                .orElseThrow();
    }

    /** Nothing red in the console, and no other host was asked for anything. */
    private void nothingIsWrong() {
        assertThat(page.errors()).isEmpty();
        URI home = URI.create(daemon.address());
        List<URI> requests = page.requests();
        assertThat(requests)
                .isNotEmpty()
                .allSatisfy(uri -> assertThat(uri.getAuthority()).isEqualTo(home.getAuthority()));
    }
}
