import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whether the libraries of a bill of materials (CycloneDX) have holes that are known to OSV, the open database of them.
 *
 * <pre>java -cp 'standalone/target/lib/*' .ci/KnownHoles.java target/bom.json [all.zip]</pre>
 *
 * With a file, OSV's export for Maven (https://osv-vulnerabilities.storage.googleapis.com/Maven/all.zip), nothing is asked
 * over the network; without, https://api.osv.dev is. Holes that do not matter here are listed, with the reason, in
 * {@code .ci/accepted-holes.txt}. Ends with 0 when there are none, 1 when there are, 2 when it could not be found out.
 */
class KnownHoles {

    private static final String ONLINE = System.getProperty("osv", "https://api.osv.dev/v1/querybatch");
    private static final String MAVEN = "pkg:maven/";
    private static final JsonMapper JSON = new JsonMapper();

    /** Versions by {@code group:name}. */
    private static Map<String, Set<String>> libraries(Path bom) {
        Map<String, Set<String>> libraries = new TreeMap<>();
        for (JsonNode component : JSON.readTree(bom.toFile()).path("components")) {
            String purl = component.path("purl").asString("");
            if (purl.startsWith(MAVEN) && !purl.startsWith(MAVEN + "org.forgelog/")) {
                String[] parts = purl.substring(MAVEN.length()).split("[@?]", 3);
                libraries
                        .computeIfAbsent(parts[0].replace('/', ':'), name -> new TreeSet<>())
                        .add(parts[1]);
            }
        }
        return libraries;
    }

    /** What is known of them, by id. */
    private static Map<String, String> inFile(Path file, Map<String, Set<String>> libraries) throws IOException {
        Map<String, String> holes = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            int read = 0;
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(".json")) {
                    look(JSON.readTree(zip.readAllBytes()), libraries, holes);
                    read++;
                }
            }
            if (read == 0) {
                throw new IOException(file + " holds nothing that OSV knows");
            }
        }
        return holes;
    }

    private static void look(JsonNode hole, Map<String, Set<String>> libraries, Map<String, String> holes) {
        if (hole.has("withdrawn")) {
            return;
        }
        for (JsonNode affected : hole.path("affected")) {
            String name = affected.path("package").path("name").asString("");
            for (JsonNode version : affected.path("versions")) {
                if (libraries.getOrDefault(name, Set.of()).contains(version.asString(""))) {
                    holes.put(
                            hole.path("id").asString(""),
                            name + " " + version.asString("") + ": "
                                    + hole.path("summary").asString("no summary"));
                }
            }
        }
    }

    private static Map<String, String> online(Map<String, Set<String>> libraries)
            throws IOException, InterruptedException {
        List<String> asked = new ArrayList<>();
        List<Map<String, Object>> queries = new ArrayList<>();
        libraries.forEach((name, versions) -> versions.forEach(version -> {
            asked.add(name + " " + version);
            queries.add(Map.of("package", Map.of("ecosystem", "Maven", "name", name), "version", version));
        }));
        HttpRequest request = HttpRequest.newBuilder(URI.create(ONLINE))
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(Map.of("queries", queries))))
                .build();
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build()) {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw new IOException(ONLINE + " answered " + response.statusCode());
            }
            Map<String, String> holes = new TreeMap<>();
            JsonNode results = JSON.readTree(response.body()).path("results");
            for (int i = 0; i < results.size(); i++) {
                for (JsonNode hole : results.path(i).path("vulns")) {
                    holes.put(hole.path("id").asString(""), asked.get(i));
                }
            }
            return holes;
        }
    }

    /** Reasons by id: an id and, after a blank, why it does not matter. */
    private static Map<String, String> accepted(Path file) throws IOException {
        Map<String, String> accepted = new LinkedHashMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                String[] words = line.strip().split("\\s+", 2);
                if (words.length == 2 && !line.startsWith("#")) {
                    accepted.put(words[0], words[1]);
                }
            }
        }
        return accepted;
    }

    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length < 1 || arguments.length > 2) {
            System.err.println("usage: KnownHoles.java BOM [OSV-EXPORT.zip]");
            System.exit(2);
        }
        try {
            Map<String, Set<String>> libraries = libraries(Path.of(arguments[0]));
            Map<String, String> holes =
                    arguments.length > 1 ? inFile(Path.of(arguments[1]), libraries) : online(libraries);
            Map<String, String> accepted = accepted(Path.of(System.getProperty("accepted", ".ci/accepted-holes.txt")));
            Set<String> open = new HashSet<>(holes.keySet());
            open.removeAll(accepted.keySet());
            holes.forEach((id, what) -> System.out.println(
                    id + " " + what + (accepted.containsKey(id) ? " (accepted: " + accepted.get(id) + ")" : "")));
            System.out.println(libraries.size() + " libraries, " + open.size() + " known holes");
            System.exit(open.isEmpty() ? 0 : 1);
        } catch (IOException | RuntimeException e) {
            System.err.println("It could not be found out: " + e);
            System.exit(2);
        }
    }
}
