package io.flinkyarn.autoscaler.core.sample;

/**
 * How far a job may go with what it shares with others: the room in its cluster, and the session in which it may run. Found by the control
 * loop; the step holds its plan against it.
 */
public sealed interface Clearance {

    /** Nothing stands against a rescale. */
    Clearance OPEN = new Open();

    /** Nothing stands against a rescale. */
    record Open() implements Clearance {}

    /**
     * Nobody could say what room there is, and a rescale is not held for want of it.
     *
     * @param why one line for people
     */
    record RoomUnknown(String why) implements Clearance {}

    /**
     * There is room, and no more.
     *
     * @param slots that the job may take beyond those that it has, at least 0
     * @param why what sets the limit, with its numbers, for people
     */
    record Room(int slots, String why) implements Clearance {}

    /**
     * The job runs in a session cluster, and nobody has allowed it to be rescaled there.
     *
     * @param why how it is known to be one, for people
     */
    record SessionNotEnabled(String why) implements Clearance {}

    /**
     * Another job of the same session cluster is being rescaled.
     *
     * @param why which one, for people
     */
    record SessionBusy(String why) implements Clearance {}
}
