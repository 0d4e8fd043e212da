package io.flinkyarn.autoscaler.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this build, as the build has written it down. */
final class Version {

    private Version() {}

    static String text() {
        Properties properties = new Properties();
        try (InputStream file = Version.class.getResourceAsStream("/version.properties")) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "unknown");
    }
}
