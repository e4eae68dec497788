package org.forgelog.api.http;

import java.util.concurrent.TimeUnit;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/**
 * What we expect of Tomcat. Labels such as {@code area/core} come as one path part with {@code %2F}; its own errors are
 * JSON; a client that is slow holds a virtual thread and a connection, both for a limited time.
 */
final class TomcatConventions implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {

    private static final long KEEP_ALIVE_MILLIS = TimeUnit.SECONDS.toMillis(20);

    private final ConnectionLimits limits;

    TomcatConventions(ConnectionLimits limits) {
        this.limits = limits;
    }

    /** After Spring Boot's own, which would put in an executor of platform threads. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.setProtocol(GuardedProtocol.class.getName());
        factory.addConnectorCustomizers(this::customize);
        factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(JsonErrorReportValve.class.getName());
            }
        });
    }

    private void customize(Connector connector) {
        connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
        connector.setProperty("relaxedQueryChars", "[]|{}^\\`\"<>");
        // Nothing of a body is read unless somebody asks for it: no forms, no multipart, no "100 Continue" before.
        connector.setParseBodyMethods("");
        connector.setProperty("continueResponseTiming", "onRead");
        // What nobody asked for is read by BodyFilter, which knows when to stop.
        connector.setProperty("maxSwallowSize", "0");
        if (connector.getProtocolHandler() instanceof GuardedProtocol protocol) {
            protocol.limit(limits);
            protocol.setExecutor(new VirtualThreadExecutor("http-"));
            protocol.setConnectionTimeout(Math.toIntExact(limits.silence().toMillis()));
            protocol.setKeepAliveTimeout(Math.toIntExact(KEEP_ALIVE_MILLIS));
        }
    }
}
