package io.flinkyarn.autoscaler.yarn;

import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.control.RestLogin;
import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.control.UnreachableException.Category;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.security.authentication.client.AuthenticatedURL;
import org.apache.hadoop.security.authentication.util.KerberosUtil;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.GSSName;

/**
 * Lets requests through the web pages of a secure cluster (SPNEGO): a Kerberos token opens the door and brings a cookie, which is shown until it
 * expires. A server is sent a token once it has asked for one, so that those that never ask need no principal; from then on it comes unasked
 * where there is no cookie. Also tells YARN's proxy that we know that an application may belong to another user.
 */
final class Spnego implements RestLogin {

    private static final String COOKIE = AuthenticatedURL.AUTH_COOKIE + "=";
    private static final Pattern EXPIRY = Pattern.compile("&e=(\\d+)");
    private static final Pattern APPLICATION = Pattern.compile("/(application_\\d+_\\d+)(?:/|$)");

    private final Identity identity;
    private final Clock clock;
    /** By host and port; only of servers that have asked for a token. */
    private final ConcurrentMap<String, Optional<Cookie>> servers = new ConcurrentHashMap<>();

    Spnego(Identity identity, Clock clock) {
        this.identity = identity;
        this.clock = clock;
    }

    /**
     * What a server has given us.
     *
     * @param text name and value, to be sent as they came
     * @param expires in milliseconds since the epoch, by the clock of the server
     */
    private record Cookie(String text, long expires) {

        static Optional<Cookie> read(String header) {
            String text = header.split(";", 2)[0].strip();
            Matcher expiry = EXPIRY.matcher(text);
            return text.startsWith(COOKIE) && expiry.find()
                    ? Optional.of(new Cookie(text, Long.parseLong(expiry.group(1))))
                    : Optional.empty();
        }
    }

    @Override
    public Map<String, String> headers(RestEndpoint endpoint) throws UnreachableException, InterruptedException {
        if (!endpoint.isProxied()) {
            return Map.of(); // Flink itself knows no login
        }
        List<String> cookies = new ArrayList<>();
        Matcher application = APPLICATION.matcher(endpoint.base().getPath());
        if (application.find()) {
            cookies.add("checked_" + application.group(1) + "=true");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        Optional<Cookie> given = servers.getOrDefault(server(endpoint), Optional.empty());
        if (given.isPresent() && clock.millis() < given.get().expires()) {
            cookies.add(given.get().text());
        } else if (servers.containsKey(server(endpoint))) {
            headers.put("Authorization", "Negotiate " + token(endpoint));
        }
        if (!cookies.isEmpty()) {
            headers.put("Cookie", String.join("; ", cookies));
        }
        return headers;
    }

    @Override
    public boolean answered(RestEndpoint endpoint, int status, Map<String, List<String>> headers) {
        boolean asked = status == 401
                && headers.getOrDefault("www-authenticate", List.of()).stream()
                        .anyMatch(scheme -> scheme.toLowerCase(Locale.ROOT).startsWith("negotiate"));
        if (!endpoint.isProxied()) {
            return false;
        }
        if (asked) {
            servers.put(server(endpoint), Optional.empty());
            return true;
        }
        if (servers.containsKey(server(endpoint))) {
            headers.getOrDefault("set-cookie", List.of()).stream()
                    .flatMap(header -> Cookie.read(header).stream())
                    .forEach(cookie -> servers.put(server(endpoint), Optional.of(cookie)));
        }
        return false;
    }

    private static String server(RestEndpoint endpoint) {
        return endpoint.base().getAuthority();
    }

    private String token(RestEndpoint endpoint) throws UnreachableException, InterruptedException {
        String host = endpoint.base().getHost();
        try {
            return Base64.getEncoder().encodeToString(identity.act(() -> token(host)));
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new UnreachableException(
                    Category.NO_ANSWER,
                    "no Kerberos login at " + server(endpoint) + ": "
                            + KerberosFailure.meaning(e)
                                    .map(m -> m + " (" + Causes.sentence(e) + ")")
                                    .orElse(Causes.sentence(e)),
                    e);
        }
    }

    private static byte[] token(String host) throws Exception {
        GSSManager manager = GSSManager.getInstance();
        GSSName service = manager.createName(
                KerberosUtil.getServicePrincipal("HTTP", host), KerberosUtil.NT_GSS_KRB5_PRINCIPAL_OID);
        GSSContext context =
                manager.createContext(service, KerberosUtil.GSS_SPNEGO_MECH_OID, null, GSSContext.DEFAULT_LIFETIME);
        try {
            return context.initSecContext(new byte[0], 0, 0);
        } finally {
            context.dispose();
        }
    }
}
