package org.forgelog.query.http;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The controllers of the query API. */
@Configuration(proxyBeanMethods = false)
@Import({
    MetaController.class,
    UserController.class,
    RepositoryController.class,
    ThreadController.class,
    ThreadListController.class,
    CommentController.class,
    ReactionController.class,
    TriageController.class,
    StarController.class,
    OrganizationController.class,
    CollaboratorController.class,
    RepositoryListController.class,
    EventController.class,
    HistoryController.class,
    DescriptionController.class
})
public class QueryHttp {}
