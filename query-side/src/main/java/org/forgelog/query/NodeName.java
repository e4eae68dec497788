package org.forgelog.query;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** What this node is called among the others: host and process, so that an operator finds it, and some digits, since one process may hold two. */
final class NodeName {

    private static final int BYTES = 3;

    private NodeName() {}

    static String ofThisProcess() {
        byte[] more = new byte[BYTES];
        ThreadLocalRandom.current().nextBytes(more);
        return host() + "-" + ProcessHandle.current().pid() + "-"
                + HexFormat.of().formatHex(more);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
