package io.flinkyarn.autoscaler.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.PrivilegedExceptionAction;
import java.time.Duration;
import java.util.Base64;
import org.apache.hadoop.security.UserGroupInformation;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.GSSName;
import org.ietf.jgss.Oid;

/** Somebody with a keytab, who shows a Kerberos ticket for {@code HTTP/localhost} to a server, as a browser does. */
final class TicketHolder {

    private static final String SPNEGO = "1.3.6.1.5.5.2";

    private final UserGroupInformation account;

    private TicketHolder(UserGroupInformation account) {
        this.account = account;
    }

    static TicketHolder login(String principal, Path keytab) throws IOException {
        return new TicketHolder(UserGroupInformation.loginUserFromKeytabAndReturnUGI(principal, keytab.toString()));
    }

    /** With a new ticket. */
    HttpResponse<String> post(URI uri, String json) throws IOException, InterruptedException {
        String ticket = account.doAs((PrivilegedExceptionAction<String>) TicketHolder::ticket);
        return postWith("Negotiate " + ticket, uri, json);
    }

    static HttpResponse<String> postWith(String authorization, URI uri, String json)
            throws IOException, InterruptedException {
        return post(uri, json, "Authorization", authorization);
    }

    /** Of nobody. */
    static HttpResponse<String> postWithoutTicket(URI uri, String json) throws IOException, InterruptedException {
        return post(uri, json, "Accept", "application/json");
    }

    private static HttpResponse<String> post(URI uri, String json, String... header)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .headers(header)
                .POST(BodyPublishers.ofString(json, UTF_8))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private static String ticket() throws GSSException {
        GSSManager manager = GSSManager.getInstance();
        GSSName server = manager.createName("HTTP@localhost", GSSName.NT_HOSTBASED_SERVICE);
        GSSContext context = manager.createContext(server, new Oid(SPNEGO), null, GSSContext.DEFAULT_LIFETIME);
        try {
            byte[] token = context.initSecContext(new byte[0], 0, 0);
            return Base64.getEncoder().encodeToString(token);
        } finally {
            context.dispose();
        }
    }
}
