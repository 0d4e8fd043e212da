package io.flinkyarn.autoscaler.jdbc;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which database, and as whom. Made by the daemon from its options, read by {@link Database}.
 *
 * @param url JDBC URL
 * @param user empty: as the URL says
 * @param password never shown
 */
public record DatabaseAccess(String url, Optional<String> user, Optional<String> password) {

    /**
     * The H2 file {@code autoscaler.mv.db} in a directory. {@code AUTO_SERVER} lets other processes open the same URL while the daemon runs;
     * without the trace level, H2 writes errors that we report ourselves into a second file.
     */
    public static DatabaseAccess embedded(Path directory) {
        return new DatabaseAccess(
                "jdbc:h2:file:" + directory.toAbsolutePath().normalize().resolve("autoscaler")
                        + ";AUTO_SERVER=TRUE;TRACE_LEVEL_FILE=0",
                Optional.empty(),
                Optional.empty());
    }

    /** The URL without the passwords that people write into it. */
    public String shownUrl() {
        return mask(url);
    }

    /** A text that a driver has written, without the password, wherever it may have come from: some repeat a part of the URL. */
    String hide(String text) {
        String hidden = mask(text.replace(url, shownUrl()));
        if (shownUrl().contains("//***@")) {
            hidden = hidden.replaceAll("[^\\s'\"(]+@", "***@");
        }
        return password.isPresent() && !password.get().isEmpty() ? hidden.replace(password.get(), "***") : hidden;
    }

    /** Rather too much than too little: of {@code //user:password@host}, all before the host. */
    private static String mask(String text) {
        return text.replaceAll("(?i)(\\w*(?:password|passwd|pwd|secret)\\w*\\s*=)[^;&,)\\s]*", "$1***")
                .replaceAll("//(?:[^/?;\\s]*|[^=\\s]*)@", "//***@");
    }

    @Override
    public String toString() {
        return shownUrl() + user.map(name -> " as " + name).orElse("");
    }
}
