package io.flinkyarn.autoscaler.yarn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flinkyarn.autoscaler.control.RequestLog.Way;
import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.testing.SettableClock;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PrivilegedExceptionAction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpnegoTest {

    private static final String ID = "application_1795354922814_0001";
    private static final RestEndpoint PROXIED =
            new RestEndpoint("prod", URI.create("http://rm:8088/proxy/" + ID + "/"));
    private static final RestEndpoint DIRECT = new RestEndpoint("prod", URI.create("http://jm:8081/"), Way.DIRECT);
    private static final Map<String, List<String>> ASKS = Map.of("www-authenticate", List.of("Negotiate"));
    private static final String CHECKED = "checked_" + ID + "=true";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-22T12:00:00Z"));
    private final Tokens tokens = new Tokens();
    private final Spnego login = new Spnego(tokens, clock);

    @Test
    void aServerThatHasAskedForNothingIsSentNoToken() throws Exception {
        assertThat(login.headers(PROXIED)).isEqualTo(Map.of("Cookie", CHECKED));
        assertThat(login.answered(PROXIED, 200, Map.of())).isFalse();
        assertThat(login.headers(PROXIED)).doesNotContainKey("Authorization");
    }

    @Test
    void aServerThatAsksIsSentATokenAndFromThenOnUnasked() throws Exception {
        assertThat(login.answered(PROXIED, 401, ASKS)).isTrue();

        assertThat(login.headers(PROXIED))
                .isEqualTo(Map.of("Authorization", "Negotiate dG9rZW4gMQ==", "Cookie", CHECKED));
        assertThat(login.headers(PROXIED)).containsEntry("Authorization", "Negotiate dG9rZW4gMg==");
    }

    @Test
    void theCookieThatATokenBringsIsShownAsItCame() throws Exception {
        String cookie = loggedIn(Duration.ofHours(10));

        assertThat(login.headers(PROXIED)).isEqualTo(Map.of("Cookie", CHECKED + "; " + cookie));
        assertThat(tokens.given).isEqualTo(1);
    }

    @Test
    void aCookieOfTheServerServesAllItsApplications() throws Exception {
        String cookie = loggedIn(Duration.ofHours(10));
        RestEndpoint other = new RestEndpoint("prod", URI.create("http://rm:8088/proxy/application_1_0002/"));
        RestEndpoint elsewhere = new RestEndpoint("prod", URI.create("http://rm2:8088/proxy/application_1_0002/"));

        assertThat(login.headers(other)).containsEntry("Cookie", "checked_application_1_0002=true; " + cookie);
        assertThat(login.headers(elsewhere)).containsEntry("Cookie", "checked_application_1_0002=true");
    }

    @Test
    void anExpiredCookieIsNotShownAndATokenComesInItsPlace() throws Exception {
        loggedIn(Duration.ofMinutes(1));
        clock.advance(Duration.ofMinutes(1));

        assertThat(login.headers(PROXIED))
                .isEqualTo(Map.of("Authorization", "Negotiate dG9rZW4gMg==", "Cookie", CHECKED));
    }

    @Test
    void aCookieThatIsRefusedIsDropped() throws Exception {
        loggedIn(Duration.ofHours(10));

        assertThat(login.answered(PROXIED, 401, ASKS)).isTrue();
        assertThat(login.headers(PROXIED)).containsKey("Authorization");
    }

    @Test
    void flinkItselfIsToldNothing() throws Exception {
        assertThat(login.answered(DIRECT, 401, ASKS)).isFalse();
        assertThat(login.headers(DIRECT)).isEmpty();
    }

    @Test
    void aRefusalThatKerberosDoesNotHelpIsNotTriedAgain() {
        assertThat(login.answered(PROXIED, 401, Map.of("www-authenticate", List.of("Basic realm=x"))))
                .isFalse();
        assertThat(login.answered(PROXIED, 403, Map.of())).isFalse();
    }

    @Test
    void whyThereIsNoTokenIsSaidInOneLine() {
        login.answered(PROXIED, 401, ASKS);
        tokens.failure = "Server not found in Kerberos database (7)\nmore of it";

        UnreachableException why = catchThrowableOfType(UnreachableException.class, () -> login.headers(PROXIED));

        assertThat(why)
                .hasMessageStartingWith("no Kerberos login at rm:8088: the KDC does not know the service.")
                .hasMessageNotContaining("\n");
    }

    private String loggedIn(Duration validity) throws Exception {
        login.answered(PROXIED, 401, ASKS);
        login.headers(PROXIED);
        String cookie = "hadoop.auth=\"u=autoscaler&p=autoscaler@EXAMPLE.COM&t=kerberos&e="
                + clock.instant().plus(validity).toEpochMilli() + "&s=c2lnbmVk=\"";
        assertThat(login.answered(PROXIED, 200, Map.of("set-cookie", List.of(cookie + "; Path=/; HttpOnly"))))
                .isFalse();
        return cookie;
    }

    /** Gives another token each time. */
    private static final class Tokens implements Identity {

        private int given;
        private String failure = "";

        @Override
        @SuppressWarnings("unchecked") // the only thing that is asked for
        public <T> T act(PrivilegedExceptionAction<T> action) throws IOException {
            if (!failure.isEmpty()) {
                throw new IOException(failure);
            }
            given++;
            return (T) ("token " + given).getBytes(StandardCharsets.UTF_8);
        }
    }
}
