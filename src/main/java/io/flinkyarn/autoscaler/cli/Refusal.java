package io.flinkyarn.autoscaler.cli;

import java.util.List;

/** The program cannot do what it was asked for. Thrown by the commands, told and turned into an exit code by {@link Main}; never a stack trace. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    /** Something outside failed; the same command may work later. */
    static final int FAILED = ExitCode.FAILED.code();

    /** The configuration or the command line is wrong: trying again does not mend it. */
    static final int MISUSED = ExitCode.MISUSED.code();

    private final int exitCode;
    private final transient List<String> lines;

    /** @param lines what is wrong, one line each: the thing, the value, what was expected, what to do */
    Refusal(int exitCode, List<String> lines) {
        super(String.join("\n", lines));
        this.exitCode = exitCode;
        this.lines = List.copyOf(lines);
    }

    Refusal(int exitCode, String line) {
        this(exitCode, List.of(line));
    }

    int exitCode() {
        return exitCode;
    }

    List<String> lines() {
        return lines;
    }
}
