package org.forgelog.engines;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.SocketFactory;

/**
 * Lets the JDBC driver talk to PostgreSQL through a Unix socket, which takes a {@link Socket} and knows nothing else.
 * Used while a server is prepared, where no time-outs are needed: there are none.
 */
public final class FolderSocketFactory extends SocketFactory {
    /** A little below what operating systems allow. */
    private static final int LONGEST_PATH = 100;

    private final Path socket;

    /** @param socket the path of the socket; this is the driver's {@code socketFactoryArg} */
    public FolderSocketFactory(String socket) {
        this.socket = Path.of(socket);
    }

    @Override
    public Socket createSocket() {
        return new FolderSocket(socket);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return connected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return connected();
    }

    private Socket connected() throws IOException {
        FolderSocket made = new FolderSocket(socket);
        made.connect(UnixDomainSocketAddress.of(socket), 0);
        return made;
    }

    private static final class FolderSocket extends Socket {
        private final Path path;
        private final SocketChannel channel;

        FolderSocket(Path path) {
            this.path = path;
            try {
                channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            } catch (IOException e) {
                throw new EngineException("no Unix sockets on this machine", e);
            }
        }

        /** Addresses are for TCP; where to connect is in the path. */
        @Override
        public void connect(SocketAddress ignored, int timeout) throws IOException {
            if (path.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH) {
                channel.connect(UnixDomainSocketAddress.of(path));
                return;
            }
            Path shorter = Files.createTempDirectory("pg");
            Path link = shorter.resolve("d");
            try {
                Files.createSymbolicLink(link, path.toAbsolutePath().getParent());
                channel.connect(UnixDomainSocketAddress.of(link.resolve(path.getFileName())));
            } finally {
                Files.deleteIfExists(link);
                Files.delete(shorter);
            }
        }

        @Override
        public boolean isConnected() {
            return channel.isConnected();
        }

        @Override
        public InputStream getInputStream() {
            return Channels.newInputStream(channel);
        }

        @Override
        public OutputStream getOutputStream() {
            return Channels.newOutputStream(channel);
        }

        @Override
        public void setSoTimeout(int timeout) {}

        @Override
        public int getSoTimeout() {
            return 0;
        }

        @Override
        public void setTcpNoDelay(boolean on) {}

        @Override
        public void setKeepAlive(boolean on) {}

        @Override
        public boolean isClosed() {
            return !channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
