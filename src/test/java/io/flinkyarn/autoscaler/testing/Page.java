package io.flinkyarn.autoscaler.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A page of the documentation: what stands in its fenced blocks, and what stands outside of them. */
public record Page(Path file, String prose, List<Block> blocks) {

    /**
     * A fenced block.
     *
     * @param language the word behind the fence; empty where there is none
     * @param line where it begins, for messages
     */
    public record Block(Path file, int line, String language, String text) {
        @Override
        public String toString() {
            return file + ":" + line;
        }
    }

    /** Every page of the repository, the README and the changelog among them. */
    public static List<Page> all() {
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md"), Path.of("CHANGELOG.md")), docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted(Comparator.naturalOrder())
                    .map(Page::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Page of(Path file) {
        StringBuilder prose = new StringBuilder();
        List<Block> blocks = new ArrayList<>();
        StringBuilder inside = null;
        String language = "";
        int begin = 0;
        int number = 0;
        for (String line : lines(file)) {
            number++;
            if (!line.strip().startsWith("```")) {
                (inside == null ? prose : inside).append(line).append('\n');
            } else if (inside == null) {
                language = line.strip().substring(3);
                begin = number;
                inside = new StringBuilder();
            } else {
                blocks.add(new Block(file, begin, language, inside.toString()));
                inside = null;
            }
        }
        return new Page(file, prose.toString(), List.copyOf(blocks));
    }

    public List<Block> blocks(String language) {
        return blocks.stream()
                .filter(block -> block.language().equals(language))
                .toList();
    }

    /** What a link may name behind {@code #}, made of the headings as GitHub does it. */
    public Set<String> anchors() {
        Map<String, Integer> seen = new HashMap<>();
        return prose.lines()
                .filter(line -> line.matches("#{1,6} .*"))
                .map(line -> line.replaceFirst("^#+ ", "").strip())
                .map(heading -> heading.toLowerCase(Locale.ROOT)
                        .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .map(anchor -> {
                    int before = seen.merge(anchor, 1, Integer::sum) - 1;
                    return before == 0 ? anchor : anchor + "-" + before;
                })
                .collect(Collectors.toSet());
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
