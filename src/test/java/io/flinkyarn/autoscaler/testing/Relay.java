package io.flinkyarn.autoscaler.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** A port that passes everything on to a server, until it is cut or falls silent. Any thread may call it. */
public final class Relay implements AutoCloseable {

    private final ServerSocket entrance;
    private final int target;
    private final UnaryOperator<byte[]> answers;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private volatile boolean silent;

    public Relay(int target) throws IOException {
        this(target, UnaryOperator.identity());
    }

    private Relay(int target, UnaryOperator<byte[]> answers) throws IOException {
        this.target = target;
        this.answers = answers;
        this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    /** One that lets a server say something else, of the same length, wherever it says it in one piece. */
    public static Relay saying(int target, String instead, String of) throws IOException {
        return new Relay(
                target,
                bytes -> new String(bytes, ISO_8859_1).replace(of, instead).getBytes(ISO_8859_1));
    }

    public int port() {
        return entrance.getLocalPort();
    }

    /** Ends every connection, and each new one at once. */
    public void cut() {
        cut = true;
        dropAll();
    }

    /** Ends every connection; new ones are passed on. */
    public void dropAll() {
        sockets.forEach(Relay::closeQuietly);
        sockets.clear();
    }

    /** Takes everything, new connections too, and passes nothing on. */
    public void silence() {
        silent = true;
    }

    public void mend() {
        cut = false;
        silent = false;
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                if (cut) {
                    client.close();
                    continue;
                }
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(client);
                sockets.add(server);
                daemon(() -> pass(client, server, UnaryOperator.identity()));
                daemon(() -> pass(server, client, answers));
            } catch (IOException e) {
                // closed, or the server has gone: the client sees it
            }
        }
    }

    private void pass(Socket from, Socket to, UnaryOperator<byte[]> change) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (!silent) {
                    out.write(change.apply(Arrays.copyOf(buffer, n)));
                    out.flush();
                }
            }
        } catch (IOException e) {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        dropAll();
    }
}
