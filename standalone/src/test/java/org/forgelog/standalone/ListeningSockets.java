package org.forgelog.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What processes of this machine listen on, as Linux tells. */
final class ListeningSockets {

    private static final String LISTENS = "0A";
    private static final int INODE = 9;

    /** @param protocol as the file under {@code /proc} is called */
    record Socket(String protocol, InetAddress address, int port) {

        boolean isLoopback() {
            return address.isLoopbackAddress();
        }
    }

    private ListeningSockets() {}

    static List<Socket> of(List<Long> processes) throws IOException {
        Set<String> inodes = new HashSet<>();
        for (long process : processes) {
            inodes.addAll(inodes(process));
        }
        List<Socket> sockets = new ArrayList<>();
        for (String protocol : List.of("tcp", "tcp6", "udp", "udp6")) {
            for (String line : Files.readAllLines(Path.of("/proc/net", protocol))) {
                String[] words = line.strip().split("\\s+");
                boolean udp = protocol.startsWith("udp");
                if (words.length > INODE
                        && inodes.contains(words[INODE])
                        && (udp ? words[2].endsWith(":0000") : words[3].equals(LISTENS))) {
                    sockets.add(socket(protocol, words[1]));
                }
            }
        }
        return sockets;
    }

    private static Set<String> inodes(long process) throws IOException {
        Set<String> inodes = new HashSet<>();
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(process), "fd"))) {
            for (Path file : files.toList()) {
                try {
                    String target = Files.readSymbolicLink(file).toString();
                    if (target.startsWith("socket:[")) {
                        inodes.add(target.substring("socket:[".length(), target.length() - 1));
                    }
                } catch (NoSuchFileException e) {
                    // Closed meanwhile.
                }
            }
        } catch (NoSuchFileException e) {
            // Ended meanwhile.
        }
        return inodes;
    }

    /** Words of four bytes, each with its lowest byte first. */
    private static Socket socket(String protocol, String local) throws IOException {
        String[] parts = local.split(":", -1);
        byte[] bytes = HexFormat.of().parseHex(parts[0]);
        for (int word = 0; word < bytes.length; word += 4) {
            byte first = bytes[word];
            byte second = bytes[word + 1];
            bytes[word] = bytes[word + 3];
            bytes[word + 1] = bytes[word + 2];
            bytes[word + 2] = second;
            bytes[word + 3] = first;
        }
        return new Socket(protocol, InetAddress.getByAddress(bytes), Integer.parseInt(parts[1], 16));
    }
}
