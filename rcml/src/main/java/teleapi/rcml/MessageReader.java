package teleapi.rcml;

import java.util.List;
import java.util.Optional;

/** Message, also by its older name Sms. Thread: the parse that made it. */
final class MessageReader {
    private static final String BODY = "Body";
    private static final String ADDRESS = "+number, client:name or sip:uri";

    private final Findings findings;

    MessageReader(Findings findings) {
        this.findings = findings;
    }

    /** Empty when there is nothing to send. */
    Optional<Message> message(Element element) {
        Attributes attributes = new Attributes(element, findings);
        Optional<String> to = address(attributes, "to", "the verb is skipped", RcmlCode.MESSAGE_TO);
        Optional<String> from = address(attributes, "from", "it is ignored", RcmlCode.MESSAGE_FROM);
        Optional<String> action = attributes.url("action", RcmlCode.SCHEMA_WARNING);
        HttpMethod method = attributes.method("method", RcmlCode.MESSAGE_METHOD);
        Optional<String> callback = attributes.url("statusCallback", RcmlCode.SCHEMA_WARNING);
        HttpMethod callbackMethod = attributes.method("statusCallbackMethod", RcmlCode.SCHEMA_WARNING);
        attributes.rest();
        String body = body(element);
        if (body.isEmpty() || body.length() > Message.MAX_BODY) {
            String what = "text of " + element.name() + " has " + body.length() + " characters, allowed are 1 to "
                    + Message.MAX_BODY;
            findings.add(element.position(), RcmlCode.MESSAGE_TEXT, what + "; the verb is skipped");
            return Optional.empty();
        }
        if (attributes.has("to") && to.isEmpty()) {
            // Whoever is meant, it is not the call's party.
            return Optional.empty();
        }
        return Optional.of(new Message(element.position(), to, from, action, method, callback, callbackMethod, body));
    }

    /** Whether there is such an address is known when it is sent. */
    private static Optional<String> address(Attributes attributes, String name, String outcome, RcmlCode code) {
        return attributes.text(name, given -> Texts.line(given, Message.MAX_ADDRESS), ADDRESS, outcome, code);
    }

    /** Its own text, or that of its Body. */
    private String body(Element element) {
        List<Element> bodies = element.children().stream()
                .filter(child -> child.name().equals(BODY))
                .toList();
        for (Element child : element.children()) {
            if (bodies.isEmpty() || !child.equals(bodies.getFirst())) {
                skipped(child, element.name());
            }
        }
        if (bodies.isEmpty()) {
            return element.text();
        }
        if (!element.text().isEmpty()) {
            add(element, element.name() + " has text beside its Body; it is ignored");
        }
        Element body = bodies.getFirst();
        new Attributes(body, findings).rest();
        body.children().forEach(child -> skipped(child, BODY));
        return body.text();
    }

    private void skipped(Element child, String parent) {
        String why = switch (child.name()) {
            case BODY -> " is not its one Body";
            case "Media" -> " is not supported: there are no pictures, send a link in the text";
            default -> " has no meaning there" + Nearest.question(child.name(), List.of(BODY));
        };
        add(child, "element " + Findings.quoted(child.name()) + " of " + parent + why + "; it is skipped");
    }

    private void add(Element element, String message) {
        findings.add(element.position(), RcmlCode.SCHEMA_WARNING, message);
    }
}
