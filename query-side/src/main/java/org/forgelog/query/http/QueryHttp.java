package org.forgelog.query.http;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The controllers of the query API. */
@Configuration(proxyBeanMethods = false)
@Import({
    MetaController.class,
    UserController.class,
    RepositoryController.class,
    ConversationController.class,
    ConversationListController.class,
    CommentController.class,
    ReactionController.class,
    HistoryController.class,
    LabelController.class,
    MilestoneController.class,
    StarController.class,
    SubscriptionController.class,
    OrganizationController.class,
    CollaboratorController.class,
    InvitationController.class,
    RepositoryListController.class,
    EventController.class,
    TimelineController.class,
    DescriptionController.class,
    AvatarController.class
})
public class QueryHttp {

    @Bean
    WebMvcConfigurer readScopes() {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new ReadScopes());
            }
        };
    }
}
