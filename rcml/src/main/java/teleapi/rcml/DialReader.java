package teleapi.rcml;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The Dial element and its nouns. Thread: the parse that made it. */
final class DialReader {
    static final String DIGITS = "at most " + Play.MAX_DIGITS + " of 0-9, *, #, A-D, w, W";

    static final Set<String> NOUNS = Set.of("Number", "Client", "Sip", "Uri", "Conference", "Queue");
    private static final Pattern CALL_SID = Pattern.compile("CA[0-9a-f]{32}");

    private final Findings findings;

    DialReader(Findings findings) {
        this.findings = findings;
    }

    /** Empty when there is nobody to dial. */
    Optional<Dial> dial(Element element) {
        List<Noun> targets = targets(element);
        Attributes attributes = new Attributes(element, findings);
        Optional<String> action = attributes.url("action", RcmlCode.DIAL_ACTION);
        HttpMethod method = attributes.method("method", RcmlCode.DIAL_METHOD);
        var timeout = attributes.seconds("timeout", 1, Dial.MAX_TIMEOUT, Dial.DEFAULT_TIMEOUT, RcmlCode.DIAL_TIMEOUT);
        var timeLimit = attributes.seconds(
                "timeLimit", 1, Dial.MAX_TIME_LIMIT, Dial.DEFAULT_TIME_LIMIT, RcmlCode.DIAL_TIME_LIMIT);
        Optional<String> callerId = attributes.text(
                "callerId",
                c -> c.isEmpty() || Texts.line(c, Dial.MAX_CALLER_ID),
                "a caller id of at most " + Dial.MAX_CALLER_ID + " characters",
                RcmlCode.DIAL_CALLER_ID);
        boolean answerOnBridge = attributes.flag("answerOnBridge", false, RcmlCode.SCHEMA_WARNING);
        boolean hangupOnStar = attributes.flag("hangupOnStar", false, RcmlCode.DIAL_HANGUP_ON_STAR);
        Optional<String> ringTone = attributes.text(
                "ringTone", r -> r.isEmpty() || Texts.word(r, 16), "a country code", RcmlCode.SCHEMA_WARNING);
        // restcomm.md 5.2: what is recorded; there is no video here.
        attributes.choice("media", "audio_only", RcmlCode.SCHEMA_WARNING, "audio_only");
        Optional<DialRecording> recording = recording(attributes);
        boolean sequential = attributes.flag("sequential", false, RcmlCode.SCHEMA_WARNING);
        attributes.unsupported("trim", "the silence of a conversation is kept", RcmlCode.SCHEMA_WARNING);
        Optional<String> referUrl = attributes.url("referUrl", RcmlCode.SCHEMA_WARNING);
        HttpMethod referMethod = attributes.method("referMethod", RcmlCode.SCHEMA_WARNING);
        attributes.rest();
        if (targets.isEmpty()) {
            findings.add(element.position(), RcmlCode.LEG_ADDRESS, "Dial has nobody to dial; the verb is skipped");
            return Optional.empty();
        }
        return Optional.of(new Dial(
                element.position(),
                action,
                method,
                timeout,
                timeLimit,
                callerId.filter(c -> !c.isEmpty()),
                answerOnBridge,
                hangupOnStar,
                sequential,
                ringTone.filter(r -> !r.isEmpty()),
                recording,
                referUrl,
                referMethod,
                targets));
    }

    private Optional<DialRecording> recording(Attributes attributes) {
        String record = attributes.choice(
                "record",
                "false",
                RcmlCode.SCHEMA_WARNING,
                "false",
                "do-not-record",
                "true",
                "record-from-answer",
                "record-from-answer-dual",
                "record-from-ringing",
                "record-from-ringing-dual");
        String track =
                attributes.choice("recordingTrack", "both", RcmlCode.SCHEMA_WARNING, "both", "inbound", "outbound");
        DialRecording recording = new DialRecording(
                record.startsWith("record-from-ringing"),
                record.endsWith("-dual"),
                track,
                RecordingCallback.read(attributes));
        return record.equals("false") || record.equals("do-not-record") ? Optional.empty() : Optional.of(recording);
    }

    static boolean digits(String digits) {
        return digits.length() <= Play.MAX_DIGITS && Checked.sendable(digits);
    }

    private List<Noun> targets(Element dial) {
        if (dial.children().isEmpty() && !dial.text().isEmpty()) {
            return plain(dial).map(List::of).orElse(List.of());
        }
        if (!dial.text().isEmpty()) {
            findings.add(
                    dial.position(),
                    RcmlCode.DIAL_NESTED_ELEMENT,
                    "Dial has text beside its elements; the text is ignored");
        }
        List<Noun> targets = new ArrayList<>();
        for (Element child : dial.children()) {
            noun(child).ifPresent(noun -> add(noun, child, targets));
        }
        return targets;
    }

    private void add(Noun noun, Element child, List<Noun> targets) {
        boolean alone = Dial.alone(noun) || (!targets.isEmpty() && Dial.alone(targets.getFirst()));
        if (alone && !targets.isEmpty()) {
            String what = child.name() + " of Dial stands beside another target; a Conference or Queue stands alone";
            findings.add(child.position(), RcmlCode.DIAL_NESTED_ELEMENT, what + "; it is skipped");
        } else if (targets.size() == Dial.MAX_TARGETS) {
            String what = child.name() + " of Dial is one too many, limit " + Dial.MAX_TARGETS;
            findings.add(child.position(), RcmlCode.DIAL_NESTED_ELEMENT, what + "; it is skipped");
        } else {
            targets.add(noun);
        }
    }

    /** reference/restcomm.md 5.2: text with an @ is a SIP URI, text that begins with client is a client, else it is a number. */
    private Optional<Noun> plain(Element dial) {
        String text = dial.text();
        LegOptions options = LegOptions.none();
        if (text.startsWith("client:")) {
            return client(dial, text.substring("client:".length()).strip(), options);
        }
        if (text.indexOf('@') >= 0 || schemed(text)) {
            return sip(dial, text, Optional.empty(), Optional.empty(), options);
        }
        return number(dial, text, "", options);
    }

    private Optional<? extends Noun> noun(Element element) {
        return switch (element.name()) {
            case "Number" -> number(element);
            case "Client" -> client(element);
            case "Sip", "Uri" -> sip(element);
            case "Conference" -> conference(element);
            case "Queue" -> queue(element);
            default -> {
                String what = "element " + Findings.quoted(element.name()) + " of Dial ";
                String instead = Unsupported.NOUNS.get(element.name());
                String why = instead == null
                        ? "cannot be dialled" + Nearest.question(element.name(), NOUNS)
                        : "is not supported: " + instead;
                findings.add(element.position(), RcmlCode.DIAL_NESTED_ELEMENT, what + why + "; it is skipped");
                yield Optional.empty();
            }
        };
    }

    private Optional<Noun> number(Element element) {
        Attributes attributes = new Attributes(element, findings);
        String digits = attributes
                .text("sendDigits", DialReader::digits, DIGITS, RcmlCode.NUMBER_SEND_DIGITS)
                .orElse("");
        LegOptions options = options(attributes);
        attributes.unsupported(
                "byoc", "trunks are chosen by the account (--trunk and Trunks)", RcmlCode.SCHEMA_WARNING);
        attributes.rest();
        nested(element);
        return number(element, element.text(), digits, options);
    }

    private Optional<Noun> number(Element element, String text, String digits, LegOptions options) {
        Optional<String> number = Texts.number(text);
        if (number.isEmpty()) {
            refused(element, "a number of 1 to " + Number.MAX_NUMBER + " digits", text);
        }
        return number.map(n -> new Number(element.position(), n, digits, options));
    }

    private Optional<Noun> client(Element element) {
        Attributes attributes = new Attributes(element, findings);
        LegOptions options = options(attributes);
        attributes.rest();
        // TwiML also writes the name as a nested element, when parameters stand beside it.
        Optional<Element> identity = element.children().stream()
                .filter(child -> child.name().equals("Identity"))
                .findFirst();
        identity.ifPresent(child -> {
            new Attributes(child, findings).rest();
            nested(child);
        });
        StringBuilder name = new StringBuilder(identity.map(Element::text).orElse(element.text()));
        for (Element child : element.children()) {
            if (child.name().equals("Parameter")) {
                parameter(child)
                        .ifPresent(pair ->
                                name.append(name.indexOf("?") < 0 ? '?' : '&').append(pair));
            } else if (identity.isEmpty() || !child.equals(identity.get())) {
                nested(element, child);
            }
        }
        String text = name.toString();
        return client(element, text.startsWith("client:") ? text.substring("client:".length()) : text, options);
    }

    /** A parameter for the client's application; SIP carries it as a header {@code X-Name}. */
    private Optional<String> parameter(Element element) {
        Attributes attributes = new Attributes(element, findings);
        Optional<String> name = attributes.text(
                "name",
                n -> !n.isEmpty()
                        && n.length() <= Client.MAX_PARAMETER
                        && n.chars().allMatch(DialReader::token),
                "1 to " + Client.MAX_PARAMETER + " letters, digits, - and _",
                RcmlCode.SCHEMA_WARNING);
        Optional<String> value = attributes.text(
                "value",
                v -> v.isEmpty() || Texts.line(v, Client.MAX_PARAMETER),
                "text of at most " + Client.MAX_PARAMETER + " characters on one line",
                RcmlCode.SCHEMA_WARNING);
        attributes.rest();
        nested(element);
        if (name.isEmpty() || value.isEmpty()) {
            findings.add(
                    element.position(),
                    RcmlCode.DIAL_NESTED_ELEMENT,
                    "Parameter of Client needs a name and a value; it is skipped");
            return Optional.empty();
        }
        // Not as a form: a plus sign in a URI's headers is itself (RFC 3261 §19.1.2).
        String escaped = URLEncoder.encode(value.get(), StandardCharsets.UTF_8).replace("+", "%20");
        return Optional.of("X-" + name.get() + "=" + escaped);
    }

    private static boolean token(int c) {
        return c == '-' || c == '_' || (c < 128 && Character.isLetterOrDigit(c));
    }

    private Optional<Noun> client(Element element, String name, LegOptions options) {
        if (!Texts.word(name, Client.MAX_NAME)) {
            refused(element, "a client's name of 1 to " + Client.MAX_NAME + " characters without spaces", name);
            return Optional.empty();
        }
        return Optional.of(new Client(element.position(), name, options));
    }

    private Optional<Noun> sip(Element element) {
        Attributes attributes = new Attributes(element, findings);
        Optional<String> username = attributes.secret("username", c -> Texts.line(c, Sip.MAX_CREDENTIAL));
        Optional<String> password = attributes.secret("password", c -> Texts.line(c, Sip.MAX_CREDENTIAL));
        LegOptions options = options(attributes);
        attributes.rest();
        nested(element);
        return sip(element, element.text(), username, password, options);
    }

    private Optional<Noun> sip(
            Element element, String text, Optional<String> username, Optional<String> password, LegOptions options) {
        Optional<String> uri = uri(text);
        if (uri.isEmpty()) {
            String what = "text of " + element.name() + " is not a SIP URI of at most " + Sip.MAX_URI + " characters";
            findings.add(element.position(), RcmlCode.LEG_ADDRESS, what + "; it is skipped");
        }
        return uri.map(to -> new Sip(element.position(), to, username, password, options));
    }

    /** A SIP URI, with its scheme or without. */
    static Optional<String> uri(String text) {
        String uri = text.indexOf('@') > 0 && !schemed(text) ? "sip:" + text : text;
        boolean good = schemed(uri) && uri.indexOf(':') < uri.length() - 1 && Texts.word(uri, Sip.MAX_URI);
        return good ? Optional.of(uri) : Optional.empty();
    }

    private static boolean schemed(String text) {
        return text.startsWith("sip:") || text.startsWith("sips:");
    }

    private LegOptions options(Attributes attributes) {
        Unsupported.MACHINE_DETECTION.forEach(
                name -> attributes.unsupported(name, Unsupported.ASK_FOR_A_KEY, RcmlCode.SCHEMA_WARNING));
        return new LegOptions(
                attributes.url("url", RcmlCode.SCHEMA_WARNING),
                attributes.method("method", RcmlCode.LEG_METHOD),
                attributes.url("statusCallback", RcmlCode.SCHEMA_WARNING),
                attributes.method("statusCallbackMethod", RcmlCode.LEG_METHOD),
                attributes.events("statusCallbackEvent", LegOptions.EVENTS, LegOptions.DEFAULT_EVENTS));
    }

    private Optional<Noun> conference(Element element) {
        Attributes attributes = new Attributes(element, findings);
        String beep = attributes.choice("beep", "true", RcmlCode.CONFERENCE_BEEP, "true", "false", "onEnter", "onExit");
        boolean muted = attributes.flag("muted", false, RcmlCode.CONFERENCE_MUTED);
        boolean start = attributes.flag("startConferenceOnEnter", true, RcmlCode.CONFERENCE_START_ON_ENTER);
        boolean end = attributes.flag("endConferenceOnExit", false, RcmlCode.CONFERENCE_END_ON_EXIT);
        Optional<String> waitUrl = attributes.urlOrEmpty("waitUrl", RcmlCode.CONFERENCE_WAIT_URL);
        HttpMethod waitMethod = attributes.method("waitMethod", RcmlCode.CONFERENCE_WAIT_METHOD);
        int most = attributes.integer(
                "maxParticipants",
                1,
                Conference.MAX_PARTICIPANTS,
                Conference.DEFAULT_PARTICIPANTS,
                RcmlCode.SCHEMA_WARNING);
        Optional<String> callback = attributes.url("statusCallback", RcmlCode.SCHEMA_WARNING);
        HttpMethod callbackMethod = attributes.method("statusCallbackMethod", RcmlCode.SCHEMA_WARNING);
        List<String> events = attributes.events("statusCallbackEvent", Conference.EVENTS, Conference.DEFAULT_EVENTS);
        Optional<String> coach = attributes.text(
                "coach", c -> CALL_SID.matcher(c).matches(), "the Sid of a call", RcmlCode.CONFERENCE_COACH);
        Optional<ConferenceRecording> recording = recordingOfRoom(attributes);
        // For machinery that we have not: one server mixes, and every jitter buffer sets itself.
        attributes.withoutEffect("region", "jitterBufferSize");
        attributes.unsupported(
                "eventCallbackUrl", "use statusCallback and statusCallbackEvent", RcmlCode.SCHEMA_WARNING);
        attributes.unsupported("participantLabel", "use the CallSid", RcmlCode.SCHEMA_WARNING);
        attributes.rest();
        nested(element);
        String name = element.text();
        if (!Texts.line(name, Conference.MAX_NAME)) {
            refused(element, "a room's name of 1 to " + Conference.MAX_NAME + " characters on one line", name);
            return Optional.empty();
        }
        return Optional.of(new Conference(
                element.position(),
                name,
                muted,
                start,
                end,
                beep.equals("true") || beep.equals("onEnter"),
                beep.equals("true") || beep.equals("onExit"),
                waitUrl,
                waitMethod,
                most,
                callback,
                callbackMethod,
                events,
                coach,
                recording));
    }

    /** Empty when it does not say whether the room is recorded. */
    private static Optional<ConferenceRecording> recordingOfRoom(Attributes attributes) {
        boolean says = attributes.has("record");
        String record = attributes.choice(
                "record",
                "do-not-record",
                RcmlCode.SCHEMA_WARNING,
                "do-not-record",
                "false",
                "record-from-start",
                "true");
        String trim = attributes.choice("trim", "trim-silence", RcmlCode.SCHEMA_WARNING, "trim-silence", "do-not-trim");
        RecordingCallback callback = RecordingCallback.read(attributes);
        return says ? Optional.of(ConferenceRecording.of(record, trim, callback)) : Optional.empty();
    }

    private Optional<Noun> queue(Element element) {
        Attributes attributes = new Attributes(element, findings);
        Optional<String> url = attributes.url("url", RcmlCode.SCHEMA_WARNING);
        HttpMethod method = attributes.method("method", RcmlCode.LEG_METHOD);
        for (String name : List.of("reservationSid", "postWorkActivitySid")) {
            attributes.unsupported(name, "name the queue in the text", RcmlCode.SCHEMA_WARNING);
        }
        attributes.rest();
        nested(element);
        if (!Texts.line(element.text(), Queue.MAX_NAME)) {
            refused(element, "a queue's name of 1 to " + Queue.MAX_NAME + " characters on one line", element.text());
            return Optional.empty();
        }
        return Optional.of(new Queue(element.position(), element.text(), url, method));
    }

    private void refused(Element element, String rule, String text) {
        findings.add(
                element.position(),
                RcmlCode.LEG_ADDRESS,
                "text of " + element.name() + " is not " + rule + ": " + Findings.quoted(text) + "; it is skipped");
    }

    private void nested(Element element) {
        element.children().forEach(child -> nested(element, child));
    }

    private void nested(Element element, Element child) {
        String what = "element " + Findings.quoted(child.name()) + " of " + element.name() + " is not available";
        findings.add(child.position(), RcmlCode.DIAL_NESTED_ELEMENT, what + "; it is skipped");
    }
}
