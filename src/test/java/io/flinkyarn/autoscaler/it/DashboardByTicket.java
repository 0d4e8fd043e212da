package io.flinkyarn.autoscaler.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;

/** What a running daemon lets people with a Kerberos ticket do over HTTP. */
final class DashboardByTicket {

    private static final String ORDER = "{\"target\": \"CLUSTER:after\", \"reason\": \"release tonight\"}";

    private DashboardByTicket() {}

    /**
     * @param operator who may change something
     * @param reader who may not
     */
    static void assertOpenToOperators(URI home, TicketHolder operator, String principal, TicketHolder reader)
            throws IOException, InterruptedException {
        URI pause = home.resolve("api/v1/orders/pause");
        HttpResponse<String> nobody = TicketHolder.postWithoutTicket(pause, ORDER);
        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(nobody.headers().allValues("www-authenticate")).containsExactly("Negotiate");
        assertThat(TicketHolder.postWith("Negotiate bm8gdGlja2V0", pause, ORDER).statusCode())
                .as("what is no ticket")
                .isEqualTo(401);
        assertThat(reader.post(pause, ORDER).statusCode()).isEqualTo(403);

        HttpResponse<String> taken = operator.post(pause, ORDER);
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
        assertThat(taken.body()).contains("CLUSTER:after is paused, by " + principal);
    }
}
