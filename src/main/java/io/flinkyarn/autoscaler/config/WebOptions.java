package io.flinkyarn.autoscaler.config;

import static io.flinkyarn.autoscaler.config.OptionType.BOOLEAN;
import static io.flinkyarn.autoscaler.config.OptionType.INT;
import static io.flinkyarn.autoscaler.config.OptionType.TEXT;
import static io.flinkyarn.autoscaler.config.OptionType.listOf;

import java.util.List;
import java.util.stream.Stream;

/** The options of what the daemon serves over HTTP: where, and to whom. */
final class WebOptions {

    private static final String PREFIX = ProcessOptions.PREFIX + "web.";

    static final Option<Boolean> ENABLED = option("enabled", BOOLEAN)
            .orElse(true)
            .means("Whether the daemon serves its dashboard, its API, its health and its metrics over HTTP.");
    static final Option<String> HOST = option("host", TEXT)
            .orElse("127.0.0.1")
            .means("The address to listen on. Any other than a loopback address needs a token, passwords or Kerberos.");
    static final Option<Integer> PORT = option("port", INT)
            .in(Range.between(0, 65535))
            .orElse(8099)
            .means("The port to listen on; 0: any that is free, which the log tells.");
    static final Option<String> TOKEN_FILE = option("token-file", TEXT)
            .means(
                    "A file that holds a token and nothing else; refused where every user may read it. Whoever wants to change something"
                            + " sends it; on another address than a loopback address, whoever wants to read, too.");
    static final Option<String> USERS_FILE = option("users-file", TEXT)
            .means(
                    "A file of lines name:hash, with hashes as 'openssl passwd -6' prints them; refused where every user may read it. Whoever"
                            + " has such a password need not have the token.");
    static final Option<String> PRINCIPAL = option("kerberos.principal", TEXT)
            .means(
                    "As whom the server answers tickets (SPNEGO): HTTP/host@REALM, with the name of the host that stands in the address bar;"
                            + " _HOST in it becomes the name of this host. Whoever has a ticket of the realm may read.");
    static final Option<String> KEYTAB = option("kerberos.keytab", TEXT).means("The keytab of that principal.");
    static final Option<List<String>> OPERATORS = option("kerberos.operators", listOf(TEXT))
            .otherwise("nobody")
            .means("Principals, such as ann@EXAMPLE.COM, who may change something with a ticket alone.");
    static final Option<String> KEYSTORE = option("tls.keystore.path", TEXT)
            .otherwise("plain HTTP")
            .means("A PKCS12 or JKS file with the key and certificate of the server, which then speaks HTTPS only.");
    static final PasswordOptions KEYSTORE_PASSWORD =
            PasswordOptions.of(PREFIX + "tls.keystore.", "the keystore and its key");
    static final Option<String> PROVIDER = option("tls.password-credential-provider", TEXT)
            .otherwise("hadoop.security.credential.provider.path in the core-site.xml of the cluster")
            .means("The provider of that alias, such as localjceks://file/etc/autoscaler/passwords.jceks.");

    static final List<Option<?>> ALL = Stream.of(
                    List.of(ENABLED, HOST, PORT, TOKEN_FILE, USERS_FILE, PRINCIPAL, KEYTAB, OPERATORS, KEYSTORE),
                    KEYSTORE_PASSWORD.all(),
                    List.of(PROVIDER))
            .<Option<?>>flatMap(List::stream)
            .toList();

    private WebOptions() {}

    private static <T> Option<T> option(String name, OptionType<T> type) {
        return Option.of(PREFIX + name, type);
    }
}
