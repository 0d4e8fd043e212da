package io.flinkyarn.autoscaler.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.hadoop.minikdc.MiniKdc;

/** A Kerberos of its own for a test, on the local host. This JVM finds it by {@code krb5.conf}; other processes have to be told. */
final class Kdc implements AutoCloseable {

    private final MiniKdc kdc;
    private final Path folder;

    private Kdc(MiniKdc kdc, Path folder) {
        this.kdc = kdc;
        this.folder = folder;
    }

    /** @param folder where it keeps its files, and the keytabs */
    static Kdc start(Path folder) throws Exception {
        return start(folder, "EXAMPLE", "COM");
    }

    static Kdc start(Path folder, String organization, String domain) throws Exception {
        Properties properties = MiniKdc.createConf();
        properties.setProperty(MiniKdc.ORG_NAME, organization);
        properties.setProperty(MiniKdc.ORG_DOMAIN, domain);
        properties.setProperty(MiniKdc.MIN_TICKET_LIFETIME, "5");
        MiniKdc kdc = new MiniKdc(properties, Files.createDirectories(folder).toFile());
        kdc.start();
        return new Kdc(kdc, folder);
    }

    /** A file with the keys of new principals, which are written without the realm. */
    Path keytab(String name, String... principals) throws Exception {
        Path keytab = folder.resolve(name + ".keytab");
        kdc.createPrincipal(keytab.toFile(), principals);
        return keytab;
    }

    String qualified(String principal) {
        return principal + "@" + kdc.getRealm();
    }

    Path krb5Conf() {
        return kdc.getKrb5conf().toPath();
    }

    /** Like {@link #krb5Conf}, with tickets that are good for so long only. */
    Path krb5Conf(int ticketSeconds) throws IOException {
        String lines = "[libdefaults]\n    ticket_lifetime = " + ticketSeconds + "s\n";
        Path file = folder.resolve("krb5-" + ticketSeconds + "s.conf");
        return Files.writeString(file, Files.readString(krb5Conf()).replace("[libdefaults]\n", lines));
    }

    @Override
    public void close() {
        kdc.stop();
    }
}
