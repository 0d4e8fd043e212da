package io.flinkyarn.autoscaler.config;

import static io.flinkyarn.autoscaler.config.OptionType.BOOLEAN;
import static io.flinkyarn.autoscaler.config.OptionType.TEXT;
import static io.flinkyarn.autoscaler.config.OptionType.oneOf;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/** The options of an entry of {@code clusters} that say by which way, and as whom, the cluster is reached. */
final class AccessOptions {

    private static final Range<String> WITH_PLACEHOLDER = new Range<>(
            "such as https://gateway.example.com:8443/gateway/default/yarn/{path}, with /{path} or {application} in it",
            AccessOptions::isTemplate);

    static final Option<ClusterAccess.Mode> MODE = option("access.mode", oneOf(ClusterAccess.Mode.class))
            .orElse(ClusterAccess.Mode.PROXY)
            .means(
                    "How applications are reached: through the web proxy of YARN, at the address that they have registered, or"
                            + " AUTO, which is directly where that answers and through the proxy else.");
    static final Option<String> BASE_URL = option("access.base-url", TEXT)
            .in(WITH_PLACEHOLDER)
            .means(
                    "What stands in the place of the tracking URL that YARN reports, for a gateway or a proxy with another name:"
                            + " {path} is the path of that URL without its first slash, {application} the id of the application.");
    static final Option<Boolean> HTTPS =
            option("tls.enabled", BOOLEAN).orElse(false).means("Whether a Flink cluster without YARN speaks HTTPS.");
    static final Option<String> TRUSTSTORE = option("tls.truststore.path", TEXT)
            .otherwise("what the JVM trusts")
            .means("A PKCS12 or JKS file with the certificates that are trusted.");
    static final PasswordOptions TRUSTSTORE_PASSWORD =
            PasswordOptions.of(Entries.prefix(ClusterOptions.LIST) + "tls.truststore.", "the truststore");
    static final Option<String> KEYSTORE = option("tls.keystore.path", TEXT)
            .means("A PKCS12 or JKS file with the key and certificate that we show to a server that asks for one.");
    static final PasswordOptions KEYSTORE_PASSWORD =
            PasswordOptions.of(Entries.prefix(ClusterOptions.LIST) + "tls.keystore.", "the keystore and its key");
    static final Option<String> PROVIDER = option("tls.password-credential-provider", TEXT)
            .otherwise("hadoop.security.credential.provider.path in the core-site.xml of the cluster")
            .means("The provider of those aliases, such as localjceks://file/etc/autoscaler/passwords.jceks.");
    static final Option<String> PRINCIPAL = option("login.principal", TEXT)
            .means("Whom we log in as where the cluster wants Kerberos; _HOST in it becomes the name of this host.");
    static final Option<String> KEYTAB = option("login.keytab", TEXT)
            .means("The file with the keys of that principal; only we should be able to read it.");

    static final List<Option<?>> OF_YARN = List.of(MODE, BASE_URL, PRINCIPAL, KEYTAB);
    static final List<Option<?>> OF_FLINK_CLUSTER = List.of(HTTPS);

    static final List<Option<?>> ALL = Stream.of(
                    List.of(MODE, BASE_URL, PRINCIPAL, KEYTAB, HTTPS, TRUSTSTORE),
                    TRUSTSTORE_PASSWORD.all(),
                    List.of(KEYSTORE),
                    KEYSTORE_PASSWORD.all(),
                    List.of(PROVIDER))
            .<Option<?>>flatMap(List::stream)
            .toList();

    private AccessOptions() {}

    private static boolean isTemplate(String url) {
        try {
            URI filled = URI.create(
                    url.replace("{path}", "proxy/application_1_0001/").replace("{application}", "application_1_0001"));
            boolean isWeb = "http".equalsIgnoreCase(filled.getScheme()) || "https".equalsIgnoreCase(filled.getScheme());
            return isWeb
                    && filled.getHost() != null
                    && filled.getRawQuery() == null
                    && (url.contains("/{path}") || url.contains("{application}"));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static <T> Option<T> option(String name, OptionType<T> type) {
        return Option.of(Entries.prefix(ClusterOptions.LIST) + name, type);
    }
}
