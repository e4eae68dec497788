package org.forgelog.command;

import java.time.Duration;
import org.forgelog.command.webhook.Webhooks;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be set about the command side.
 *
 * @param invitations whether people are asked before they become collaborators, members, and owners of what others had; if
 *     not, all of it happens at once
 * @param concurrentCommands how many requests are in a transaction at once; 0 for two for each processor, four at least
 * @param waitForTable how long a write waits for the table before it is answered
 * @param webhooks how others are told of what happens
 */
@ConfigurationProperties("forgelog")
record CommandSideProperties(
        @DefaultValue("true") boolean invitations,
        @DefaultValue("0") int concurrentCommands,
        @DefaultValue("500ms") Duration waitForTable,
        @NestedConfigurationProperty @DefaultValue Webhooks.Settings webhooks) {}
