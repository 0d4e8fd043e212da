package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.config.ConfigurationReading.Valid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Runs the daemon until it is told to stop. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        versionProvider = Main.VersionText.class,
        description = "Runs the daemon in the foreground, until TERM or Ctrl-C. Takes every option as --key value.")
final class RunCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    private final Surroundings surroundings;

    /** Not parsed here: the catalogue of options knows what is allowed, and says so better. */
    @Unmatched
    private List<String> options = new ArrayList<>();

    RunCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Refusal, InterruptedException {
        StopSignal stop = StopSignal.install();
        try {
            Valid configuration = surroundings.configuration(options);
            try (Daemon daemon = Daemon.open(surroundings, configuration, Clock.systemUTC())) {
                daemon.start();
                stop.await();
                LOG.info("stopping");
            }
            LOG.info("stopped");
            return 0;
        } finally {
            removePidFile(surroundings.directories().pidFile());
        }
    }

    /** One that stays behind would look as if the daemon had died. Another process' is left alone. */
    private static void removePidFile(Path file) {
        try {
            String own = String.valueOf(ProcessHandle.current().pid());
            if (Files.exists(file) && Files.readString(file).strip().equals(own)) {
                Files.delete(file);
            }
        } catch (IOException e) {
            LOG.warn("cannot remove the pid file {}: {}", file, e.toString());
        }
    }
}
