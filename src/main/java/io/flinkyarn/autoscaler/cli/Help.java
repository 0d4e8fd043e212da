package io.flinkyarn.autoscaler.cli;

/** Sentences that the help of several commands has in common. */
final class Help {

    static final String JOB = "Only this job: its name or id, or the name or id of its application.";

    private Help() {}
}
