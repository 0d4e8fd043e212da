package io.flinkyarn.autoscaler.yarn;

import static org.apache.hadoop.security.alias.CredentialProviderFactory.CREDENTIAL_PROVIDER_PATH;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Passwords from the credential providers of Hadoop, as {@code hadoop credential create} puts them there. */
public final class HadoopCredentials {

    private HadoopCredentials() {}

    /**
     * Finds a password.
     *
     * @param alias its name
     * @param providers as {@code hadoop.security.credential.provider.path} has them; empty: as that is set in core-site.xml
     * @param confDir the directory of core-site.xml
     * @throws HadoopConfDirException in one line, if there is none, or the provider cannot be read
     */
    public static String password(String alias, Optional<String> providers, Optional<Path> confDir)
            throws HadoopConfDirException {
        Configuration configuration = new Configuration(false);
        configuration.addResource("core-default.xml");
        Optional<Path> coreSite =
                confDir.map(dir -> dir.resolve("core-site.xml")).filter(Files::exists);
        if (coreSite.isPresent()) {
            HadoopConfDir.parse(configuration, coreSite.get());
        }
        providers.ifPresent(path -> configuration.set(CREDENTIAL_PROVIDER_PATH, path));
        String where = configuration.getTrimmed(CREDENTIAL_PROVIDER_PATH, "");
        if (where.isEmpty()) {
            throw new HadoopConfDirException("no credential provider is known for the alias '" + alias + "': expected "
                    + CREDENTIAL_PROVIDER_PATH + " in core-site.xml of the directory HADOOP_CONF_DIR, or the option");
        }
        configuration.setBoolean("hadoop.security.credential.clear-text-fallback", false);
        try {
            char[] password = configuration.getPassword(alias);
            if (password == null || password.length == 0) {
                throw new HadoopConfDirException("the credential provider " + where + " has no password for the alias '"
                        + alias + "': 'hadoop credential list -provider " + where + "' shows what it has");
            }
            return new String(password);
        } catch (IOException | RuntimeException e) {
            throw new HadoopConfDirException(
                    "the credential provider " + where + " cannot be read (" + Causes.sentence(e)
                            + "): expected a keystore such as localjceks://file/etc/autoscaler/passwords.jceks, which this user may"
                            + " read; a provider on HDFS needs libraries that are not here",
                    e);
        }
    }
}
