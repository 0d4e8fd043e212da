package io.flinkyarn.autoscaler.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * What a request is answered with.
 *
 * @param zipped the body again, for whoever can read that; empty where it is not worth it
 * @param etag of the body; empty where it is not worth remembering
 */
@SuppressWarnings("ArrayRecordComponent") // an answer is sent, and never compared
record Answer(int status, String type, byte[] body, Optional<byte[]> zipped, Optional<String> etag) {

    static final int OK = 200;
    static final int BAD_REQUEST = 400;
    static final int UNAUTHORIZED = 401;
    static final int NOT_FOUND = 404;
    static final int UNAVAILABLE = 503;

    private static final int WORTH_ZIPPING = 1024;
    private static final String JSON = "application/json; charset=utf-8";

    /** A body of which nobody remembers an etag. */
    static Answer of(int status, String type, byte[] body) {
        return new Answer(status, type, body, zipped(body), Optional.empty());
    }

    /** One line for people. */
    static Answer text(int status, String line) {
        return of(status, "text/plain; charset=utf-8", (line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** What went wrong, for people. */
    static Answer problem(int status, String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("message", message);
        return of(status, JSON, body.toString().getBytes(StandardCharsets.UTF_8));
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
        // A copy of the outermost object alone: others may hold the body, too.
        ObjectNode dated = JsonNodeFactory.instance.objectNode().setAll(body);
        byte[] bytes = dated.put("now", now).toString().getBytes(StandardCharsets.UTF_8);
        return new Answer(OK, JSON, bytes, zipped(bytes), Optional.of(etag));
    }

    static Answer file(String type, byte[] body) {
        return new Answer(OK, type, body, zipped(body), Optional.of(etag(body)));
    }

    private static Optional<byte[]> zipped(byte[] body) {
        if (body.length <= WORTH_ZIPPING) {
            return Optional.empty();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes every byte", e);
        }
        return Optional.of(bytes.toByteArray());
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
