package teleapi.sip.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a user agent serves: the verdict of its core on a request before any dialog sees it.
 *
 * <pre>
 * Shape   method, Request-URI scheme, hops, extensions, body: in the order of the RFC
 * Source  RFC 3261 §8.2.1 to §8.2.3, §16.3; RFC 4475 §3.3
 * </pre>
 *
 * @param methods served; for Allow
 * @param extensions option tags understood
 * @param bodies media types understood, lower case
 * @param texts the same for MESSAGE
 */
public record RequestRules(Set<String> methods, Set<String> extensions, Set<String> bodies, Set<String> texts) {
    private static final Set<String> STANDARD = Set.of(
            "INVITE",
            "ACK",
            "BYE",
            "CANCEL",
            "OPTIONS",
            "REGISTER",
            "INFO",
            "MESSAGE",
            "NOTIFY",
            "PRACK",
            "PUBLISH",
            "REFER",
            "SUBSCRIBE",
            "UPDATE");

    /** Empty: serve it. An ACK is never answered: one with a refusal is to be dropped. */
    public Optional<Refusal> refusal(SipRequest request) {
        String method = request.method();
        // RFC 4475 §3.1.2.18: of an unknown method the CSeq is not looked at
        if (!STANDARD.contains(method) && !methods.contains(method)) {
            return Optional.of(Refusal.of(501, new Header("Allow", list(methods))));
        }
        if (!request.cseq().method().equals(method)) {
            return Optional.of(Refusal.of(400));
        }
        if (!methods.contains(method)) {
            return Optional.of(Refusal.of(405, new Header("Allow", list(methods))));
        }
        if (request.uri().isEmpty()) {
            return Optional.of(Refusal.of(416));
        }
        // RFC 4475 §3.3.4: an address of record is sip: or sips:
        if (method.equals("REGISTER")
                && request.to()
                        .sipUri()
                        .filter(uri -> !uri.scheme().equals("tel"))
                        .isEmpty()) {
            return Optional.of(Refusal.of(400));
        }
        // A new call may go on from here to the next hop; everything else ends here (RFC 4475 §3.3.11).
        if (method.equals("INVITE")
                && request.toTag().isEmpty()
                && request.maxForwards().orElse(70) == 0) {
            return Optional.of(Refusal.of(483));
        }
        return method.equals("ACK") || method.equals("CANCEL") ? Optional.empty() : refusalOfContents(request);
    }

    // §8.2.2.3: Require in ACK and CANCEL is to be ignored
    private Optional<Refusal> refusalOfContents(SipRequest request) {
        List<String> unsupported = new ArrayList<>(request.headers("Require"));
        unsupported.removeAll(extensions);
        unsupported.remove("");
        if (!unsupported.isEmpty()) {
            return Optional.of(Refusal.of(420, new Header("Unsupported", String.join(", ", unsupported))));
        }
        // A BYE ends the call whatever it carries.
        if (request.body().length > 0 && !request.method().equals("BYE") && !isUnderstood(request)) {
            return Optional.of(Refusal.of(415, new Header("Accept", list(understood(request)))));
        }
        if (request.method().equals("INVITE") && !acceptsSdp(request)) {
            return Optional.of(Refusal.of(406));
        }
        return Optional.empty();
    }

    private Set<String> understood(SipRequest request) {
        return request.method().equals("MESSAGE") ? texts : bodies;
    }

    // §8.2.3
    private boolean isUnderstood(SipRequest request) {
        boolean plain = request.header("Content-Encoding")
                .map(encoding -> encoding.equalsIgnoreCase("identity"))
                .orElse(true);
        boolean known =
                plain && understood(request).contains(request.contentType().orElse(""));
        // A MESSAGE is its body: there is nothing to do without it.
        return known
                || (!request.method().equals("MESSAGE")
                        && request.header("Content-Disposition")
                                .map(RequestRules::isOptional)
                                .orElse(false));
    }

    private static boolean isOptional(String disposition) {
        int parameters = disposition.indexOf(';');
        Map<String, String> read = parameters < 0 ? null : Parameters.parse(disposition, parameters);
        return read != null && "optional".equalsIgnoreCase(read.get("handling"));
    }

    // §20.1: no Accept means application/sdp
    private static boolean acceptsSdp(SipRequest request) {
        if (request.header("Accept").isEmpty()) {
            return true;
        }
        return request.headers("Accept").stream().map(MediaTypes::bare).anyMatch(type -> switch (type) {
            case "application/sdp", "application/*", "*/*" -> true;
            default -> false;
        });
    }

    private static String list(Set<String> values) {
        return String.join(", ", values.stream().sorted().toList());
    }
}
