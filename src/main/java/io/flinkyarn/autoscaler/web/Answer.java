package io.flinkyarn.autoscaler.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a request is answered with.
 *
 * @param etag of the body; empty where it is not worth remembering
 */
@SuppressWarnings("ArrayRecordComponent") // an answer is sent, and never compared
record Answer(int status, String type, byte[] body, Optional<String> etag) {

    static final int OK = 200;
    static final int BAD_REQUEST = 400;
    static final int UNAUTHORIZED = 401;
    static final int NOT_FOUND = 404;
    static final int UNAVAILABLE = 503;

    private static final String JSON = "application/json; charset=utf-8";

    /** One line for people. */
    static Answer text(int status, String line) {
        return new Answer(
                status, "text/plain; charset=utf-8", (line + "\n").getBytes(StandardCharsets.UTF_8), Optional.empty());
    }

    /** What went wrong, for people. */
    static Answer problem(int status, String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("message", message);
        return new Answer(status, JSON, body.toString().getBytes(StandardCharsets.UTF_8), Optional.empty());
    }

    /** What came of an order, for people, one line each. */
    static Answer told(List<String> lines) {
        return problem(OK, String.join("\n", lines));
    }

    /**
     * A JSON object.
     *
     * @param now added to it; the same answer a little later has the same etag
     */
    static Answer json(ObjectNode body, String now) {
        String etag = etag(body.toString().getBytes(StandardCharsets.UTF_8));
        ObjectNode dated = body.deepCopy().put("now", now);
        return new Answer(OK, JSON, dated.toString().getBytes(StandardCharsets.UTF_8), Optional.of(etag));
    }

    static Answer file(String type, byte[] body) {
        return new Answer(OK, type, body, Optional.of(etag(body)));
    }

    private static String etag(byte[] body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
            return '"' + HexFormat.of().formatHex(hash, 0, 12) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
