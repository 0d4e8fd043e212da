package io.flinkyarn.autoscaler.telemetry;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** The metrics in the format that a scraper asks for. Made by {@link Telemetry}, served by the HTTP server. Any thread may ask for it. */
public final class MetricsPage {

    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final ExpositionFormats FORMATS = ExpositionFormats.init();

    private final PrometheusRegistry registry;

    MetricsPage(PrometheusRegistry registry) {
        this.registry = registry;
    }

    /** One scrape. */
    public static final class Text {

        private final String contentType;
        private final byte[] body;

        private Text(String contentType, byte[] body) {
            this.contentType = contentType;
            this.body = body;
        }

        public String contentType() {
            return contentType;
        }

        /** Nobody else has it: the caller may keep it. */
        public byte[] body() {
            return body;
        }
    }

    /** @param accept the request's header; empty where there is none. Whoever does not ask for OpenMetrics gets Prometheus' own format */
    public Text of(String accept) {
        ExpositionFormatWriter writer = accept.toLowerCase(Locale.ROOT).contains(OPEN_METRICS)
                ? FORMATS.getOpenMetricsTextFormatWriter()
                : FORMATS.getPrometheusTextFormatWriter();
        ByteArrayOutputStream body = new ByteArrayOutputStream(1 << 16);
        try {
            writer.write(body, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the metrics", e);
        }
        return new Text(writer.getContentType(), body.toByteArray());
    }
}
