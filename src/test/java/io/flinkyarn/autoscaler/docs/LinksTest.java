package io.flinkyarn.autoscaler.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.testing.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Links between the pages, to headings in them, and to files of the repository. Links to other hosts are not followed. */
class LinksTest {

    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("`[^`\n]*`");

    /** @param anchor empty where the link has none */
    private record Link(Path file, String anchor) {}

    private static List<Link> links(Page page) {
        return LINK.matcher(CODE.matcher(page.prose()).replaceAll("code"))
                .results()
                .map(found -> found.group(1))
                .filter(target -> !target.matches("[a-z]+:.*"))
                .map(target -> {
                    String[] parts = target.split("#", 2);
                    Path file = parts[0].isEmpty() ? page.file() : beside(page.file(), parts[0]);
                    return new Link(file, parts.length > 1 ? parts[1] : "");
                })
                .toList();
    }

    private static Path beside(Path page, String target) {
        Path folder = Objects.requireNonNullElse(page.getParent(), Path.of(""));
        return folder.resolve(target).normalize();
    }

    @TestFactory
    Stream<DynamicTest> everyLinkLeadsSomewhere() {
        return Page.all().stream()
                .map(page -> DynamicTest.dynamicTest(
                        page.toString(),
                        () -> assertThat(links(page)).allSatisfy(link -> {
                            assertThat(link.file()).exists();
                            if (!link.anchor().isEmpty()) {
                                assertThat(Page.of(link.file()).anchors()).contains(link.anchor());
                            }
                        })));
    }

    @Test
    void everyPageCanBeReachedFromTheReadme() {
        Set<Path> reached = new HashSet<>(Set.of(Path.of("README.md")));
        Deque<Path> next = new ArrayDeque<>(reached);
        while (!next.isEmpty()) {
            links(Page.of(next.remove())).stream()
                    .map(Link::file)
                    .filter(file -> file.toString().endsWith(".md") && Files.exists(file))
                    .filter(reached::add)
                    .forEach(next::add);
        }
        assertThat(Page.all())
                .extracting(Page::file)
                .filteredOn(file -> !file.toString().matches("docs/decisions/\\d.*"))
                .isSubsetOf(reached);
    }
}
