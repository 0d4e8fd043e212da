package io.flinkyarn.autoscaler.notify;

import java.io.IOException;

/** A way to tell a receiver something. Called by one thread at a time. */
interface Channel {

    /**
     * Delivers one notice, within a deadline of its own. What was delivered and failed all the same may be delivered twice.
     *
     * @throws IOException in one line without secrets: who did not take it, what came back
     */
    void send(Notice notice) throws IOException, InterruptedException;
}
