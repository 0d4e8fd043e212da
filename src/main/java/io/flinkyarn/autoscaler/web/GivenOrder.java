package io.flinkyarn.autoscaler.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.Set;

/**
 * The body of a POST: what a person has written who orders something.
 *
 * @param user who that is: as he has proved it, or as the body says
 * @param mode of the action {@code mode}
 * @param target as the command line takes it; of an order that is not for the job in its path
 */
record GivenOrder(String user, String reason, Optional<String> mode, Optional<String> target) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> FIELDS = Set.of("user", "reason", "mode", "target");

    /** What the database keeps of each. */
    private static final int LONGEST_NAME = 255;

    private static final int LONGEST_REASON = 1000;

    /** @throws IllegalArgumentException if it is none, for people */
    static GivenOrder of(Request request) {
        // A form of another site can send a body, but not of this type.
        if (!request.header("content-type").orElse("").startsWith("application/json")) {
            throw new IllegalArgumentException("the header Content-Type is not application/json");
        }
        JsonNode body = object(request.body());
        body.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                throw new IllegalArgumentException("the body has '" + name + "': expected user, reason, mode, target");
            }
        });
        String user = request.user()
                .or(() -> text(body, "user", LONGEST_NAME))
                .orElseThrow(() -> new IllegalArgumentException("'user' is missing in the body: expected your name"));
        return new GivenOrder(
                user,
                text(body, "reason", LONGEST_REASON).orElse(""),
                text(body, "mode", LONGEST_NAME),
                text(body, "target", LONGEST_REASON));
    }

    private static JsonNode object(String body) {
        try {
            JsonNode read = JSON.readTree(body);
            if (read.isObject()) {
                return read;
            }
        } catch (JsonProcessingException e) {
            // said below
        }
        throw new IllegalArgumentException(
                "the body is no JSON object: expected one like {\"user\": \"maria\", \"reason\":"
                        + " \"release tonight\"}");
    }

    /** Without line breaks and the like: it goes to the log and to the terminals of others. */
    private static Optional<String> text(JsonNode body, String name, int longest) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual() || value.textValue().length() > longest) {
            throw new IllegalArgumentException(
                    "'" + name + "' in the body: expected a text of at most " + longest + " characters");
        }
        return Optional.of(value.textValue().replaceAll("\\p{Cntrl}+", " ").strip())
                .filter(text -> !text.isEmpty());
    }
}
