package teleapi.rcml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Elements become verbs; one method per verb, in the order of CONTRACT section 3. Thread: the parse that made it. */
final class VerbReader {
    static final Set<String> VERBS = Set.of(
            "Say",
            "Play",
            "Pause",
            "Gather",
            "Record",
            "Dial",
            "Enqueue",
            "Leave",
            "Refer",
            "Redirect",
            "Reject",
            "Hangup",
            "Start",
            "Stop",
            "Connect",
            "Stream",
            "Sms",
            "Message");

    private final Findings findings;

    VerbReader(Findings findings) {
        this.findings = findings;
    }

    List<Verb> verbs(Element response) {
        new Attributes(response, findings).rest();
        stray(response, RcmlCode.SCHEMA_WARNING);
        List<Verb> verbs = new ArrayList<>();
        for (Element element : response.children()) {
            verb(element).ifPresent(verbs::add);
        }
        return verbs;
    }

    private Optional<? extends Verb> verb(Element element) {
        return switch (element.name()) {
            case "Say" -> say(element);
            case "Play" -> play(element);
            case "Pause" -> Optional.of(pause(element));
            case "Gather" -> Optional.of(Gather.read(element, prompts(element), findings));
            case "Record" -> {
                bare(element);
                yield Optional.of(Record.read(element, findings));
            }
            case "Dial" -> new DialReader(findings).dial(element);
            case "Enqueue" -> enqueue(element);
            case "Leave" -> Optional.of(leave(element));
            case "Refer" -> refer(element);
            case "Redirect" -> redirect(element);
            case "Reject" -> Optional.of(reject(element));
            case "Hangup" -> Optional.of(hangup(element));
            case "Start" -> new StreamReader(findings).start(element);
            case "Stop" -> new StreamReader(findings).stop(element);
            case "Connect" -> new StreamReader(findings).connect(element);
            case "Stream" -> new StreamReader(findings).alone(element);
            case "Sms", "Message" -> new MessageReader(findings).message(element);
            default -> {
                unknown(element);
                yield Optional.empty();
            }
        };
    }

    private void unknown(Element element) {
        String what = "element " + Findings.quoted(element.name()) + " of Response ";
        String name = element.name();
        String why;
        if (Unsupported.VERBS.containsKey(name)) {
            why = "is not supported: " + Unsupported.VERBS.get(name);
        } else if (DialReader.NOUNS.contains(name)) {
            why = "is no verb: it stands in a Dial";
        } else {
            why = "is no verb" + Nearest.question(name, VERBS);
        }
        findings.add(element.position(), RcmlCode.SCHEMA_WARNING, what + why + "; it is skipped");
    }

    private Optional<Say> say(Element element) {
        Attributes attributes = new Attributes(element, findings);
        String voice = attributes.text(
                "voice",
                Say.DEFAULT_VOICE,
                v -> Texts.word(v, Say.MAX_VOICE),
                "the name of a voice",
                RcmlCode.SAY_VOICE);
        String language = attributes.text(
                "language",
                Say.DEFAULT_LANGUAGE,
                l -> Texts.word(l, Say.MAX_LANGUAGE),
                "a language tag",
                RcmlCode.SCHEMA_WARNING);
        int loop = attributes.integer("loop", 0, Say.MAX_LOOP, 1, RcmlCode.SAY_LOOP);
        attributes.rest();
        for (Element markup : element.children()) {
            String what = "element " + Findings.quoted(markup.name()) + " of Say is not supported";
            findings.add(markup.position(), RcmlCode.SCHEMA_WARNING, what + "; its text is spoken without it");
        }
        String text = element.allText();
        if (text.isEmpty() || text.length() > Say.MAX_TEXT) {
            String what = "text of Say has " + text.length() + " characters, allowed are 1 to " + Say.MAX_TEXT;
            findings.add(element.position(), RcmlCode.SAY_TEXT, what + "; the verb is skipped");
            return Optional.empty();
        }
        return Optional.of(new Say(element.position(), text, voice, language, loop));
    }

    private Optional<Play> play(Element element) {
        Attributes attributes = new Attributes(element, findings);
        int loop = attributes.integer("loop", 0, Play.MAX_LOOP, 1, RcmlCode.PLAY_LOOP);
        String digits = attributes
                .text("digits", DialReader::digits, DialReader.DIGITS, RcmlCode.SCHEMA_WARNING)
                .orElse("");
        attributes.rest();
        childless(element);
        Optional<String> url = Texts.url(element.text()).filter(u -> !u.isEmpty());
        if (!digits.isEmpty()) {
            if (!element.text().isEmpty()) {
                String what = "Play has digits and a URL";
                findings.add(
                        element.position(),
                        RcmlCode.SCHEMA_WARNING,
                        what + "; the digits are sent, the URL is ignored");
            }
            return Optional.of(new Play(element.position(), "", digits, loop));
        }
        if (url.isEmpty()) {
            String what = "Play has neither digits nor a URL of at most " + RcmlDocument.MAX_URL + " characters";
            findings.add(element.position(), RcmlCode.SCHEMA_WARNING, what + "; the verb is skipped");
        }
        return url.map(u -> new Play(element.position(), u, "", loop));
    }

    private Pause pause(Element element) {
        Attributes attributes = new Attributes(element, findings);
        Pause pause = new Pause(
                element.position(),
                attributes.seconds("length", 0, Pause.MAX_LENGTH, Pause.DEFAULT_LENGTH, RcmlCode.PAUSE_LENGTH));
        attributes.rest();
        bare(element);
        return pause;
    }

    private List<Prompt> prompts(Element gather) {
        stray(gather, RcmlCode.GATHER_NESTED_ELEMENT);
        List<Prompt> prompts = new ArrayList<>();
        for (Element child : gather.children()) {
            switch (child.name()) {
                case "Say" -> say(child).ifPresent(prompts::add);
                case "Play" -> play(child).ifPresent(prompts::add);
                case "Pause" -> prompts.add(pause(child));
                default -> {
                    String what = "element " + Findings.quoted(child.name()) + " of Gather is not Say, Play or Pause";
                    findings.add(child.position(), RcmlCode.GATHER_NESTED_ELEMENT, what + "; it is skipped");
                }
            }
        }
        return prompts;
    }

    private Optional<Enqueue> enqueue(Element element) {
        Attributes attributes = new Attributes(element, findings);
        Optional<String> action = attributes.url("action", RcmlCode.SCHEMA_WARNING);
        HttpMethod method = attributes.method("method", RcmlCode.SCHEMA_WARNING);
        Optional<String> waitUrl = attributes.urlOrEmpty("waitUrl", RcmlCode.SCHEMA_WARNING);
        HttpMethod waitUrlMethod = attributes.method("waitUrlMethod", RcmlCode.SCHEMA_WARNING);
        OptionalInt most = attributes.integer("maxQueueSize", 1, Queue.MAX_SIZE, RcmlCode.SCHEMA_WARNING);
        attributes.unsupported("workflowSid", "name the queue in the text", RcmlCode.SCHEMA_WARNING);
        attributes.rest();
        childless(element);
        String name = element.text();
        if (!Texts.line(name, Queue.MAX_NAME)) {
            String what = "text of Enqueue is no queue's name of 1 to " + Queue.MAX_NAME + " characters on one line: ";
            findings.add(
                    element.position(),
                    RcmlCode.SCHEMA_WARNING,
                    what + Findings.quoted(name) + "; the verb is skipped");
            return Optional.empty();
        }
        return Optional.of(new Enqueue(element.position(), name, action, method, waitUrl, waitUrlMethod, most));
    }

    private Leave leave(Element element) {
        new Attributes(element, findings).rest();
        bare(element);
        return new Leave(element.position());
    }

    private Optional<Refer> refer(Element element) {
        Attributes attributes = new Attributes(element, findings);
        Optional<String> action = attributes.url("action", RcmlCode.SCHEMA_WARNING);
        HttpMethod method = attributes.method("method", RcmlCode.SCHEMA_WARNING);
        attributes.rest();
        stray(element, RcmlCode.SCHEMA_WARNING);
        Optional<Element> target = element.children().stream()
                .filter(child -> child.name().equals("Sip"))
                .findFirst();
        for (Element child : element.children()) {
            if (!target.equals(Optional.of(child))) {
                String what = "element " + Findings.quoted(child.name()) + " of Refer is not its one Sip";
                findings.add(child.position(), RcmlCode.SCHEMA_WARNING, what + "; it is skipped");
            }
        }
        target.ifPresent(sip -> {
            new Attributes(sip, findings).rest();
            childless(sip);
        });
        Optional<String> uri = target.flatMap(sip -> DialReader.uri(sip.text()));
        if (uri.isEmpty()) {
            String what = "Refer has no Sip with a SIP URI of at most " + Sip.MAX_URI + " characters";
            findings.add(element.position(), RcmlCode.LEG_ADDRESS, what + "; the verb is skipped");
        }
        return uri.map(to -> new Refer(element.position(), action, method, to));
    }

    private Optional<Redirect> redirect(Element element) {
        Attributes attributes = new Attributes(element, findings);
        HttpMethod method = attributes.method("method", RcmlCode.REDIRECT_METHOD);
        attributes.rest();
        childless(element);
        Optional<String> url = Texts.url(element.text()).filter(u -> !u.isEmpty());
        if (url.isEmpty()) {
            // reference/restcomm.md 5.2: an empty Redirect goes on with the next verb.
            String what = "Redirect has no URL of 1 to " + RcmlDocument.MAX_URL + " characters";
            findings.add(element.position(), RcmlCode.SCHEMA_WARNING, what + "; the verb is skipped");
        }
        return url.map(u -> new Redirect(element.position(), u, method));
    }

    private Reject reject(Element element) {
        Attributes attributes = new Attributes(element, findings);
        String reason = attributes.choice("reason", "rejected", RcmlCode.SCHEMA_WARNING, "rejected", "busy");
        attributes.rest();
        bare(element);
        return new Reject(element.position(), reason.equals("busy"));
    }

    private Hangup hangup(Element element) {
        new Attributes(element, findings).rest();
        bare(element);
        return new Hangup(element.position());
    }

    private void bare(Element element) {
        stray(element, RcmlCode.SCHEMA_WARNING);
        childless(element);
    }

    private void stray(Element element, RcmlCode code) {
        if (!element.text().isEmpty()) {
            findings.add(element.position(), code, element.name() + " has text of its own; it is ignored");
        }
    }

    private void childless(Element element) {
        for (Element child : element.children()) {
            String what =
                    "element " + Findings.quoted(child.name()) + " of " + element.name() + " has no meaning there";
            findings.add(child.position(), RcmlCode.SCHEMA_WARNING, what + "; it is skipped");
        }
    }
}
