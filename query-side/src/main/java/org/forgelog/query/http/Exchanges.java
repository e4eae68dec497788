package org.forgelog.query.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.forgelog.query.read.Cursors;
import org.forgelog.query.read.Reads;

/** Makes exchanges; what all controllers of reads are given. */
public record Exchanges(Reads reads, Cursors cursors) {

    Exchange of(HttpServletRequest request, HttpServletResponse response) {
        return new Exchange(reads, cursors, request, response);
    }
}
