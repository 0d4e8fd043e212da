package io.flinkyarn.autoscaler.config;

import io.flinkyarn.autoscaler.config.ClusterAccess.KeyStore;
import io.flinkyarn.autoscaler.config.ClusterAccess.Login;
import io.flinkyarn.autoscaler.config.ClusterAccess.Mode;
import java.nio.file.Path;
import java.util.Optional;

/** Reads how one cluster is reached. For one thread, for one reading. */
final class AccessReader {

    private final OptionReader options;
    private final Optional<Path> hadoopConfDir;

    /**
     * @param options of the entry; takes the problems
     * @param hadoopConfDir empty where there is no YARN
     */
    AccessReader(OptionReader options, Optional<Path> hadoopConfDir) {
        this.options = options;
        this.hadoopConfDir = hadoopConfDir;
    }

    ClusterAccess read() {
        Mode mode = options.get(AccessOptions.MODE);
        Optional<String> baseUrl = options.find(AccessOptions.BASE_URL);
        if (mode == Mode.DIRECT && baseUrl.isPresent()) {
            options.refuse(
                    AccessOptions.BASE_URL,
                    "expected nothing here where access.mode is DIRECT: it stands for the address of the proxy");
        }
        return new ClusterAccess(
                mode,
                baseUrl,
                options.get(AccessOptions.HTTPS),
                store(AccessOptions.TRUSTSTORE, AccessOptions.TRUSTSTORE_PASSWORD),
                store(AccessOptions.KEYSTORE, AccessOptions.KEYSTORE_PASSWORD),
                login());
    }

    private Optional<KeyStore> store(Option<String> path, PasswordOptions password) {
        Optional<String> file = options.find(path);
        if (file.isEmpty()) {
            password.all().stream()
                    .filter(options::isSet)
                    .forEach(option ->
                            options.refuse(option, "expected the file that it opens, too: the path beside it"));
        }
        return file.map(
                name -> new KeyStore(Path.of(name), password.read(options, AccessOptions.PROVIDER, hadoopConfDir)));
    }

    private Optional<Login> login() {
        Optional<String> principal = options.find(AccessOptions.PRINCIPAL);
        Optional<String> keytab = options.find(AccessOptions.KEYTAB);
        if (principal.isPresent() && keytab.isEmpty()) {
            options.refuse(AccessOptions.PRINCIPAL, "expected login.keytab, too: there is no login without a keytab");
        }
        if (keytab.isPresent() && principal.isEmpty()) {
            options.refuse(
                    AccessOptions.KEYTAB, "expected login.principal, too: a keytab may hold the keys of several");
        }
        return principal.flatMap(name -> keytab.map(file -> new Login(name, Path.of(file))));
    }
}
