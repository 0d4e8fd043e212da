package io.flinkyarn.autoscaler.yarn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The texts are those of the JDK and of Hadoop; the ones that a KDC of a test can be made to say are provoked in KerberosIT. */
class KerberosFailureTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Clock skew too great (37)                                        | Synchronize both with NTP",
                "Clock skew too great (37) - PROCESS_TGS                          | Synchronize both with NTP",
                "Client not found in Kerberos database (6)                        | Check login.principal",
                "Unable to obtain password from user                              | no key for the principal",
                "Checksum failed                                                  | Export the keytab again",
                "Pre-authentication information was invalid (24)                  | Export the keytab again",
                "Cannot locate default realm                                      | names no KDC for the realm",
                "Cannot locate KDC                                                | names no KDC for the realm",
                "Server not found in Kerberos database (7) - LOOKING_UP_SERVER    | HTTP/host",
                "Ticket expired (32) - PROCESS_TGS                                | the ticket has expired",
                "Failed to find any Kerberos tgt                                  | the ticket has expired",
                "KDC has no support for encryption type (14)                      | no encryption type in common",
                "Failed to specify server's Kerberos principal name               | yarn.resourcemanager.principal",
                "SIMPLE authentication is not enabled.  Available:[TOKEN, KERBEROS] | the cluster wants Kerberos",
                "Server asks us to fall back to SIMPLE auth, but this client is configured to only allow secure connections. | has no Kerberos",
                "Receive timed out                                                | the KDC does not answer",
                "failure to login: javax.security.auth.login.LoginException: Connection refused | the KDC does not answer",
            })
    void saysWhatItMeansHoweverDeepItLies(String text, String meaning) {
        Exception wrapped = new IOException("outside", new IllegalStateException(new IOException(text)));

        assertThat(KerberosFailure.meaning(wrapped))
                .hasValueSatisfying(said -> assertThat(said).contains(meaning).hasLineCount(1));
    }

    @Test
    void whatHasNothingToDoWithKerberosIsLeftToOthers() {
        assertThat(KerberosFailure.meaning(new IOException("Connection refused")))
                .isEmpty();
        assertThat(KerberosFailure.meaning(new IOException("the keytab of somebody (6) cannot be read")))
                .isEmpty();
        assertThat(KerberosFailure.meaning(new IOException((String) null))).isEqualTo(Optional.empty());
    }
}
