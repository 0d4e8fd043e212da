package io.flinkyarn.autoscaler.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * What makes a YARN in this JVM a secure one: Kerberos for its protocol and its pages, the web proxy included. Its services are logged in here, since
 * those of the mini cluster do not do it.
 *
 * @param common for {@code core-site.xml}
 * @param settings for {@code yarn-site.xml}
 */
record SecureSite(Map<String, String> common, Map<String, String> settings) {

    private static final int COOKIE_SECONDS = 8;

    /** Turns Kerberos on in this JVM, for good. */
    static SecureSite enter(Kdc kdc, Path folder) throws Exception {
        Path keytab = kdc.keytab("services", "yarn/localhost", "HTTP/localhost");
        String service = kdc.qualified("yarn/localhost");
        Map<String, String> common = Map.ofEntries(
                Map.entry("hadoop.security.authentication", "kerberos"),
                Map.entry("hadoop.kerberos.min.seconds.before.relogin", "1"),
                Map.entry(
                        "hadoop.http.filter.initializers",
                        "org.apache.hadoop.security.AuthenticationFilterInitializer"),
                Map.entry("hadoop.http.authentication.type", "kerberos"),
                Map.entry("hadoop.http.authentication.kerberos.principal", kdc.qualified("HTTP/localhost")),
                Map.entry("hadoop.http.authentication.kerberos.keytab", keytab.toString()),
                Map.entry("hadoop.http.authentication.token.validity", "" + COOKIE_SECONDS),
                Map.entry("hadoop.http.authentication.signature.secret.file", secret(folder)));
        Map<String, String> settings = Map.of(
                "yarn.resourcemanager.principal",
                service,
                "yarn.resourcemanager.keytab",
                keytab.toString(),
                "yarn.nodemanager.principal",
                service,
                "yarn.nodemanager.keytab",
                keytab.toString(),
                // The containers' Java has to find the KDC, too.
                "yarn.nodemanager.admin-env",
                "JAVA_TOOL_OPTIONS=-Djava.security.krb5.conf=" + kdc.krb5Conf());
        Configuration configuration = new Configuration(false);
        configuration.addResource("core-default.xml");
        common.forEach(configuration::set);
        UserGroupInformation.setConfiguration(configuration);
        UserGroupInformation.loginUserFromKeytab(service, keytab.toString());
        return new SecureSite(common, settings);
    }

    /** With the key of HTTP/localhost. */
    String keytabOfPages() {
        return common.getOrDefault("hadoop.http.authentication.kerberos.keytab", "");
    }

    private static String secret(Path folder) throws IOException {
        Path file = Files.createDirectories(folder).resolve("http.secret");
        return Files.writeString(file, "signs the cookies of a test").toString();
    }
}
