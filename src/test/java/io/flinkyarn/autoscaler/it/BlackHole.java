package io.flinkyarn.autoscaler.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An address of this host that swallows what is sent to it, as that of a host does which is down or behind a firewall: nobody takes the connections, and
 * the queue for them is full, so that the system drops each further one without a word.
 */
final class BlackHole implements AutoCloseable {

    private static final int MORE_THAN_THE_QUEUE_HOLDS = 16;
    private static final int PATIENCE_MS = 300;

    private final ServerSocket server;
    private final List<Socket> queue = new ArrayList<>();

    private BlackHole(ServerSocket server) {
        this.server = server;
    }

    /** Fills its queue. */
    static BlackHole open() throws IOException {
        BlackHole hole = new BlackHole(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        for (int i = 0; i < MORE_THAN_THE_QUEUE_HOLDS; i++) {
            Socket socket = new Socket();
            hole.queue.add(socket);
            try {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), hole.port()), PATIENCE_MS);
            } catch (SocketTimeoutException e) {
                return hole;
            }
        }
        hole.close();
        throw new IOException("the queue of a socket with a backlog of 1 takes more than " + MORE_THAN_THE_QUEUE_HOLDS
                + " connections");
    }

    int port() {
        return server.getLocalPort();
    }

    String address() {
        return "127.0.0.1:" + port();
    }

    /** The configuration of a YARN whose ResourceManager is here. */
    Path hadoopConf(Path dir) throws IOException {
        return HadoopConf.write(
                dir,
                Map.of("fs.defaultFS", "file:///"),
                Map.of("yarn.resourcemanager.address", address(), "yarn.resourcemanager.webapp.address", address()));
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : queue) {
            socket.close();
        }
        server.close();
    }
}
