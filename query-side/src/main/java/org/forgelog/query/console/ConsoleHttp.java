package org.forgelog.query.console;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.query.ConsolePrices;
import org.forgelog.query.moment.Moments;
import org.forgelog.query.operator.ActionLog;
import org.forgelog.query.operator.DirectoryNames;
import org.forgelog.query.operator.Operators;
import org.forgelog.query.projection.deployment.LoggedItems;
import org.forgelog.query.projection.deployment.Projections;
import org.forgelog.query.projection.deployment.Replays;
import org.forgelog.query.projection.deployment.Verifications;
import org.forgelog.query.projection.repair.AttributeOrigins;
import org.forgelog.query.projection.repair.ItemExplanation;
import org.forgelog.query.read.PastReads;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The console: pages, what they are made of, and who is let in. */
@Configuration(proxyBeanMethods = false)
@Import({
    SignInController.class,
    ProjectionsController.class,
    DeploymentController.class,
    DeadLettersController.class,
    CostController.class,
    EventsController.class,
    ExplorerController.class,
    ActionsController.class,
    ChangesController.class,
    ConsoleErrors.class
})
public class ConsoleHttp {

    /** Below it is what pages are made of, for anybody: there is nothing in it. */
    static final String ASSETS = ConsoleAccess.ROOT + "/assets/";

    private static final String OURS = "classpath:/org/forgelog/query/console/";

    @Bean
    Pages consolePages() {
        return new Pages();
    }

    @Bean
    Frames consoleFrames(Projections projections, ActionLog actions, EventLogReader log) {
        return new Frames(projections, actions, log::now);
    }

    @Bean
    Changes consoleChanges(Replays replays, Verifications verifications, ActionLog actions) {
        return new Changes(replays, verifications, actions);
    }

    @Bean
    Costs consoleCosts(MeterRegistry metrics, ConsolePrices prices, EventLogReader log) {
        return new Costs(metrics, prices, log::now);
    }

    @Bean
    Probe consoleProbe(
            RequestMappingHandlerMapping requestMappingHandlerMapping,
            RequestMappingHandlerAdapter adapter,
            HandlerExceptionResolver handlerExceptionResolver) {
        return new Probe(requestMappingHandlerMapping, adapter, handlerExceptionResolver);
    }

    @Bean
    ItemDiagnosis itemDiagnosis(LoggedItems logged, EventLogReader log, EventCodec codec, DirectoryNames directory) {
        return new ItemDiagnosis(logged, new ItemExplanation(log, codec), new AttributeOrigins(codec), log, directory);
    }

    @Bean
    PastDiagnosis pastDiagnosis(Moments moments, PastReads past, EventLogReader log) {
        return new PastDiagnosis(moments, past, log);
    }

    @Bean
    ReadDiagnosis readDiagnosis(LoggedItems logged, EventLogReader log, DirectoryNames directory) {
        return new ReadDiagnosis(logged, log, directory);
    }

    @Bean
    WebMvcConfigurer console(Operators operators) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new ConsoleAccess(operators))
                        .addPathPatterns(ConsoleAccess.ROOT, ConsoleAccess.ROOT + "/**");
            }

            @Override
            public void addResourceHandlers(ResourceHandlerRegistry registry) {
                registry.addResourceHandler(ASSETS + "console.*", ASSETS + "icon.*")
                        .addResourceLocations(OURS);
                registry.addResourceHandler(ASSETS + "htmx.min.*").addResourceLocations(webjar("htmx.org") + "dist/");
                registry.addResourceHandler(ASSETS + "sse.*").addResourceLocations(webjar("htmx-ext-sse"));
                registry.addResourceHandler(ASSETS + "uPlot.*").addResourceLocations(webjar("uplot") + "dist/");
            }
        };
    }

    private static String webjar(String name) {
        String properties = "META-INF/maven/org.webjars.npm/" + name + "/pom.properties";
        try {
            Properties of = PropertiesLoaderUtils.loadProperties(new ClassPathResource(properties));
            return "classpath:/META-INF/resources/webjars/" + name + "/" + of.getProperty("version") + "/";
        } catch (IOException e) {
            throw new UncheckedIOException(name + " is not on the class path", e);
        }
    }
}
