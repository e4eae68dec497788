package org.forgelog.command.operation;

import org.forgelog.command.execution.Answer;
import org.forgelog.command.execution.Session;

/** Something a client can do. */
public interface OperationHandler {

    /**
     * @throws org.forgelog.domain.Rejection when it is refused
     * @throws org.forgelog.api.http.HttpFailure when it must be asked for elsewhere or by somebody else
     */
    Answer perform(Session session, Request request);
}
