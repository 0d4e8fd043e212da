package io.flinkyarn.autoscaler.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.contract.ManualControlContract;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.ManualControl;
import io.flinkyarn.autoscaler.control.OrderTarget;
import io.flinkyarn.autoscaler.control.StandingOrder;
import io.flinkyarn.autoscaler.control.StandingOrder.What;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The orders in {@code standing_order}. */
class JdbcManualControlTest implements ManualControlContract {

    private TestDatabase db;

    @BeforeEach
    void open() throws StoreException {
        db = new TestDatabase();
    }

    @AfterEach
    void close() {
        db.close();
    }

    @Override
    public ManualControl control() throws StoreException {
        for (JobAutoScalerContext job : ManualControlContract.known()) {
            db.database.runs().idOf(job, NOW);
        }
        return new JdbcManualControl(db.database);
    }

    @Test
    void who_ordered_what_is_on_record() throws StoreException {
        ManualControl control = control();
        control.give(new StandingOrder(OrderTarget.tag("night"), What.PAUSE, "ann", "release", NOW));
        control.takeBack(OrderTarget.tag("night"), What.PAUSE, "bob", "", NOW.plusSeconds(1));
        assertThat(db.all(
                        "SELECT CONCAT(action, ' ', scope, ' ', target, ' ', user_name, ' ', COALESCE(reason, '-'))"
                                + " FROM manual_action ORDER BY id",
                        String.class))
                .containsExactly("PAUSE TAG night ann release", "RESUME TAG night bob -");
    }

    @Test
    void no_age_makes_an_order_go() throws StoreException {
        ManualControl control = control();
        control.give(new StandingOrder(OrderTarget.ALL, What.PAUSE, "ann", "release", NOW));
        new Retention(db.database, Duration.ofDays(1), Duration.ZERO, time -> {})
                .apply(NOW.plus(Duration.ofDays(1000)));
        assertThat(control.orders()).hasSize(1);
    }
}
