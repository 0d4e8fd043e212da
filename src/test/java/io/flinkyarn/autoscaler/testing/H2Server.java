package io.flinkyarn.autoscaler.testing;

import java.nio.file.Path;
import java.sql.SQLException;
import org.h2.tools.Server;

/** H2 as a server of its own, in this JVM. */
final class H2Server {

    private static final Server SERVER = start();

    private H2Server() {}

    static String url(String database) {
        return "jdbc:h2:tcp://127.0.0.1:" + SERVER.getPort() + "/./" + database;
    }

    private static Server start() {
        Path directory = ServerFiles.OF_THIS_JVM.resolve("h2-server");
        try {
            return Server.createTcpServer(
                            "-tcpPort", "0", "-ifNotExists", "-tcpDaemon", "-baseDir", directory.toString())
                    .start();
        } catch (SQLException e) {
            throw new IllegalStateException("H2 does not start as a server", e);
        }
    }
}
