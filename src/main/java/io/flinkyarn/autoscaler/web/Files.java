package io.flinkyarn.autoscaler.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The files of the dashboard, read from the jars once and kept. Any thread may ask. */
final class Files {

    private static final String CHARTS = "META-INF/resources/webjars/uplot/1.6.30/dist/";

    /** Nothing that leads out of the folder, and nothing hidden. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "json", "application/json; charset=utf-8");

    private final Map<String, Answer> read = new ConcurrentHashMap<>();

    /** Whether a file may be called so; nothing else that the server knows is. */
    static boolean isName(List<String> path) {
        List<String> names = names(path);
        return !names.get(0).equals("api")
                && names.stream().allMatch(name -> NAME.matcher(name).matches())
                && TYPES.containsKey(ending(names));
    }

    private static List<String> names(List<String> path) {
        return path.equals(List.of("")) ? List.of("index.html") : path;
    }

    private static String ending(List<String> names) {
        String last = names.get(names.size() - 1);
        return last.substring(last.lastIndexOf('.') + 1);
    }

    /** Empty where there is none of that name. */
    Optional<Answer> find(List<String> path) {
        if (!isName(path)) {
            return Optional.empty();
        }
        List<String> names = names(path);
        String last = names.get(names.size() - 1);
        String type = TYPES.getOrDefault(ending(names), "");
        String resource =
                names.get(0).equals("uplot") && names.size() == 2 ? CHARTS + last : "web/" + String.join("/", names);
        return Optional.ofNullable(read.get(resource)).or(() -> read(resource, type));
    }

    private Optional<Answer> read(String resource, String type) {
        try (InputStream in = Files.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                return Optional.empty();
            }
            Answer answer = Answer.file(type, in.readAllBytes());
            read.put(resource, answer);
            return Optional.of(answer);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource + " from the jar", e);
        }
    }
}
