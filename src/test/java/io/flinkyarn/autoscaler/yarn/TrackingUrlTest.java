package io.flinkyarn.autoscaler.yarn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.control.UnreachableException.Category;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrackingUrlTest {

    private static final String ORIGINAL = "http://127.0.0.1:37189";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://rm:8088/proxy/application_1795354922814_0001/",
                "https://proxy.example:8090/proxy/application_1795354922814_0001/",
                "https://gateway.example/yarn/proxy/application_1795354922814_0001/"
            })
    void isTakenAsYarnReportsIt(String url) throws UnreachableException {
        assertThat(TrackingUrl.proxied(Applications.at(url, ORIGINAL, 1))).isEqualTo(URI.create(url));
    }

    @Test
    void hiddenByYarnMeansThatThePermissionIsMissing() {
        UnreachableException e = refusal("N/A", "N/A");
        assertThat(e.category()).isEqualTo(Category.REFUSED);
        assertThat(e)
                .hasMessageContaining(Applications.id(1))
                .hasMessageContaining("VIEW_APP")
                .hasMessageContaining("yarn.view.acls")
                .hasMessageContaining("acl_administer_queue of root.prod")
                .hasMessageContaining("yarn.admin.acl")
                .hasMessageContaining("as alice");
    }

    @Test
    void withoutAnAddressOfItsOwnTheApplicationIsNotUpYet() {
        UnreachableException e = refusal("http://rm:8088/proxy/" + Applications.id(1) + "/", "N/A");
        assertThat(e.category()).isEqualTo(Category.NOT_FLINK);
        assertThat(e).hasMessageContaining("has not told YARN its web address");
    }

    @Test
    void thePageOfTheResourceManagerIsNotFlink() {
        String page = "http://localhost:34175/cluster/app/" + Applications.id(1);
        UnreachableException e = refusal(page, page);
        assertThat(e.category()).isEqualTo(Category.NOT_FLINK);
        assertThat(e).hasMessageContaining("the ResourceManager's own page").hasMessageContaining(page);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:0/proxy/application_1795354922814_0001/",
                "rm:8088/proxy/application_1795354922814_0001/",
                "ftp://rm/proxy/application_1795354922814_0001/",
                "http:///proxy/application_1795354922814_0001/",
                "http://not a host/"
            })
    void anAddressThatNobodyCanUseIsNamedWithWhatWasExpected(String url) {
        UnreachableException e = refusal(url, ORIGINAL);
        assertThat(e.category()).isEqualTo(Category.NOT_FLINK);
        assertThat(e)
                .hasMessageContaining("(" + url + ")")
                .hasMessageContaining("expected http(s)://host:port/")
                .hasMessageContaining("yarn.resourcemanager.webapp.address");
    }

    private static UnreachableException refusal(String trackingUrl, String originalTrackingUrl) {
        RunningApplication application = Applications.at(trackingUrl, originalTrackingUrl, 1);
        return catchThrowableOfType(UnreachableException.class, () -> TrackingUrl.proxied(application));
    }
}
