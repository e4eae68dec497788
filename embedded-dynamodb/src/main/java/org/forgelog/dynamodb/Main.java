package org.forgelog.dynamodb;

import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.forgelog.dynamodb.server.DynamoDbServer;
import org.forgelog.dynamodb.store.StoreException;
import org.jspecify.annotations.Nullable;

/** The engine as a program of its own, for other processes on this machine, the AWS CLI and the like. */
public final class Main {

    private static final String HELP =
            """
            Usage: embedded-dynamodb [--data DIR] [--port N] [--host ADDRESS] [--memory MB]

              --data DIR      keep the tables in this folder; without it they are gone at the end
              --port N        port (8000)
              --host ADDRESS  address to listen at (127.0.0.1)
              --memory MB     memory outside the heap for cached and recent data (128)

            The access key comes from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; where they are
            not set, one is made up and printed.
            """;

    private Main() {}

    /** A command line that cannot be followed. */
    private static final class Usage extends Exception {
        private static final long serialVersionUID = 1L;

        Usage(String message) {
            super(message);
        }
    }

    private record Options(@Nullable Path data, int port, String host, long memory) {

        static Options parse(String[] args) throws Usage {
            Path data = null;
            int port = 8_000;
            String host = "127.0.0.1";
            long memory = 128;
            for (int i = 0; i < args.length; i += 2) {
                if (i + 1 == args.length) {
                    throw new Usage(args[i] + " needs a value");
                }
                String value = args[i + 1];
                switch (args[i]) {
                    case "--data" -> data = Path.of(value);
                    case "--port" -> port = (int) number(args[i], value, 65_535);
                    case "--host" -> host = value;
                    case "--memory" -> memory = number(args[i], value, 1_048_576);
                    default -> throw new Usage("unknown option " + args[i]);
                }
            }
            return new Options(data, port, host, memory * 1024 * 1024);
        }

        private static long number(String option, String value, long most) throws Usage {
            try {
                long number = Long.parseLong(value);
                if (number >= 0 && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw new Usage(option + " takes a number, not " + value);
            }
            throw new Usage(option + " takes a number from 0 to " + most);
        }
    }

    public static void main(String[] args) {
        if (args.length == 1 && (args[0].equals("--help") || args[0].equals("-h"))) {
            System.out.print(HELP);
            return;
        }
        try {
            run(Options.parse(args), System.getenv(), System.out);
        } catch (Usage | UnknownHostException e) {
            System.err.println("embedded-dynamodb: " + e.getMessage() + "\n\n" + HELP);
            System.exit(2);
        } catch (StoreException | IllegalStateException e) {
            System.err.println("embedded-dynamodb: " + e.getMessage());
            System.exit(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(Options options, Map<String, String> environment, PrintStream out)
            throws UnknownHostException, InterruptedException {
        String id = environment.get("AWS_ACCESS_KEY_ID");
        String secret = environment.get("AWS_SECRET_ACCESS_KEY");
        boolean made = id == null || secret == null;
        String keyId = id != null && secret != null ? id : "LOCAL" + random(8).toUpperCase(java.util.Locale.ROOT);
        String keySecret = id != null && secret != null ? secret : random(20);
        DynamoDbEngine.Builder builder =
                options.data == null ? DynamoDbEngine.inMemory() : DynamoDbEngine.at(options.data);
        DynamoDbEngine engine = builder.memory(options.memory)
                .onDamage(message -> System.err.println("embedded-dynamodb: " + message))
                .open();
        DynamoDbServer server = new DynamoDbServer(
                engine::execute,
                new DynamoDbServer.Settings(InetAddress.getByName(options.host), options.port, keyId, keySecret));
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            server.close();
            engine.close();
            stopped.countDown();
        }));
        out.println("DynamoDB answers at " + server.endpoint() + ", "
                + (options.data == null ? "in memory" : "on " + options.data.toAbsolutePath()));
        if (made) {
            out.println("AWS_ACCESS_KEY_ID=" + keyId);
            out.println("AWS_SECRET_ACCESS_KEY=" + keySecret);
        }
        stopped.await();
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
