package io.flinkyarn.autoscaler.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import org.yaml.snakeyaml.LoaderOptions;

/** The value of a state of Flink's own autoscaler: YAML or JSON, as it is or compressed by gzip and written in base64. */
final class FlinkStateText {

    /** How the first three bytes of whatever gzip has compressed look in base64. */
    private static final String COMPRESSED = "H4sI";

    /** Against a small text that unpacks to more than the memory; no history comes near it. */
    private static final int MOST_BYTES = 20_000_000;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
    private static final ObjectMapper YAML = yaml();

    private FlinkStateText() {}

    private static ObjectMapper yaml() {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(MOST_BYTES);
        return new YAMLMapper(YAMLFactory.builder().loaderOptions(limits).build());
    }

    static JsonNode read(String value) throws UnreadableRow {
        String text = value.strip();
        if (text.isEmpty()) {
            throw new UnreadableRow("its state_value is empty");
        }
        String plain = text.startsWith(COMPRESSED) ? unpack(text) : text;
        boolean json = plain.stripLeading().startsWith("{");
        try {
            return json ? JSON.readTree(plain) : YAML.readTree(withWordsQuoted(plain));
        } catch (JsonProcessingException e) {
            throw new UnreadableRow("its state_value is no " + (json ? "JSON" : "YAML") + ": "
                    + e.getOriginalMessage().lines().findFirst().orElse(""));
        }
    }

    /** Jackson takes the words of YAML that are numbers for numbers, and fails to read them. */
    private static String withWordsQuoted(String yaml) {
        return yaml.replaceAll("(?i)(:\\s+)([-+]?\\.(?:nan|inf))\\b", "$1\"$2\"");
    }

    private static String unpack(String text) throws UnreadableRow {
        try (InputStream unpacked = new GZIPInputStream(
                new ByteArrayInputStream(Base64.getMimeDecoder().decode(text)))) {
            byte[] plain = unpacked.readNBytes(MOST_BYTES + 1);
            if (plain.length > MOST_BYTES) {
                throw new UnreadableRow("its state_value unpacks to more than " + MOST_BYTES + " bytes");
            }
            return new String(plain, StandardCharsets.UTF_8);
        } catch (IOException | IllegalArgumentException e) {
            throw new UnreadableRow("its state_value looks compressed, and cannot be unpacked: " + e);
        }
    }
}
