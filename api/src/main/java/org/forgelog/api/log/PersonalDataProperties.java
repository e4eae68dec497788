package org.forgelog.api.log;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be set about personal data.
 *
 * @param masterKeys keys that people's keys are encrypted with, 32 bytes each in Base64: the first encrypts, the others are those
 *     it was before; the same on all nodes of both sides. Without one, events tell in the clear who a person is
 */
@ConfigurationProperties("forgelog.personal-data")
record PersonalDataProperties(@DefaultValue List<String> masterKeys) {}
