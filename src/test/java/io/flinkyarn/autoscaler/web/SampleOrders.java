package io.flinkyarn.autoscaler.web;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.InMemoryManualControl;
import io.flinkyarn.autoscaler.control.ShownBoard;
import io.flinkyarn.autoscaler.control.StandingOrders;
import java.time.Clock;

/** Orders for tests that are about something else. */
final class SampleOrders {

    private SampleOrders() {}

    /** None as yet; what is given is kept in memory. */
    static Orders none(ShownBoard shown, Clock clock) {
        InMemoryManualControl control = new InMemoryManualControl(shown.board);
        try {
            return new Orders(control, StandingOrders.open(control), shown.board, clock);
        } catch (StoreException e) {
            throw new IllegalStateException("memory is always there", e);
        }
    }
}
