package org.forgelog.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The manifests say only what Kubernetes understands, and fit the images and each other. */
class KubernetesTest {

    private static final Path FOLDER = ComposeFileTest.ROOT.resolve("deploy/kubernetes");

    private static final Map<String, Class<?>> KINDS = Map.of(
            "v1/Namespace", V1Namespace.class,
            "v1/ServiceAccount", V1ServiceAccount.class,
            "v1/Service", V1Service.class,
            "apps/v1/Deployment", V1Deployment.class,
            "policy/v1/PodDisruptionBudget", V1PodDisruptionBudget.class,
            "autoscaling/v2/HorizontalPodAutoscaler", V2HorizontalPodAutoscaler.class,
            "networking.k8s.io/v1/Ingress", V1Ingress.class,
            "networking.k8s.io/v1/NetworkPolicy", V1NetworkPolicy.class);

    private static Map<String, Object> kustomization;
    private static List<Map<String, Object>> manifests;

    @BeforeAll
    static void read() throws IOException {
        kustomization = new Yaml().load(Files.readString(FOLDER.resolve("kustomization.yaml")));
        manifests = new ArrayList<>();
        for (Object file : (List<?>) kustomization.get("resources")) {
            for (Object document : new Yaml().loadAll(Files.readString(FOLDER.resolve(file.toString())))) {
                manifests.add(cast(document));
            }
        }
    }

    @Test
    void everyFieldIsOneThatKubernetesHas() throws Exception {
        for (Map<String, Object> manifest : manifests) {
            validate(manifest);
        }
        Map<String, Object> wrong = cast(new Yaml().load(new Yaml().dump(deployment("gateway"))));
        path(wrong, "spec", "template", "spec").put("restartPollicy", "Always");
        assertThatThrownBy(() -> validate(wrong)).hasMessageContaining("restartPollicy");
    }

    private static void validate(Map<String, Object> manifest) throws Exception {
        Class<?> kind = KINDS.get(manifest.get("apiVersion") + "/" + manifest.get("kind"));
        assertThat(kind)
                .as("%s %s", manifest.get("apiVersion"), manifest.get("kind"))
                .isNotNull();
        try {
            kind.getMethod("validateJsonElement", JsonElement.class).invoke(null, new Gson().toJsonTree(manifest));
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    @Test
    void everyWorkloadIsProbedLimitedConfinedAndKeptRunning() {
        Set<String> budgets = names("PodDisruptionBudget");
        for (Map<String, Object> deployment : of("Deployment")) {
            String name = name(deployment);
            Map<String, Object> pod = path(deployment, "spec", "template", "spec");
            assertThat(budgets).contains(name);
            assertThat(path(pod, "securityContext")).as(name).containsEntry("runAsNonRoot", true);
            assertThat(pod).as(name).containsEntry("enableServiceLinks", false);
            for (Map<String, Object> container : containers(pod)) {
                assertThat(container).as(name).containsKeys("readinessProbe", "livenessProbe", "resources");
                assertThat(path(container, "securityContext"))
                        .as(name)
                        .containsEntry("readOnlyRootFilesystem", true)
                        .containsEntry("allowPrivilegeEscalation", false);
            }
        }
        assertThat(names("HorizontalPodAutoscaler")).containsExactlyInAnyOrder("command-side", "query-side");
    }

    @Test
    void theManifestsRunTheImagesThatTheDockerfileMakes() throws IOException {
        String dockerfile = Files.readString(ComposeFileTest.ROOT.resolve("Dockerfile"));
        List<Map<String, Object>> images = cast(kustomization.get("images"));
        Set<String> known =
                images.stream().map(image -> image.get("name").toString()).collect(Collectors.toSet());
        for (Map<String, Object> deployment : of("Deployment")) {
            for (Map<String, Object> container : containers(path(deployment, "spec", "template", "spec"))) {
                assertThat(known).contains(container.get("image").toString());
                assertThat(dockerfile).contains(" AS " + name(deployment) + "\n");
            }
        }
    }

    @Test
    void whatRefersToSomethingFindsIt() {
        Set<String> services = names("Service");
        assertThat(services).contains("command-side", "query-side", "gateway", "gateway-pods");
        List<Map<String, Object>> maps = cast(kustomization.get("configMapGenerator"));
        Set<String> configurations =
                maps.stream().map(map -> map.get("name").toString()).collect(Collectors.toSet());
        for (Map<String, Object> deployment : of("Deployment")) {
            for (Map<String, Object> container : containers(path(deployment, "spec", "template", "spec"))) {
                for (Map<String, Object> from :
                        KubernetesTest.<List<Map<String, Object>>>cast(container.getOrDefault("envFrom", List.of()))) {
                    assertThat(configurations)
                            .contains(path(from, "configMapRef").get("name").toString());
                }
            }
        }
        for (Map<String, Object> scaler : of("HorizontalPodAutoscaler")) {
            assertThat(names("Deployment"))
                    .contains(path(scaler, "spec", "scaleTargetRef").get("name").toString());
        }
        for (String host : List.of("COMMAND_SIDE", "QUERY_SIDE")) {
            List<Map<String, Object>> variables =
                    cast(containers(path(deployment("gateway"), "spec", "template", "spec"))
                            .getFirst()
                            .get("env"));
            String value = variables.stream()
                    .filter(variable -> variable.get("name").equals(host))
                    .map(variable -> variable.get("value").toString())
                    .findFirst()
                    .orElseThrow();
            assertThat(services).contains(value.substring(0, value.indexOf('.')));
        }
    }

    @Test
    void everySettingIsOneThatThereIs() throws IOException {
        Set<String> known = Files.readAllLines(
                        ComposeFileTest.ROOT.resolve("api/src/main/resources/org/forgelog/api/config/properties.txt"))
                .stream()
                .map(property -> property.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());
        List<Map<String, Object>> maps = cast(kustomization.get("configMapGenerator"));
        assertThat(maps.stream()
                        .flatMap(map -> KubernetesTest.<List<String>>cast(map.get("literals")).stream())
                        .map(literal -> literal.substring(0, literal.indexOf('=')))
                        .filter(name -> name.startsWith("FORGELOG_")))
                .isNotEmpty()
                .allMatch(known::contains);
    }

    private static List<Map<String, Object>> of(String kind) {
        return manifests.stream()
                .filter(manifest -> manifest.get("kind").equals(kind))
                .toList();
    }

    private static Map<String, Object> deployment(String name) {
        return of("Deployment").stream()
                .filter(manifest -> name(manifest).equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> names(String kind) {
        return of(kind).stream().map(KubernetesTest::name).collect(Collectors.toSet());
    }

    private static String name(Map<String, Object> manifest) {
        return path(manifest, "metadata").get("name").toString();
    }

    private static List<Map<String, Object>> containers(Map<String, Object> pod) {
        return cast(pod.get("containers"));
    }

    private static Map<String, Object> path(Map<String, Object> from, String... names) {
        Map<String, Object> at = from;
        for (String name : names) {
            at = cast(at.get(name));
        }
        return at;
    }

    @SuppressWarnings("unchecked")
    private static <T> T cast(Object value) {
        return (T) value;
    }
}
