package org.forgelog.command.execution;

import java.util.Set;
import org.forgelog.api.Caller;

/** Says whether an answer may be given again: what it shows may have been hidden from its caller since. */
@FunctionalInterface
public interface RepeatGuard {

    /** @param grounds what the answer was given for, see {@link Session#restOn} */
    boolean allows(Session session, Caller caller, Set<String> grounds);
}
