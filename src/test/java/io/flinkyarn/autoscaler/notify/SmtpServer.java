package io.flinkyarn.autoscaler.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server that takes everything, without TLS, and keeps what it was sent. */
final class SmtpServer implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
    private final List<String> lines = new CopyOnWriteArrayList<>();

    SmtpServer() throws IOException {
        Thread thread = new Thread(this::serve, "smtp");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                talk(client);
            } catch (IOException e) {
                // The client or the test has closed it.
            }
        }
    }

    private void talk(Socket client) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
        OutputStream out = client.getOutputStream();
        boolean message = false;
        say(out, "220 test");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            lines.add(line);
            String command = line.toUpperCase(Locale.ROOT);
            if (message) {
                message = !line.equals(".");
                if (!message) {
                    say(out, "250 taken");
                }
            } else if (command.startsWith("EHLO")) {
                say(out, "250-test", "250 AUTH PLAIN");
            } else if (command.startsWith("AUTH")) {
                say(out, "235 welcome");
            } else if (command.equals("DATA")) {
                message = true;
                say(out, "354 go on");
            } else if (command.equals("QUIT")) {
                say(out, "221 bye");
                return;
            } else {
                say(out, "250 ok");
            }
        }
    }

    private static void say(OutputStream out, String... lines) throws IOException {
        out.write((String.join("\r\n", lines) + "\r\n").getBytes(UTF_8));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
