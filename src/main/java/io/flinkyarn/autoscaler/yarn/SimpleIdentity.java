package io.flinkyarn.autoscaler.yarn;

import java.security.PrivilegedExceptionAction;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonConfigurationKeys;
import org.apache.hadoop.net.StandardSocketFactory;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * The user of this process, or the one whom {@code HADOOP_USER_NAME} names: whom a cluster without Kerberos believes. Where another cluster of this
 * process wants Kerberos, Hadoop's client wants it of all; {@link #allow} tells it not to, for one cluster.
 */
final class SimpleIdentity implements Identity {

    private static final String SOCKETS = "hadoop.rpc.socket.factory.class.default";

    /**
     * Hadoop keeps one client for all clusters whose sockets are made by factories of the same class, and with it whether that
     * client may do without Kerberos. With a class of their own, the clusters without Kerberos do not share it with those that have it.
     */
    static final class Sockets extends StandardSocketFactory {}

    /** Lets a client that can do Kerberos go without, if the server has none. For the configuration of a cluster without Kerberos only. */
    static void allow(Configuration simpleCluster) {
        simpleCluster.setBoolean(CommonConfigurationKeys.IPC_CLIENT_FALLBACK_TO_SIMPLE_AUTH_ALLOWED_KEY, true);
        String configured = simpleCluster.get(SOCKETS, "");
        if (configured.isEmpty() || configured.equals(StandardSocketFactory.class.getName())) {
            simpleCluster.setClass(SOCKETS, Sockets.class, javax.net.SocketFactory.class);
        }
    }

    @Override
    public <T> T act(PrivilegedExceptionAction<T> action) throws Exception {
        // Asked late: another cluster may have brought Kerberos into the process after this one was opened.
        return UserGroupInformation.isSecurityEnabled()
                ? UserGroupInformation.createRemoteUser(name()).doAs(action)
                : action.run();
    }

    private static String name() {
        String hadoopUser = System.getenv("HADOOP_USER_NAME");
        return hadoopUser == null || hadoopUser.isBlank() ? System.getProperty("user.name") : hadoopUser;
    }
}
