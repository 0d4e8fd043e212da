package io.flinkyarn.autoscaler.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.policy.JobDescription;
import io.flinkyarn.autoscaler.core.policy.PolicyReading.Valid;
import io.flinkyarn.autoscaler.core.policy.SetOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the examples of docs/policies.md to what the program makes of them. */
class PoliciesPageTest {

    private static final Path PAGE = Path.of("docs/policies.md");

    @TempDir
    private Path directory;

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    private GivenPolicies example() throws IOException {
        return GivenPolicies.written(directory, blocks("yaml").get(0));
    }

    private static JobDescription job(String queue, String user, String... tags) {
        return new JobDescription("production", "job", "application", queue, user, Set.of(tags));
    }

    @Test
    void theExampleDoesWhatIsSaidAboutIt() throws IOException {
        GivenPolicies example = example();
        Map<String, String> greedy = Map.of("job.autoscaler.vertex.max-parallelism", "1000");

        Valid other = example.of(job("root.batch", "carol"), greedy);
        assertThat(other.named()).containsExactly("everyone");
        assertThat(other.policy().enabled()).isTrue();
        assertThat(other.policy().scalingEnabled()).isFalse();
        assertThat(other.policy().limits().maxParallelism()).isEqualTo(64);

        Valid streaming = example.of(job("root.streaming.eu", "carol", "payments"), greedy);
        assertThat(streaming.named()).containsExactly("everyone", "streaming");
        assertThat(streaming.policy().scalingEnabled()).isTrue();
        assertThat(streaming.policy().utilization().target()).isEqualTo(0.6);
        assertThat(streaming.policy().limits().maxParallelism()).isEqualTo(64);

        Valid payments = example.of(job("root.batch", "alice", "payments"), greedy);
        assertThat(payments.named()).containsExactly("everyone", "payments");
        assertThat(payments.policy().excludedPeriods().periods()).hasSize(1);
        assertThat(payments.policy().quota().cpu()).hasValue(128);
    }

    @Test
    void everyTagThatIsShownMayBeWritten() throws IOException {
        GivenPolicies example = example();
        List<String> tags = blocks("tags").get(0).lines().toList();
        assertThat(tags).hasSizeGreaterThan(5).allSatisfy(tag -> {
            assertThat(tag).isEqualTo(tag.toLowerCase(Locale.ROOT)).doesNotContain(",");
            Valid options = example.of(job("root.batch", "carol", tag));
            assertThat(options.options().stream().anyMatch(option -> option.by() == SetOption.By.TAG)
                            || options.named().contains("streaming"))
                    .isTrue();
        });
    }
}
