package org.forgelog.standalone;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Sends bytes that no HTTP library would send, and reads what is answered. */
final class RawClient implements AutoCloseable {

    /** Longest wait for an answer. */
    static final int PATIENCE_MILLIS = 300_000;

    /** @param headers their names in any case */
    record Answer(int status, Map<String, String> headers, String body) {}

    private final int port;
    private Socket socket;
    private InputStream in;

    RawClient(int port) {
        this.port = port;
    }

    /**
     * @param head whether the answer has no body
     * @throws SocketTimeoutException when there is no answer in time
     */
    Answer send(byte[] request, boolean head) throws IOException {
        boolean fresh = socket == null;
        try {
            return exchange(request, head);
        } catch (EOFException | SocketException e) {
            close();
            if (fresh) {
                throw e;
            }
            // The server closed the connection after the answer before.
            return exchange(request, head);
        }
    }

    private Answer exchange(byte[] request, boolean head) throws IOException {
        if (socket == null) {
            socket = new Socket("127.0.0.1", port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
        }
        socket.getOutputStream().write(request);
        Answer answer = read(head);
        while (answer.status() < 200) {
            answer = read(head);
        }
        if ("close".equalsIgnoreCase(answer.headers().get("Connection"))) {
            close();
        }
        return answer;
    }

    private Answer read(boolean head) throws IOException {
        String first = line();
        int status = Integer.parseInt(first.split(" ", 3)[1]);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.merge(line.substring(0, colon), line.substring(colon + 1).strip(), (a, b) -> a + ", " + b);
        }
        if (head || status < 200 || status == 204 || status == 304) {
            return new Answer(status, headers, "");
        }
        if (headers.getOrDefault("Content-Type", "").startsWith("text/event-stream")) {
            // It goes on for as long as somebody listens.
            close();
            return new Answer(status, headers, "");
        }
        StringBuilder body = new StringBuilder();
        if ("chunked".equalsIgnoreCase(headers.get("Transfer-Encoding"))) {
            for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
                body.append(bytes(size));
                line();
            }
            line();
        } else if (headers.containsKey("Content-Length")) {
            body.append(bytes(Integer.parseInt(headers.get("Content-Length"))));
        } else {
            body.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            close();
        }
        return new Answer(status, headers, body.toString());
    }

    private String bytes(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("an answer that was cut off");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("no answer");
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
