package io.flinkyarn.autoscaler.yarn;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.security.PrivilegedExceptionAction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.SecurityUtil;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.security.authentication.util.KerberosUtil;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A principal that logs in from its keytab: when it is first needed, and again when most of its ticket's time is over. It is not the login user that
 * Hadoop has for the whole process, so that each cluster can have its own.
 */
final class KerberosIdentity implements Identity {

    private static final Logger LOG = LoggerFactory.getLogger(KerberosIdentity.class);

    private final KerberosAccount account;
    private final Clock clock;
    /** Guarded by this, as the others below. */
    private @Nullable UserGroupInformation user;

    private Instant expires = Instant.MIN;
    private Instant renew = Instant.MIN;

    private KerberosIdentity(KerberosAccount account, Clock clock) {
        this.account = account;
        this.clock = clock;
    }

    /**
     * Brings Kerberos into the process, for good: Hadoop's client has one switch for all clusters. The settings of the first cluster hold for all;
     * a principal that its rules do not know is taken as it is.
     */
    static KerberosIdentity of(KerberosAccount account, Configuration cluster, Clock clock) {
        synchronized (KerberosIdentity.class) {
            if (!UserGroupInformation.isSecurityEnabled()) {
                Configuration ofAll = new Configuration(cluster);
                ofAll.set("hadoop.security.auth_to_local.mechanism", "mit");
                UserGroupInformation.setConfiguration(ofAll);
            }
        }
        return new KerberosIdentity(account, clock);
    }

    @Override
    public <T> T act(PrivilegedExceptionAction<T> action) throws Exception {
        return loggedIn().doAs(action);
    }

    /** Others wait while one logs in: what they would ask needs the ticket, too. */
    private synchronized UserGroupInformation loggedIn() throws IOException, InterruptedException {
        UserGroupInformation known = user;
        if (known == null) {
            known = logIn();
            note(known, "logged in");
            user = known;
        } else if (!clock.instant().isBefore(renew)) {
            // Does nothing before Hadoop, too, finds the ticket old, or where the last login was a moment ago.
            known.checkTGTAndReloginFromKeytab();
            note(known, "logged in again");
        }
        return known;
    }

    private UserGroupInformation logIn() throws IOException {
        if (!Files.isReadable(account.keytab())) {
            throw new IOException("no readable keytab at " + account.keytab());
        }
        String host = InetAddress.getLocalHost().getCanonicalHostName();
        return UserGroupInformation.loginUserFromKeytabAndReturnUGI(
                SecurityUtil.getServerPrincipal(account.principal(), host),
                account.keytab().toString());
    }

    /** Remembers until when the ticket is good, and when to think of the next one. */
    private void note(UserGroupInformation loggedIn, String what) throws IOException, InterruptedException {
        PrivilegedExceptionAction<Integer> remaining = () -> GSSManager.getInstance()
                .createCredential(
                        null,
                        GSSCredential.DEFAULT_LIFETIME,
                        KerberosUtil.GSS_KRB5_MECH_OID,
                        GSSCredential.INITIATE_ONLY)
                .getRemainingLifetime();
        Instant now = clock.instant();
        Duration left = Duration.ofSeconds(loggedIn.doAs(remaining));
        Instant until = now.plus(left);
        if (until.isAfter(expires.plusSeconds(1))) {
            expires = until;
            renew = now.plus(left.multipliedBy(4).dividedBy(5));
            LOG.info(
                    "{} as {} from {}; the ticket is good until {}",
                    what,
                    loggedIn.getUserName(),
                    account.keytab(),
                    until.truncatedTo(ChronoUnit.SECONDS));
        }
    }
}
