package io.flinkyarn.autoscaler.it;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** Writes the configuration of a cluster's clients. */
public final class HadoopConf {

    private HadoopConf() {}

    public static Path write(Path dir, Map<String, String> coreSite, Map<String, String> yarnSite) throws IOException {
        Files.createDirectories(dir);
        write(dir.resolve("core-site.xml"), coreSite);
        write(dir.resolve("yarn-site.xml"), yarnSite);
        return dir;
    }

    private static void write(Path file, Map<String, String> values) throws IOException {
        Configuration configuration = new Configuration(false);
        values.forEach(configuration::set);
        try (OutputStream out = Files.newOutputStream(file)) {
            configuration.writeXml(out);
        }
    }
}
