package io.flinkyarn.autoscaler.yarn;

/** The given Hadoop configuration cannot be used. The message is one line for people: the directory, what was expected, what to do. */
public final class HadoopConfDirException extends Exception {

    private static final long serialVersionUID = 1L;

    HadoopConfDirException(String message) {
        super(message);
    }

    HadoopConfDirException(String message, Throwable cause) {
        super(message, cause);
    }
}
