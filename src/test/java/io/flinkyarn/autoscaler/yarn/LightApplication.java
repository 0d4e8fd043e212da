package io.flinkyarn.autoscaler.yarn;

import java.io.IOException;
import java.security.PrivilegedExceptionAction;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.security.token.Token;
import org.apache.hadoop.yarn.api.ApplicationMasterProtocol;
import org.apache.hadoop.yarn.api.protocolrecords.RegisterApplicationMasterRequest;
import org.apache.hadoop.yarn.api.records.ApplicationAccessType;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationSubmissionContext;
import org.apache.hadoop.yarn.api.records.ContainerLaunchContext;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.api.records.YarnApplicationAttemptState;
import org.apache.hadoop.yarn.client.ClientRMProxy;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.security.AMRMTokenIdentifier;

/**
 * An application whose container only sleeps. The test registers its tracking URL, by the protocol of application masters, as Flink's JobManager
 * does it. (An unmanaged master would need no container, but YARN does not proxy its tracking URL.)
 */
public record LightApplication(LightYarn yarn, ApplicationId id, String owner) {

    /**
     * What is submitted.
     *
     * @param viewers who may see it beside its owner, as {@code yarn.view.acls} of Flink takes them
     */
    public record Submission(String name, String type, String owner, String viewers, Set<String> tags) {}

    /** Submits it as its owner and returns when the ResourceManager reports it as running. */
    public static LightApplication start(LightYarn yarn, Submission submission, String trackingUrl) throws Exception {
        return yarn.as(submission.owner(), client -> {
            ApplicationSubmissionContext context = client.createApplication().getApplicationSubmissionContext();
            ApplicationId id = context.getApplicationId();
            context.setApplicationName(submission.name());
            context.setApplicationType(submission.type());
            context.setApplicationTags(submission.tags());
            context.setQueue("default");
            context.setResource(Resource.newInstance(64, 1));
            ContainerLaunchContext master = ContainerLaunchContext.newInstance(
                    Map.of(), Map.of(), List.of("exec sleep 900"), Map.of(), null, Map.of());
            master.setApplicationACLs(Map.of(ApplicationAccessType.VIEW_APP, submission.viewers()));
            context.setAMContainerSpec(master);
            client.submitApplication(context);
            awaitLaunch(client, id);
            register(yarn, client.getConfig(), id, trackingUrl);
            return new LightApplication(yarn, id, submission.owner());
        });
    }

    void kill() throws Exception {
        yarn.as(owner, client -> {
            client.killApplication(id);
            return id;
        });
    }

    private static void awaitLaunch(YarnClient client, ApplicationId id) throws Exception {
        long end = System.nanoTime() + 60_000_000_000L;
        while (System.nanoTime() < end) {
            YarnApplicationAttemptState state = client.getApplicationAttemptReport(
                            client.getApplicationReport(id).getCurrentApplicationAttemptId())
                    .getYarnApplicationAttemptState();
            if (state == YarnApplicationAttemptState.LAUNCHED) {
                return;
            }
            Thread.sleep(50);
        }
        throw new IOException(id + " was not launched in time");
    }

    private static void register(LightYarn yarn, Configuration configuration, ApplicationId id, String trackingUrl)
            throws Exception {
        Token<AMRMTokenIdentifier> token = yarn.masterToken(id);
        token.setService(ClientRMProxy.getAMRMTokenService(configuration));
        UserGroupInformation master = UserGroupInformation.createRemoteUser(id.toString());
        master.addToken(token);
        PrivilegedExceptionAction<?> register = () -> ClientRMProxy.createRMProxy(
                        configuration, ApplicationMasterProtocol.class)
                .registerApplicationMaster(RegisterApplicationMasterRequest.newInstance("localhost", 0, trackingUrl));
        master.doAs(register);
    }
}
