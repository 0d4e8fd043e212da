package io.flinkyarn.autoscaler.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.flinkyarn.autoscaler.telemetry.Runbooks.Runbook;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What conf/prometheus and conf/grafana ask Prometheus for, against what the daemon has. */
class AlertsAndDashboardTest {

    private static final Path ALERTS = Path.of("conf/prometheus/alerts.yaml");
    private static final Path DASHBOARD = Path.of("conf/grafana/flink-autoscaler.json");
    private static final Pattern TEMPLATE_LABEL = Pattern.compile("\\$labels\\.([a-z_]+)|\\{\\{([a-z_]+)}}");

    /** What Prometheus itself adds. */
    private static final Set<String> OF_TARGETS = Set.of("job", "instance");

    /** Names of the labels by name of the metric, as it stands in an expression. */
    private static final Map<String, Set<String>> KNOWN = new TreeMap<>();

    @BeforeAll
    static void scrape() {
        KNOWN.putAll(ScrapedText.series(WatchedDaemon.busy().scrape()));
        KNOWN.put("up", Set.of());
    }

    @Test
    void everyAlertAsksForMetricsAndLabelsThatThereAre() throws IOException {
        List<JsonNode> rules = rules();

        assertThat(rules).hasSizeGreaterThan(12);
        for (JsonNode rule : rules) {
            String alert = rule.path("alert").asText();
            Set<String> labels = check(alert, rule.path("expr").asText());
            for (String text : List.of(
                    rule.at("/annotations/summary").asText(),
                    rule.at("/annotations/description").asText())) {
                assertThat(labels).as("labels that the texts of %s name", alert).containsAll(templateLabels(text));
            }
        }
    }

    @Test
    void everyAlertSaysHowBadItIsAndLeadsToARunbook() throws IOException {
        assertThat(rules()).allSatisfy(rule -> {
            String alert = rule.path("alert").asText();
            assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning", "info");
            assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
            assertThat(rule.at("/annotations/description").asText()).isNotBlank();
            assertThat(rule.at("/annotations/runbook_url").asText())
                    .isEqualTo("docs/metrics.md#" + alert.toLowerCase(Locale.ROOT));
        });
        assertThat(Runbooks.ALL.stream().map(Runbook::alert))
                .containsExactlyInAnyOrderElementsOf(rules().stream()
                        .map(rule -> rule.path("alert").asText())
                        .toList());
    }

    @Test
    void everyPanelOfTheDashboardAsksForMetricsAndLabelsThatThereAre() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
        List<JsonNode> targets = dashboard.findParents("expr");

        assertThat(targets).hasSizeGreaterThan(20);
        for (JsonNode target : targets) {
            String expression = target.path("expr").asText();
            Set<String> labels = check("the dashboard", expression);
            assertThat(labels)
                    .as("labels that the legend of %s names", expression)
                    .containsAll(templateLabels(target.path("legendFormat").asText()));
        }
        for (JsonNode variable : dashboard.at("/templating/list")) {
            if (variable.path("type").asText().equals("query")) {
                String query = variable.path("definition").asText();
                assertThat(query).startsWith("label_values(").endsWith(")");
                int comma = query.lastIndexOf(',');
                Set<String> labels = check("variable", query.substring("label_values(".length(), comma));
                assertThat(labels)
                        .contains(query.substring(comma + 1, query.length() - 1).strip());
            }
        }
    }

    @Test
    void panelsHaveIdsOfTheirOwnAndDoNotOverlap() throws IOException {
        JsonNode panels = new ObjectMapper().readTree(DASHBOARD.toFile()).path("panels");
        Set<Integer> ids = new HashSet<>();
        Set<String> cells = new HashSet<>();
        for (JsonNode panel : panels) {
            assertThat(ids.add(panel.path("id").asInt()))
                    .as("id of %s", panel.path("title"))
                    .isTrue();
            JsonNode at = panel.path("gridPos");
            assertThat(at.path("x").asInt() + at.path("w").asInt()).isLessThanOrEqualTo(24);
            for (int x = 0; x < at.path("w").asInt(); x++) {
                for (int y = 0; y < at.path("h").asInt(); y++) {
                    assertThat(cells.add((at.path("x").asInt() + x) + "/"
                                    + (at.path("y").asInt() + y)))
                            .as("%s has its place for itself", panel.path("title"))
                            .isTrue();
                }
            }
        }
    }

    @Test
    void anExpressionIsTakenApart() {
        PromQl taken = PromQl.of("sum by (a, le) (rate(x_bucket{b=~\"y|z\"}[5m])) > 5 and on (c) time() - w == 1");

        assertThat(taken).isEqualTo(new PromQl(Set.of("x_bucket", "w"), Set.of("a", "b", "c")));
    }

    /** @return the labels that the metrics of the expression have */
    private static Set<String> check(String where, String expression) {
        PromQl used = PromQl.of(expression.replaceAll("\\$__\\w+", "5m").replaceAll("\\$\\w+", "x"));
        assertThat(used.metrics()).as("metrics in %s of %s", expression, where).isNotEmpty();
        assertThat(KNOWN.keySet()).as("metrics in %s of %s", expression, where).containsAll(used.metrics());
        Set<String> labels = new TreeSet<>(OF_TARGETS);
        used.metrics().forEach(metric -> labels.addAll(KNOWN.getOrDefault(metric, Set.of())));
        assertThat(labels).as("labels in %s of %s", expression, where).containsAll(used.labels());
        return labels;
    }

    private static Set<String> templateLabels(String text) {
        Set<String> labels = new TreeSet<>();
        Matcher matcher = TEMPLATE_LABEL.matcher(text);
        while (matcher.find()) {
            labels.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        return labels;
    }

    private static List<JsonNode> rules() throws IOException {
        List<JsonNode> rules = new ArrayList<>();
        for (JsonNode group :
                new ObjectMapper(new YAMLFactory()).readTree(ALERTS.toFile()).path("groups")) {
            group.path("rules").forEach(rules::add);
        }
        return rules;
    }
}
