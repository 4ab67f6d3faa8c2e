package teleapi.rcml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Start, Stop, Connect and the Stream in them. Thread: the parse that made it. */
final class StreamReader {
    private static final String STREAM = "Stream";

    private final Findings findings;

    StreamReader(Findings findings) {
        this.findings = findings;
    }

    Optional<Start> start(Element element) {
        Attributes attributes = new Attributes(element, findings);
        for (String name : List.of("action", "method")) {
            attributes.unsupported(
                    name, "the next verb runs at once; put a Redirect behind it", RcmlCode.SCHEMA_WARNING);
        }
        attributes.rest();
        List<Stream> streams = new ArrayList<>();
        streams(element).forEach(child -> stream(child, true).ifPresent(streams::add));
        return streams.isEmpty()
                ? skipped(element, "has no Stream")
                : Optional.of(new Start(element.position(), streams));
    }

    /** A Stream that stands alone. */
    Optional<Start> alone(Element element) {
        return stream(element, true).map(stream -> new Start(element.position(), List.of(stream)));
    }

    Optional<Stop> stop(Element element) {
        new Attributes(element, findings).rest();
        List<String> names = new ArrayList<>();
        for (Element child : streams(element)) {
            Attributes attributes = new Attributes(child, findings);
            Optional<String> name = name(attributes);
            attributes.rest();
            bare(child);
            name.ifPresentOrElse(names::add, () -> skipped(child, "of Stop has no name"));
        }
        return names.isEmpty()
                ? skipped(element, "has no Stream with a name")
                : Optional.of(new Stop(element.position(), names));
    }

    Optional<Connect> connect(Element element) {
        Attributes attributes = new Attributes(element, findings);
        Optional<String> action = attributes.url("action", RcmlCode.SCHEMA_WARNING);
        HttpMethod method = attributes.method("method", RcmlCode.SCHEMA_WARNING);
        attributes.rest();
        List<Element> streams = streams(element);
        streams.stream().skip(1).forEach(more -> skipped(more, "is the second of a Connect, which has one"));
        Optional<Stream> stream = streams.stream().findFirst().flatMap(first -> stream(first, false));
        return stream.isEmpty()
                ? skipped(element, "has no Stream")
                : Optional.of(new Connect(element.position(), action, method, stream.get()));
    }

    private List<Element> streams(Element element) {
        if (!element.text().isEmpty()) {
            add(element, element.name() + " has text of its own; it is ignored");
        }
        List<Element> streams = new ArrayList<>();
        for (Element child : element.children()) {
            if (child.name().equals(STREAM)) {
                streams.add(child);
            } else {
                String what = "element " + Findings.quoted(child.name()) + " of " + element.name() + " is no Stream";
                add(child, what + Nearest.question(child.name(), List.of(STREAM)) + "; it is skipped");
            }
        }
        return streams;
    }

    private Optional<Stream> stream(Element element, boolean fork) {
        Attributes attributes = new Attributes(element, findings);
        Optional<String> name = name(attributes);
        Optional<String> url =
                attributes.url("url", RcmlCode.STREAM_URL).filter(given -> Stream.usable(given) || wrongUrl(element));
        String track = attributes.choice("track", Stream.Track.INBOUND.text(), RcmlCode.STREAM_TRACK, tracks(fork));
        Optional<String> callback = attributes.url("statusCallback", RcmlCode.SCHEMA_WARNING);
        HttpMethod method = attributes.method("statusCallbackMethod", RcmlCode.SCHEMA_WARNING);
        attributes.unsupported("connectorName", "give the url that it stands for", RcmlCode.SCHEMA_WARNING);
        attributes.rest();
        Map<String, String> parameters = parameters(element);
        if (url.isEmpty()) {
            return skipped(element, "has no url of the scheme ws or wss");
        }
        return Optional.of(new Stream(
                element.position(),
                name,
                url.get(),
                Stream.Track.parse(track).orElseThrow(),
                callback,
                method,
                parameters));
    }

    /** What the party hears is what comes back: it is not sent again. */
    private static String[] tracks(boolean fork) {
        return fork
                ? new String[] {Stream.Track.INBOUND.text(), Stream.Track.OUTBOUND.text(), Stream.Track.BOTH.text()}
                : new String[] {Stream.Track.INBOUND.text()};
    }

    /** Not quoted: a URL may carry a password. */
    private boolean wrongUrl(Element element) {
        findings.add(
                element.position(), RcmlCode.STREAM_URL, "url of Stream is no absolute URL of the scheme ws or wss");
        return false;
    }

    private static Optional<String> name(Attributes attributes) {
        return attributes.text(
                "name",
                given -> Texts.line(given, Stream.MAX_NAME),
                "a name of 1 to " + Stream.MAX_NAME + " characters",
                RcmlCode.SCHEMA_WARNING);
    }

    private Map<String, String> parameters(Element stream) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Element child : stream.children()) {
            if (!child.name().equals("Parameter")) {
                add(child, "element " + Findings.quoted(child.name()) + " of Stream is no Parameter; it is skipped");
                continue;
            }
            Attributes attributes = new Attributes(child, findings);
            String name = attributes
                    .secret("name", given -> Texts.line(given, Stream.MAX_PARAMETER))
                    .orElse("");
            String value = attributes
                    .secret("value", given -> given.isEmpty() || Texts.line(given, Stream.MAX_PARAMETER))
                    .orElse("");
            attributes.rest();
            bare(child);
            if (name.isEmpty() || name.length() + value.length() > Stream.MAX_PARAMETER) {
                skipped(child, "of Stream has no name, or more than " + Stream.MAX_PARAMETER + " characters");
            } else if (parameters.size() == Stream.MAX_PARAMETERS && !parameters.containsKey(name)) {
                skipped(child, "of Stream is one more than " + Stream.MAX_PARAMETERS);
            } else {
                parameters.put(name, value);
            }
        }
        return parameters;
    }

    private void bare(Element element) {
        if (!element.children().isEmpty() || !element.text().isEmpty()) {
            add(element, element.name() + " has content, which has no meaning there");
        }
    }

    private <T> Optional<T> skipped(Element element, String why) {
        add(element, element.name() + " " + why + "; it is skipped");
        return Optional.empty();
    }

    private void add(Element element, String message) {
        findings.add(element.position(), RcmlCode.SCHEMA_WARNING, message);
    }
}
