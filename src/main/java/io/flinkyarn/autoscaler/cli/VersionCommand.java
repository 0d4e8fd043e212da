package io.flinkyarn.autoscaler.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the version. */
@Command(
        name = "version",
        mixinStandardHelpOptions = true,
        versionProvider = Main.VersionText.class,
        description = "Prints the version.")
final class VersionCommand implements Runnable {

    @Mixin
    private Output output = new Output();

    /** @param java that it runs on */
    private record Versions(String version, String java) {}

    @Override
    public void run() {
        output.print(
                () -> List.of(Version.text()), () -> new Versions(Version.text(), System.getProperty("java.version")));
    }
}
