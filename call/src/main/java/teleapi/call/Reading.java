package teleapi.call;

import teleapi.rcml.RcmlDocument;

/** What a text that should be a document says. */
public sealed interface Reading {
    /**
     * A document to run.
     *
     * @param baseUrl what its relative URLs are relative to; empty: it has no URL
     */
    record Ready(RcmlDocument document, String baseUrl) implements Reading {}

    /**
     * None, and why.
     *
     * @param code as in docs/errors.md
     */
    record Unusable(int code, String reason) implements Reading {}
}
