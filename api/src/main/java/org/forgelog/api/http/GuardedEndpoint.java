package org.forgelog.api.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.coyote.AbstractProcessor;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's connections, with two limits that Tomcat does not have: how many come from one address, and how long the
 * headers of a request may take altogether. Tomcat's own time-outs begin anew with each byte.
 */
final class GuardedEndpoint extends NioEndpoint {

    private final Map<InetAddress, Set<SocketChannel>> byAddress = new ConcurrentHashMap<>();
    private volatile int perAddress;
    private volatile Duration headers = Duration.ZERO;

    void limit(ConnectionLimits limits) {
        perAddress = limits.perAddress();
        headers = limits.headers();
    }

    @Override
    protected boolean setSocketOptions(SocketChannel socket) {
        if (isWelcome(socket)) {
            return super.setSocketOptions(socket);
        }
        destroySocket(socket);
        return false;
    }

    private boolean isWelcome(SocketChannel socket) {
        int most = perAddress;
        InetAddress address = most <= 0 ? null : addressOf(socket);
        if (address == null) {
            return true;
        }
        Set<SocketChannel> open = byAddress.compute(address, (same, known) -> {
            Set<SocketChannel> now = known == null ? new HashSet<>() : known;
            if (now.size() >= most) {
                now.removeIf(channel -> !channel.isOpen());
            }
            if (now.size() < most) {
                now.add(socket);
            }
            return now;
        });
        return open.contains(socket);
    }

    private static @Nullable InetAddress addressOf(SocketChannel socket) {
        try {
            SocketAddress address = socket.getRemoteAddress();
            return address instanceof InetSocketAddress internet ? ClientAddress.of(internet.getAddress()) : null;
        } catch (IOException e) {
            // Gone already.
            return null;
        }
    }

    /** To be called every now and then: closes connections whose headers take too long, forgets closed ones. */
    void look() {
        for (InetAddress address : byAddress.keySet()) {
            byAddress.computeIfPresent(address, (same, open) -> {
                open.removeIf(channel -> !channel.isOpen());
                return open.isEmpty() ? null : open;
            });
        }
        for (SocketWrapperBase<NioChannel> connection : getConnections()) {
            ReentrantLock lock = connection.getLock();
            // Whoever holds it reads or answers the request.
            if (lock.tryLock()) {
                try {
                    if (isLate(connection)) {
                        connection.close();
                    }
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    private boolean isLate(SocketWrapperBase<NioChannel> connection) {
        if (!(connection.getCurrentProcessor() instanceof AbstractProcessor processor)) {
            return false;
        }
        // Kept while nobody works on it: headers that are not complete, or an answer that is given later.
        Request request = processor.getRequest();
        return !processor.isAsync()
                && !processor.isUpgrade()
                && request.getStartTimeNanos() >= 0
                && System.nanoTime() - request.getStartTimeNanos() > headers.toNanos();
    }
}
