package io.flinkyarn.autoscaler.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request, taken apart.
 *
 * @param path the segments between the slashes, decoded
 * @param query the parameters, decoded; of those that are given twice, the last one
 * @param remote who asks
 * @param body as text; empty where there is none
 * @param user who that is, where he has proved it by a name
 */
record Request(
        String method,
        List<String> path,
        Map<String, String> query,
        Map<String, String> headers,
        InetAddress remote,
        String body,
        Optional<String> user) {

    /** @throws IllegalArgumentException if the path or the query cannot be decoded */
    static Request of(HttpExchange exchange, String body) {
        URI uri = exchange.getRequestURI();
        Map<String, String> query = new HashMap<>();
        String rawQuery = uri.getRawQuery();
        if (rawQuery != null && !rawQuery.isEmpty()) {
            for (String pair : rawQuery.split("&")) {
                int equals = pair.indexOf('=');
                String key = equals < 0 ? pair : pair.substring(0, equals);
                query.put(decode(key), equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        String rawPath = uri.getRawPath() == null ? "/" : uri.getRawPath();
        List<String> path = Arrays.stream(rawPath.substring(1).split("/", -1))
                .map(segment -> decode(segment.replace("+", "%2B")))
                .toList();
        return new Request(
                exchange.getRequestMethod(),
                path,
                query,
                headers(exchange.getRequestHeaders()),
                exchange.getRemoteAddress().getAddress(),
                body,
                Optional.empty());
    }

    /** The same of somebody who has proved who he is. */
    Request of(Caller caller) {
        return new Request(method, path, query, headers, remote, body, caller.name());
    }

    private static Map<String, String> headers(Headers headers) {
        Map<String, String> first = new HashMap<>();
        headers.forEach((name, values) -> first.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        return first;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** @param name lower case */
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /**
     * A whole number of the query.
     *
     * @throws IllegalArgumentException if it is none, or outside the bounds
     */
    int number(String name, int otherwise, int most) {
        String text = query.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(name + " is '" + text + "': expected a whole number from 1 to " + most);
    }
}
