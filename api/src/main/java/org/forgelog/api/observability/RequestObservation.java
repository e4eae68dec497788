package org.forgelog.api.observability;

import io.micrometer.common.KeyValues;
import jakarta.servlet.http.HttpServletRequest;
import org.forgelog.api.http.Callers;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/** Puts the request id into the trace of a request: what a client has in its hands leads to what became of it. */
final class RequestObservation extends DefaultServerRequestObservationConvention {

    @Override
    public KeyValues getHighCardinalityKeyValues(ServerRequestObservationContext context) {
        KeyValues usual = super.getHighCardinalityKeyValues(context);
        HttpServletRequest request = context.getCarrier();
        return request == null ? usual : usual.and("forgelog.request.id", Callers.requestId(request));
    }
}
