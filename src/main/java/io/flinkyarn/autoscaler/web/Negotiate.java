package io.flinkyarn.autoscaler.web;

import java.nio.file.Path;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.kerberos.KerberosPrincipal;
import javax.security.auth.kerberos.KeyTab;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.Oid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kerberos tickets (SPNEGO, RFC 4559). A ticket is checked by the key in the keytab alone: no KDC is asked, so nothing expires here.
 */
final class Negotiate implements Authenticator {

    private static final Logger LOG = LoggerFactory.getLogger(Negotiate.class);

    /** SPNEGO and Kerberos 5. */
    private static final List<String> MECHANISMS = List.of("1.3.6.1.5.5.2", "1.2.840.113554.1.2.2");

    private final GSSManager manager = GSSManager.getInstance();
    private final Subject service;
    private final GSSCredential credential;
    private final List<String> operators;

    private Negotiate(Subject service, GSSCredential credential, List<String> operators) {
        this.service = service;
        this.credential = credential;
        this.operators = List.copyOf(operators);
    }

    /**
     * @param operators who may change something
     * @throws IllegalArgumentException if the keytab does not have the key of the principal, for people
     */
    static Negotiate of(String principal, Path keytab, List<String> operators) {
        try {
            Subject service = login(principal, keytab);
            Oid[] mechanisms = {new Oid(MECHANISMS.get(0)), new Oid(MECHANISMS.get(1))};
            GSSCredential credential =
                    Subject.doAs(service, (PrivilegedExceptionAction<GSSCredential>) () -> GSSManager.getInstance()
                            .createCredential(
                                    null, GSSCredential.INDEFINITE_LIFETIME, mechanisms, GSSCredential.ACCEPT_ONLY));
            return new Negotiate(service, credential, operators);
        } catch (LoginException | GSSException | PrivilegedActionException e) {
            throw new IllegalArgumentException(
                    "cannot answer tickets as " + principal + " with the keytab " + keytab + ": " + e.getMessage()
                            + "; 'klist -k' tells what is in it",
                    e);
        }
    }

    private static Subject login(String principal, Path keytab) throws LoginException {
        Map<String, String> options = Map.of(
                "useKeyTab", "true",
                "keyTab", keytab.toString(),
                "principal", principal,
                "storeKey", "true",
                "doNotPrompt", "true",
                "isInitiator", "false");
        Configuration configuration = new Configuration() {
            @Override
            public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
                return new AppConfigurationEntry[] {
                    new AppConfigurationEntry(
                            "com.sun.security.auth.module.Krb5LoginModule", LoginModuleControlFlag.REQUIRED, options)
                };
            }
        };
        LoginContext login = new LoginContext("web", new Subject(), null, configuration);
        login.login();
        Subject subject = login.getSubject();
        KerberosPrincipal own =
                subject.getPrincipals(KerberosPrincipal.class).iterator().next();
        boolean hasKey =
                subject.getPrivateCredentials(KeyTab.class).stream().anyMatch(keys -> keys.getKeys(own).length > 0);
        if (!hasKey) {
            throw new LoginException("it cannot be read, or holds no key of it");
        }
        return subject;
    }

    @Override
    public String scheme() {
        return "Negotiate";
    }

    @Override
    public Optional<Caller> caller(String proof) {
        try {
            byte[] token = Base64.getDecoder().decode(proof);
            return Subject.doAs(service, (PrivilegedExceptionAction<Optional<Caller>>) () -> accept(token));
        } catch (IllegalArgumentException | PrivilegedActionException e) {
            LOG.debug("a ticket is refused", e);
            return Optional.empty();
        }
    }

    private Optional<Caller> accept(byte[] token) throws GSSException {
        GSSContext context = manager.createContext(credential);
        try {
            context.acceptSecContext(token, 0, token.length);
            if (!context.isEstablished()) {
                return Optional.empty();
            }
            String name = context.getSrcName().toString();
            return Optional.of(new Caller(Optional.of(name), operators.contains(name)));
        } finally {
            context.dispose();
        }
    }

    @Override
    public String challenge() {
        return "Negotiate";
    }
}
