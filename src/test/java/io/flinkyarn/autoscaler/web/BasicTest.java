package io.flinkyarn.autoscaler.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Names and passwords in the header {@code Authorization}. */
class BasicTest {

    private static final String HASH =
            "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-05-04T12:00:00Z"));
    private final Basic basic = new Basic(PasswordFile.of(List.of("ann:" + HASH)), clock);

    private Optional<String> name(String nameAndPassword) {
        return basic.caller(Base64.getEncoder().encodeToString(nameAndPassword.getBytes(UTF_8)))
                .flatMap(Caller::name);
    }

    @Test
    void whoHasThePasswordIsKnownByName() {
        assertThat(name("ann:Hello world!")).contains("ann");
        assertThat(name("ann:Hello")).isEmpty();
        assertThat(name("Hello world!")).isEmpty();
        assertThat(name(":Hello world!")).isEmpty();
        assertThat(basic.caller("no base 64")).isEmpty();
    }

    @Test
    void guessingIsSlowAndLocksNobodyOutWhoIsIn() {
        assertThat(name("ann:Hello world!")).contains("ann");
        IntStream.range(0, 200).forEach(i -> assertThat(name("ann:" + i)).isEmpty());
        assertThat(name("ann:Hello world!")).contains("ann");
        clock.advance(Duration.ofMinutes(2));
        assertThat(name("ann:Hello world!"))
                .as("a password is looked at anew after a minute, and not while somebody guesses")
                .isEmpty();
    }
}
