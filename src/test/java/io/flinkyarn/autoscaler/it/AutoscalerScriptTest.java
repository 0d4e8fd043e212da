package io.flinkyarn.autoscaler.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.it.AutoscalerScript.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code bin/autoscaler.sh} does by itself, before and around Java. A shell script stands in for Java and plays the
 * daemon, so that it can be deaf to signals, too old, or fail at once; the integration test of the distribution runs the real one.
 */
class AutoscalerScriptTest {
    private static final String GRACEFUL = "trap 'echo ended by TERM; exit 143' TERM\n";
    private static final String DEAF = "trap '' TERM\n";
    private static final String IS_UP =
            "echo 'clusters: none' > \"$AUTOSCALER_PID_DIR/autoscaler.status\"\nwhile :; do sleep 0.02; done\n";

    @TempDir
    Path home;

    @TempDir
    Path scratch;

    private AutoscalerScript script;

    @BeforeEach
    void copyTheScript() throws IOException {
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("conf"));
        Files.copy(Path.of("bin/autoscaler.sh"), home.resolve("bin/autoscaler.sh"));
        Files.copy(Path.of("conf/autoscaler-env.sh"), home.resolve("conf/autoscaler-env.sh"));
        script = new AutoscalerScript(home, scratch)
                .with("AUTOSCALER_JAVA_HOME", scratch.resolve("java"))
                .with("AUTOSCALER_START_WAIT", 20)
                .with("AUTOSCALER_STOP_TIMEOUT", 20);
        javaIs("17.0.15", GRACEFUL + IS_UP);
    }

    @AfterEach
    void endWhatStillRuns() throws Exception {
        javaIs("17.0.15", "");
        script.with("AUTOSCALER_STOP_TIMEOUT", 0).call("stop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.8.0_412", "11.0.25", "16", "16-ea"})
    void anOlderJavaIsRefusedInOneLine(String version) throws Exception {
        javaIs(version, "echo started\n");

        Result result = script.call("run");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.output()).isEmpty();
        assertThat(result.errors().lines())
                .singleElement()
                .asString()
                .contains("is Java " + version, "Java 17 or newer is needed", "set AUTOSCALER_JAVA_HOME");
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "17.0.15", "21.0.4", "25-ea"})
    void aNewEnoughJavaRunsTheProgram(String version) throws Exception {
        javaIs(version, "echo \"$@\"\n");

        assertThat(script.call("check-config", "--key", "a b").output())
                .endsWith("io.flinkyarn.autoscaler.cli.Main check-config --key a b\n");
    }

    @Test
    void aMissingJavaIsSaidInOneLine() throws Exception {
        Result result =
                script.with("AUTOSCALER_JAVA_HOME", scratch.resolve("none")).call("start");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.errors().lines())
                .singleElement()
                .asString()
                .contains("there is no Java at", "none/bin/java", "set AUTOSCALER_JAVA_HOME");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AUTOSCALER_DATA_DIR", "AUTOSCALER_LOG_DIR", "AUTOSCALER_PID_DIR"})
    void aDirectoryThatCannotBeWrittenIsSaidInOneLine(String variable) throws Exception {
        // below a file: nobody can make that, not even root
        Path directory = Files.createFile(scratch.resolve("file")).resolve("directory");

        Result result = script.with(variable, directory).call("start");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.errors().lines())
                .singleElement()
                .asString()
                .contains(variable, directory.toString(), "Not a directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AUTOSCALER_CONF_DIR", "HADOOP_CONF_DIR"})
    void aMissingConfigurationDirectoryIsSaidInOneLine(String variable) throws Exception {
        Result result = script.with(variable, "/no/such/place").call("start");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.errors().lines()).singleElement().asString().contains(variable, "/no/such/place");
    }

    @Test
    void startedItIsRunningUntilItIsStopped() throws Exception {
        assertThat(script.call("status")).isEqualTo(new Result(3, "autoscaler: not running\n", ""));

        Result start = script.call("start", "--key", "value");
        long pid = script.pid();
        assertThat(start.exitCode()).as(start.errors()).isZero();
        assertThat(start.output()).contains("started with pid " + pid);
        assertThat(commandOf(pid)).contains("io.flinkyarn.autoscaler.cli.Main run --key value");

        Result status = script.call("status");
        assertThat(status.exitCode()).isZero();
        assertThat(status.output()).contains("running with pid " + pid, " (up ", "clusters: none");

        assertThat(script.call("stop")).isEqualTo(new Result(0, "autoscaler: stopped\n", ""));
        assertThat(commandOf(pid)).isEmpty();
        assertThat(home.resolve("logs/autoscaler.out")).hasContent("ended by TERM");
        assertThat(script.call("status").exitCode()).isEqualTo(3);
        assertThat(script.call("stop")).isEqualTo(new Result(0, "autoscaler: not running\n", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "run"})
    void aSecondOneIsRefused(String command) throws Exception {
        script.call("start");
        long pid = script.pid();

        Result second = script.call(command);

        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.errors()).contains("already running with pid " + pid);
        assertThat(script.pid()).isEqualTo(pid);
        assertThat(script.call("status").exitCode()).isZero();
    }

    @Test
    void restartMakesANewProcess() throws Exception {
        script.call("start");
        long first = script.pid();

        assertThat(script.call("restart").exitCode()).isZero();

        assertThat(script.pid()).isNotEqualTo(first);
        assertThat(commandOf(first)).isEmpty();
    }

    @Test
    void aDaemonThatHasRemovedItsPidFileHasNotEndedYet() throws Exception {
        javaIs("17.0.15", "trap 'rm \"$AUTOSCALER_PID_DIR/autoscaler.pid\"; sleep 1; exit 143' TERM\n" + IS_UP);
        script.call("start");
        long before = script.pid();

        Result restart = script.call("restart");

        assertThat(restart.exitCode()).as(restart.errors()).isZero();
        assertThat(commandOf(before)).isEmpty();
        assertThat(script.pid()).isNotEqualTo(before);
    }

    @Test
    void restartWithAJavaThatIsTooOldLeavesTheRunningOneAlone() throws Exception {
        script.call("start");
        javaIs("11.0.2", "");

        assertThat(script.call("restart").exitCode()).isEqualTo(2);

        assertThat(script.call("status").exitCode()).isZero();
    }

    @Test
    void oneThatDoesNotHearIsEndedByForceAfterTheTimeLimit() throws Exception {
        javaIs("17.0.15", DEAF + IS_UP);
        script.with("AUTOSCALER_STOP_TIMEOUT", 1).call("start");
        long pid = script.pid();

        Result stop = script.call("stop");

        assertThat(stop.errors()).contains("pid " + pid + " did not end within 1 s", "by force");
        assertThat(stop.exitCode()).isZero();
        assertThat(commandOf(pid)).isEmpty();
    }

    @Test
    void oneThatFailsAtOnceIsReportedWithItsLastWordsAndItsExitCode() throws Exception {
        javaIs("17.0.15", "echo \"unknown option '--windwo'\" >&2; exit 2\n");

        Result start = script.call("start", "--windwo", "3");

        assertThat(start.exitCode()).isEqualTo(2);
        assertThat(start.errors()).contains("did not start (exit code 2)", "unknown option '--windwo'");
        assertThat(script.call("status")).isEqualTo(new Result(3, "autoscaler: not running\n", ""));
    }

    @Test
    void thePidOfADaemonThatDiedIsStale() throws Exception {
        script.call("start");
        long dead = script.pid();
        ProcessHandle process = ProcessHandle.of(dead).orElseThrow();
        process.destroyForcibly();
        process.onExit().get();

        Result status = script.call("status");
        assertThat(status.exitCode()).isEqualTo(3);
        assertThat(status.output()).contains("died without being stopped", Long.toString(dead));
        assertThat(script.call("start").exitCode()).isZero();
        assertThat(script.pid()).isNotEqualTo(dead);
    }

    @ParameterizedTest
    @CsvSource({
        "of another program, io.flinkyarn.something.else.Main",
        "of another home, io.flinkyarn.autoscaler.cli.Main"
    })
    void thePidOfAnotherProcessIsStaleAndThatProcessIsLeftAlone(String whose, String name) throws Exception {
        Process other = new ProcessBuilder("bash", "-c", "sleep 60; :", "-Dautoscaler.pid.dir=/other", name).start();
        try {
            Files.createDirectories(home.resolve("run"));
            Files.writeString(script.pidFile(), Long.toString(other.pid()));

            assertThat(script.call("status").exitCode()).as(whose).isEqualTo(3);
            assertThat(script.call("stop").output()).isEqualTo("autoscaler: not running\n");
            assertThat(script.call("start").exitCode()).isZero();
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void theStatusForProgramsSaysWhetherItRuns() throws Exception {
        assertThat(script.call("status", "--json")).isEqualTo(new Result(3, "{ \"running\" : false }\n", ""));

        script.call("start");
        assertThat(script.call("status", "--json"))
                .isEqualTo(new Result(0, "{ \"running\" : true, \"pid\" : " + script.pid() + " }\n", ""));

        Files.writeString(home.resolve("run/autoscaler.status.json"), "{ \"jobs\" : [ ] }\n");
        assertThat(script.call("status", "--json").output()).isEqualTo("{ \"jobs\" : [ ] }\n");
        script.call("stop");
        assertThat(home.resolve("run/autoscaler.status.json")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "start", "stop", "restart", "status"})
    void everyCommandOfTheScriptHasHelpAndDoesNothingThen(String command) throws Exception {
        javaIs("17.0.15", "echo \"$@\"\n");

        Result help = script.call(command, "--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.output()).endsWith("Main " + command + " --help\n");
        assertThat(home.resolve("run")).doesNotExist();
    }

    @Test
    void twoStartsInTheSameMomentMakeOneDaemon() throws Exception {
        javaIs("17.0.15", GRACEFUL + "echo up\n" + IS_UP);
        Process one = script.open(scratch.resolve("one"), "run");
        Process two = script.open(scratch.resolve("two"), "run");

        CompletableFuture.anyOf(one.onExit(), two.onExit()).get();

        assertThat(one.isAlive()).isNotEqualTo(two.isAlive());
        assertThat(script.pid()).isEqualTo(one.isAlive() ? one.pid() : two.pid());
        assertThat((one.isAlive() ? two : one).exitValue()).isEqualTo(1);
    }

    @Test
    void aLinkToTheScriptFindsItsHome() throws Exception {
        Path elsewhere = Files.createDirectories(scratch.resolve("opt/bin"));
        Files.createSymbolicLink(elsewhere.resolve("autoscaler.sh"), home.resolve("bin/autoscaler.sh"));
        javaIs("17.0.15", "echo \"$AUTOSCALER_HOME $AUTOSCALER_CONF_DIR\"\n");

        Result result = new AutoscalerScript(scratch.resolve("opt"), scratch)
                .with("AUTOSCALER_JAVA_HOME", scratch.resolve("java"))
                .call("version");
        Files.delete(elsewhere.resolve("autoscaler.sh")); // JUnit warns of links that lead out of a @TempDir

        assertThat(result.output()).isEqualTo("%s %s/conf%n".formatted(home.toRealPath(), home.toRealPath()));
    }

    @Test
    void theEnvironmentFileIsReadAndTheEnvironmentWins() throws Exception {
        Files.writeString(
                home.resolve("conf/autoscaler-env.sh"),
                ": \"${AUTOSCALER_OPTS:=-Da=1   -Db=2}\"\n: \"${HADOOP_CONF_DIR:=/usr}\"\n");
        javaIs("17.0.15", "echo \"$HADOOP_CONF_DIR $*\"\n");

        assertThat(script.call("version").output())
                .startsWith("/usr ")
                .contains(" -Dautoscaler.hadoop.conf.dir=/usr ", " -Da=1 -Db=2 ");
        assertThat(script.with("HADOOP_CONF_DIR", "/bin").call("version").output())
                .startsWith("/bin ");
    }

    /** Puts a Java in place that says it has this version, and that runs this shell code for any program. */
    private void javaIs(String version, String program) throws IOException {
        Path java = Files.createDirectories(scratch.resolve("java/bin")).resolve("java");
        Files.deleteIfExists(java);
        Files.writeString(java, """
                #!/usr/bin/env bash
                if [[ $1 == -version ]]; then
                    echo 'openjdk version "%s" 2025-04-15' >&2
                    exit
                fi
                %s""".formatted(version, program));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** The command line of a process, empty when it has ended, be it only as a zombie that nobody waited for. */
    private static String commandOf(long pid) throws IOException {
        Path command = Path.of("/proc", Long.toString(pid), "cmdline");
        try {
            return Files.readString(command).replace('\0', ' ');
        } catch (NoSuchFileException ended) {
            return "";
        }
    }
}
