package io.flinkyarn.autoscaler.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What each thread of a running daemon is at, as the tools of its own JDK tell it. */
final class ThreadDump {

    private static final long PATIENCE_SECONDS = 15;

    private ThreadDump() {}

    /**
     * @param file the pid file of the daemon
     * @throws IOException if there is no daemon, or it does not tell: the message says why
     */
    static String of(Path file) throws IOException, InterruptedException {
        if (!Files.exists(file)) {
            throw new IOException("no daemon runs: there is no " + file);
        }
        String pid = Files.readString(file).strip();
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) {
            throw new IOException("there is no " + jcmd + ", as this is no JDK: 'kill -QUIT " + pid
                    + "' makes the daemon write it to autoscaler.out");
        }
        Path told = Files.createTempFile("autoscaler-threads", ".txt");
        try {
            Process process = new ProcessBuilder(List.of(jcmd.toString(), pid, "Thread.print", "-l"))
                    .redirectErrorStream(true)
                    .redirectOutput(told.toFile())
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("process " + pid + " did not tell within " + PATIENCE_SECONDS + " s");
            }
            String text = Files.readString(told, UTF_8);
            if (process.exitValue() != 0) {
                throw new IOException("jcmd " + pid + " failed, which the user of the daemon may run: "
                        + text.lines().findFirst().orElse(""));
            }
            return text;
        } finally {
            Files.deleteIfExists(told);
        }
    }
}
