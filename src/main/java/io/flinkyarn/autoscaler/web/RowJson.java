package io.flinkyarn.autoscaler.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flinkyarn.autoscaler.control.Archive.Row;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.decide.Limit;
import io.flinkyarn.autoscaler.core.evaluate.Estimator;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A row of the database as the API shows it: its columns, and beside the codes what they mean. */
final class RowJson {

    private RowJson() {}

    static ObjectNode of(Row row) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        row.columns().forEach((name, value) -> put(node, name, value));
        return node;
    }

    static ObjectNode decision(Row row) {
        ObjectNode node = of(row);
        return node.put(
                "reasonText", sentence(HoldReason.values(), node.path("reason").asText(), HoldReason::sentence));
    }

    static ObjectNode verdict(Row row) {
        ObjectNode node = of(row);
        String limit = node.path("limitedBy").asText();
        String estimator = node.path("estimator").asText();
        node.remove("limitedBy");
        return node.put("limit", limit)
                .put("limitText", limit.equals("NONE") ? null : sentence(Limit.values(), limit, Limit::sentence))
                .put("estimatorText", sentence(Estimator.values(), estimator, Estimator::sentence));
    }

    /** Nothing for a code of another version. */
    private static <E extends Enum<E>> @Nullable String sentence(E[] all, String code, Function<E, String> sentence) {
        return Arrays.stream(all)
                .filter(one -> one.name().equals(code))
                .map(sentence)
                .findFirst()
                .orElse(null);
    }

    private static void put(ObjectNode node, String name, Object value) {
        if (value instanceof Double number) {
            if (Double.isFinite(number)) {
                node.put(name, number);
            }
        } else if (value instanceof Number number) {
            node.put(name, number.longValue());
        } else if (value instanceof Boolean flag) {
            node.put(name, flag);
        } else {
            node.put(name, value.toString());
        }
    }
}
