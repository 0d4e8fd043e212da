package io.flinkyarn.autoscaler.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A ResourceManager without Kerberos in a process of its own, since in one JVM all have it or none. It runs until it is closed, or the process that
 * started it has ended.
 */
final class SimpleYarn implements AutoCloseable {

    private final Process process;
    private final Path conf;
    private final AtExit atExit;

    private SimpleYarn(Process process, Path conf) {
        this.process = process;
        this.conf = conf;
        this.atExit = new AtExit("end-simple-yarn", process::destroyForcibly);
    }

    /** Returns at once; {@link #hadoopConfDir} is complete when {@link #isUp}. */
    static SimpleYarn start(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path conf = folder.resolve("hadoop-conf");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SimpleYarn.class.getName(),
                        folder.toString(),
                        conf.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        return new SimpleYarn(process, conf);
    }

    Path hadoopConfDir() {
        return conf;
    }

    /** @throws IllegalStateException if it has died */
    boolean isUp() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the simple YARN has died; its output is beside " + conf);
        }
        return Files.exists(conf.resolve("yarn-site.xml"));
    }

    /** Of the other process. Its input ends with the process that started it. */
    public static void main(String[] arguments) throws IOException {
        Path conf = Path.of(arguments[1]);
        Path unfinished = conf.resolveSibling("unfinished");
        YarnServices.start(Path.of(arguments[0]), 0, Map.of()).writeHadoopConf(unfinished);
        Files.move(unfinished, conf);
        while (System.in.read() >= 0) {
            // Nobody says anything.
        }
        Runtime.getRuntime().halt(0);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        atExit.close();
    }
}
