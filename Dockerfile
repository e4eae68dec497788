# All images: docker build --target command-side (or query-side, gateway, dynamodb, secrets) .
# They are built from the sources and need nothing but Docker. The digests are those of docker-library/repo-info; to move
# on to newer base images, change tag and digest together.

FROM maven:3-eclipse-temurin-25@sha256:d67198007bb4441b07d45587320f83154de80ece3608f80408ef14c6ea847753 AS build
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    mvn -q -B -ntp -Dstyle.color=never -Dmaven.test.skip=true -Dcyclonedx.skip=true \
    -pl command-side,query-side,embedded-dynamodb -am package

# From JDK 24 on a virtual thread that waits for a slow client holds no platform thread.
FROM eclipse-temurin:25-jre@sha256:15090d159279e5c158473eccb48cd87f57b3e3a47511a797eb5a7a7ea6f86b0f AS base
WORKDIR /app
# A number, so that Kubernetes can tell that it is not root. Nothing but /tmp is written to.
USER 10001:10001
# Health and metrics, which are nobody's business outside.
ENV MANAGEMENT_SERVER_PORT=8081
EXPOSE 8080 8081
# The image has no HTTP client; bash speaks enough HTTP to ask.
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=6 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8081 && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200'"]

FROM base AS command-side
COPY --from=build /source/command-side/target/lib /app/lib
COPY --from=build /source/command-side/target/forgelog-command-side.jar /app/
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-Daxoniq.update-checker.disabled=true", "-cp", "/app/forgelog-command-side.jar:/app/lib/*", "org.forgelog.command.CommandSideApplication"]

FROM base AS query-side
COPY --from=build /source/query-side/target/lib /app/lib
COPY --from=build /source/query-side/target/forgelog-query-side.jar /app/
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-cp", "/app/forgelog-query-side.jar:/app/lib/*", "org.forgelog.query.QuerySideApplication"]

# The embedded DynamoDB as a service. Its store unpacks a library into /tmp and loads it from there.
FROM base AS dynamodb
COPY --from=build /source/embedded-dynamodb/target/lib /app/lib
COPY --from=build /source/embedded-dynamodb/target/embedded-dynamodb.jar /app/
USER root
RUN mkdir /data && chown 10001:10001 /data
USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=3s --timeout=3s --retries=20 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8000 && printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200'"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=50", "--enable-native-access=ALL-UNNAMED", "-cp", "/app/embedded-dynamodb.jar:/app/lib/*", "org.forgelog.dynamodb.Main", "--host", "0.0.0.0", "--port", "8000", "--data", "/data/store"]

# Makes the secrets of a set on one machine, once, in two volumes, each as a file with the name of its property.
FROM base AS secrets
USER root
RUN mkdir /admin /database && chown 10001:10001 /admin /database
USER 10001:10001
HEALTHCHECK NONE
ENTRYPOINT ["bash", "-euc", "make() { [ -s \"$1\" ] || printf %s \"${2:-$(head -c 32 /dev/urandom | sha256sum | cut -c 1-48)}\" >\"$1\"; }; make /admin/forgelog.admin-token \"${FORGELOG_ADMIN_TOKEN:-}\"; make /admin/forgelog.personal-data.master-keys \"$(head -c 32 /dev/urandom | base64)\"; make /database/spring.datasource.password"]

# One address for both sides. Its own start script fills in the template.
FROM nginx:1.30.5@sha256:e9f347c65f318767714e8b0eccfd6b558d00fb92630791fb6cd901fcdf7f6fdd AS gateway
COPY gateway/nginx.conf.template /etc/nginx/templates/nginx.conf.template
ENV NGINX_ENTRYPOINT_LOCAL_RESOLVERS=1 \
    NGINX_ENVSUBST_OUTPUT_DIR=/tmp \
    NGINX_ENVSUBST_FILTER="^(NGINX_LOCAL_RESOLVERS|COMMAND_SIDE|QUERY_SIDE)$" \
    COMMAND_SIDE=command-side \
    QUERY_SIDE=query-side
USER 101:101
EXPOSE 8080 8090
HEALTHCHECK --interval=5s --timeout=3s --retries=6 CMD ["curl", "-fsS", "http://127.0.0.1:8080/gateway/health"]
CMD ["nginx", "-c", "/tmp/nginx.conf", "-g", "daemon off;"]
