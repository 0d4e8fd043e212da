package io.flinkyarn.autoscaler.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignPageTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application-page      | a redirect to the ResourceManager's page of application_1795354922814_0001",
                "unknown-application   | the ResourceManager does not know the application",
                "put-not-passed        | Rescaling needs the PUT of Hadoop 2.10, 3.1 or later",
                "malformed-application | an HTML page titled 'Error 500 java.lang.NumberFormatException",
                "kerberos-asked        | Kerberos is asked for (401 Negotiate)",
                "standby               | a standby ResourceManager, which redirects to http://rm1:8088",
                "flink-web-interface   | the page of Flink's web interface, not its REST API",
                "foreign-user          | the application belongs to another user",
                "login-page            | a login page titled 'Sign in to the data platform'",
                "login-redirect        | a redirect to the login page https://gateway:8443/gateway/knoxsso",
                "forbidden             | access is forbidden (403)",
                "https-policy          | refuses an application without HTTPS (yarn.resourcemanager.application-https.policy is STRICT)",
            })
    void saysWhatItLooksLikeInOneLine(String page, String expected) {
        String description = ForeignPage.describe(Recorded.proxy(page));

        assertThat(description).contains(expected).hasSizeLessThan(400).hasLineCount(1);
    }

    @Test
    void aRedirectWithoutATargetIsDescribedToo() {
        assertThat(ForeignPage.describe(new Answer(302, Map.of(), ""))).startsWith("a redirect (302) to nowhere");
    }

    @Test
    void anythingElseIsNamedByItsContentType() {
        Answer answer = new Answer(200, Map.of("content-type", List.of("image/png")), "…");

        assertThat(ForeignPage.describe(answer)).startsWith("not JSON but image/png with status 200");
    }

    @Test
    void aTitleOfManyLinesBecomesOneShortLine() {
        Answer answer = new Answer(
                200, Map.of("content-type", List.of("text/html")), "<title>a\n b\n" + "c".repeat(5000) + "</title>");

        assertThat(ForeignPage.describe(answer))
                .contains("titled 'a b ccc")
                .hasSizeLessThan(400)
                .hasLineCount(1);
    }
}
