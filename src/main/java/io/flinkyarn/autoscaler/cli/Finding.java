package io.flinkyarn.autoscaler.cli;

/**
 * What the doctor found out about one thing.
 *
 * @param subject what was looked at
 * @param text what is there, or what is wrong and what to do
 */
record Finding(Result result, String subject, String text) {

    enum Result {
        OK("ok    "),
        FAILED("FAILED"),
        NOT_TRIED("-     ");

        private final String mark;

        Result(String mark) {
            this.mark = mark;
        }
    }

    static Finding ok(String subject, String text) {
        return new Finding(Result.OK, subject, text);
    }

    static Finding failed(String subject, String text) {
        return new Finding(Result.FAILED, subject, text);
    }

    /** @param why goes on behind "not tried, " */
    static Finding notTried(String subject, String why) {
        return new Finding(Result.NOT_TRIED, subject, "not tried, " + why);
    }

    String line() {
        return result.mark + " " + subject + ": " + text;
    }
}
