package teleapi.sip.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A request or a response, as received or to be sent.
 *
 * <pre>
 * Shape   headers in order; a typed value is read from its text when asked for, so ask once
 * Errors  IllegalStateException from via, cseq, callId, from and to when there is none: a parsed message always has them, well-formed
 * Source  RFC 3261 §7, §20
 * </pre>
 */
public sealed interface SipMessage permits SipRequest, SipResponse {
    /** All header lines, in order. */
    List<Header> headers();

    /** The body; it belongs to the message: do not write to it. */
    byte[] body();

    /** The first line of a header by its full name, whatever its case. */
    default Optional<String> header(String name) {
        for (Header header : headers()) {
            if (header.is(name)) {
                return Optional.of(header.value());
            }
        }
        return Optional.empty();
    }

    /** All values of a header, in order; lines with a comma list are split where the header's grammar allows a list. */
    default List<String> headers(String name) {
        List<String> values = new ArrayList<>(2);
        boolean list = HeaderNames.isList(name);
        for (Header header : headers()) {
            if (header.is(name)) {
                if (list) {
                    Lists.split(header.value(), values);
                } else {
                    values.add(header.value());
                }
            }
        }
        return values;
    }

    /** The top Via. */
    default Via via() {
        return topVia().orElseThrow(() -> new IllegalStateException("message without a Via"));
    }

    /** The top Via; empty when there is none that can be read, which happens only in a request that is not well-formed. */
    default Optional<Via> topVia() {
        return header("Via")
                .flatMap(line -> Via.parse(line.substring(0, Lists.end(line, 0)).trim()));
    }

    /** All Vias, the top one first; those that cannot be read are left out. */
    default List<Via> vias() {
        return headers("Via").stream().map(Via::parse).flatMap(Optional::stream).toList();
    }

    default CSeq cseq() {
        return CSeq.parse(required("CSeq")).orElseThrow(() -> new IllegalStateException("bad CSeq"));
    }

    default String callId() {
        return required("Call-ID");
    }

    default NameAddress from() {
        return NameAddress.parse(required("From")).orElseThrow(() -> new IllegalStateException("bad From"));
    }

    default NameAddress to() {
        return NameAddress.parse(required("To")).orElseThrow(() -> new IllegalStateException("bad To"));
    }

    /** Empty when the far end speaks RFC 2543. */
    default Optional<String> fromTag() {
        return from().tag();
    }

    /** Empty outside a dialog. */
    default Optional<String> toTag() {
        return to().tag();
    }

    /** The first Contact; empty also when it is {@code *}. */
    default Optional<NameAddress> contact() {
        return addresses("Contact").stream().findFirst();
    }

    /** All values of Contact, Route, Record-Route or another header of addresses; what is no address is left out. */
    default List<NameAddress> addresses(String name) {
        return headers(name).stream()
                .map(NameAddress::parse)
                .flatMap(Optional::stream)
                .toList();
    }

    /** The media type of the body, in lower case and without parameters. */
    default Optional<String> contentType() {
        return header("Content-Type").map(MediaTypes::bare);
    }

    /** The charset parameter of Content-Type (RFC 2046 §4.1.2). */
    default Optional<String> charset() {
        return header("Content-Type").flatMap(MediaTypes::charset);
    }

    default OptionalInt maxForwards() {
        OptionalLong value = Numbers.read(header("Max-Forwards").orElse(""), 255);
        return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
    }

    /** Seconds, up to 2^32-1. */
    default OptionalLong expires() {
        return Numbers.read(header("Expires").orElse(""), Numbers.UNSIGNED_32);
    }

    private String required(String name) {
        return header(name).orElseThrow(() -> new IllegalStateException("message without " + name));
    }
}
