package teleapi.rcml;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The attributes of one element, asked for by name. Thread: the parse that made it.
 *
 * <p>A wrong value becomes a finding and the default; what nobody has asked for when {@link #rest} is called is unknown.
 */
final class Attributes {
    private final Element element;
    private final Findings findings;
    private final Set<String> asked = new LinkedHashSet<>();

    Attributes(Element element, Findings findings) {
        this.element = element;
        this.findings = findings;
    }

    int integer(String name, int least, int most, int otherwise, RcmlCode code) {
        rule(name, () -> least + " to " + most, () -> Integer.toString(otherwise), code);
        return number(name, least, most, otherwise + " is used", code).orElse(otherwise);
    }

    OptionalInt integer(String name, int least, int most, RcmlCode code) {
        rule(name, () -> least + " to " + most, () -> "", code);
        return number(name, least, most, "it is ignored", code);
    }

    Duration seconds(String name, int least, Duration most, Duration otherwise, RcmlCode code) {
        int standard = Math.toIntExact(otherwise.toSeconds());
        int greatest = Math.toIntExact(most.toSeconds());
        rule(name, () -> least + " to " + greatest + " s", () -> Integer.toString(standard), code);
        return Duration.ofSeconds(
                number(name, least, greatest, standard + " is used", code).orElse(standard));
    }

    boolean has(String name) {
        return find(name).isPresent();
    }

    boolean flag(String name, boolean otherwise, RcmlCode code) {
        return choice(name, String.valueOf(otherwise), code, "true", "false").equals("true");
    }

    HttpMethod method(String name, RcmlCode code) {
        return HttpMethod.valueOf(choice(name, "POST", code, "GET", "POST"));
    }

    /** One of {@code allowed}, as it is written there; the case of the value does not matter. */
    String choice(String name, String otherwise, RcmlCode code, String... allowed) {
        rule(name, () -> String.join(", ", allowed), () -> otherwise, code);
        Optional<Element.Attribute> attribute = find(name);
        if (attribute.isEmpty()) {
            return otherwise;
        }
        for (String one : allowed) {
            if (one.equalsIgnoreCase(attribute.get().value())) {
                return one;
            }
        }
        wrong(attribute.get(), "is not one of " + String.join(", ", allowed), otherwise + " is used", code);
        return otherwise;
    }

    /** Text that passes {@code good}; anything else is replaced. */
    String text(String name, String otherwise, Predicate<String> good, String rule, RcmlCode code) {
        rule(name, () -> rule, () -> otherwise, code);
        Optional<Element.Attribute> attribute = find(name);
        if (attribute.isPresent() && !good.test(attribute.get().value())) {
            wrong(attribute.get(), "is not " + rule, otherwise + " is used", code);
            return otherwise;
        }
        return attribute.map(Element.Attribute::value).orElse(otherwise);
    }

    /** Text that passes {@code good}; anything else is as if it were not there. */
    Optional<String> text(String name, Predicate<String> good, String rule, RcmlCode code) {
        return text(name, good, rule, "it is ignored", code);
    }

    /** The same, where something else than the default comes of a wrong value. */
    Optional<String> text(String name, Predicate<String> good, String rule, String outcome, RcmlCode code) {
        rule(name, () -> rule, () -> "", code);
        Optional<Element.Attribute> attribute = find(name);
        if (attribute.isPresent() && !good.test(attribute.get().value())) {
            wrong(attribute.get(), "is not " + rule, outcome, code);
            return Optional.empty();
        }
        return attribute.map(Element.Attribute::value);
    }

    /** As {@link #text}, but never quoted. */
    Optional<String> secret(String name, Predicate<String> good) {
        rule(name, () -> "text", () -> "", RcmlCode.SCHEMA_WARNING);
        Optional<Element.Attribute> attribute = find(name);
        if (attribute.isPresent() && !good.test(attribute.get().value())) {
            String what = name + " of " + element.name() + " is empty, too long or has control characters";
            findings.add(attribute.get().position(), RcmlCode.SCHEMA_WARNING, what + "; it is ignored");
            return Optional.empty();
        }
        return attribute.map(Element.Attribute::value);
    }

    /** A URL, absolute or relative; an empty one is as if it were not there. */
    Optional<String> url(String name, RcmlCode code) {
        rule(name, () -> "URL", () -> "", code);
        return address(name, code).filter(url -> !url.isEmpty());
    }

    /** As {@link #url}, but an empty one means something of its own. */
    Optional<String> urlOrEmpty(String name, RcmlCode code) {
        rule(name, () -> "URL, or empty", () -> "", code);
        return address(name, code);
    }

    private Optional<String> address(String name, RcmlCode code) {
        Optional<Element.Attribute> attribute = find(name);
        Optional<String> url = attribute.flatMap(a -> Texts.url(a.value()));
        if (attribute.isPresent() && url.isEmpty()) {
            // Not quoted: a URL may carry a password.
            findings.add(
                    attribute.get().position(),
                    code,
                    name + " of " + element.name() + " is no URL of at most " + RcmlDocument.MAX_URL
                            + " characters; it is ignored");
        }
        return url;
    }

    /** Words separated by spaces or commas; unknown ones are left out, and if none remains it is the default. */
    List<String> events(String name, Set<String> known, List<String> otherwise) {
        rule(
                name,
                () -> "of " + String.join(", ", new TreeSet<>(known)),
                () -> String.join(" ", otherwise),
                RcmlCode.SCHEMA_WARNING);
        Optional<Element.Attribute> attribute = find(name);
        if (attribute.isEmpty()) {
            return otherwise;
        }
        List<String> events = new ArrayList<>();
        for (String word : Texts.words(attribute.get().value())) {
            String event = word.toLowerCase(Locale.ROOT);
            if (!known.contains(event)) {
                findings.add(
                        attribute.get().position(),
                        RcmlCode.SCHEMA_WARNING,
                        name + " of " + element.name() + " has " + Findings.quoted(word) + ", which is no event"
                                + Nearest.question(event, known) + "; it is left out");
            } else if (!events.contains(event)) {
                events.add(event);
            }
        }
        return events.isEmpty() ? otherwise : events;
    }

    /** A name that documents may have, and that is not acted on; with what to do instead. */
    void unsupported(String name, String instead, RcmlCode code) {
        findings.vocabulary()
                .ifPresent(all -> all.asked(
                        element.name(), new AttributeRule(name, "not supported", instead, code.number(), false)));
        find(name)
                .ifPresent(attribute -> findings.add(
                        attribute.position(),
                        code,
                        name + " of " + element.name() + " is not supported: " + instead + "; it is ignored"));
    }

    /** Names that are for other machinery than ours: whatever they say is right, and changes nothing. */
    void withoutEffect(String... names) {
        for (String name : names) {
            rule(name, () -> "anything", () -> "", RcmlCode.SCHEMA_WARNING);
            find(name);
        }
    }

    /** To be called last: what is left is unknown. */
    void rest() {
        for (Element.Attribute attribute : element.attributes()) {
            String name = attribute.name();
            if (!asked.contains(name) && !harmless(name)) {
                findings.add(
                        attribute.position(),
                        RcmlCode.SCHEMA_WARNING,
                        "attribute " + Findings.quoted(name) + " of " + element.name() + " is unknown"
                                + Nearest.question(name, asked)
                                + "; it is ignored");
            }
        }
    }

    private void rule(String name, Supplier<String> values, Supplier<String> otherwise, RcmlCode code) {
        findings.vocabulary()
                .ifPresent(all -> all.asked(
                        element.name(), new AttributeRule(name, values.get(), otherwise.get(), code.number(), true)));
    }

    private static boolean harmless(String name) {
        return name.equals("xmlns") || name.startsWith("xmlns:") || name.startsWith("xml:") || name.startsWith("xsi:");
    }

    private Optional<Element.Attribute> find(String name) {
        asked.add(name);
        return element.attributes().stream().filter(a -> a.name().equals(name)).findFirst();
    }

    private OptionalInt number(String name, int least, int most, String instead, RcmlCode code) {
        Optional<Element.Attribute> attribute = find(name);
        if (attribute.isEmpty()) {
            return OptionalInt.empty();
        }
        OptionalInt value = Texts.integer(attribute.get().value());
        if (value.isPresent() && value.getAsInt() >= least && value.getAsInt() <= most) {
            return value;
        }
        wrong(attribute.get(), "is not a whole number from " + least + " to " + most, instead, code);
        return OptionalInt.empty();
    }

    private void wrong(Element.Attribute attribute, String why, String instead, RcmlCode code) {
        findings.add(
                attribute.position(),
                code,
                attribute.name() + " of " + element.name() + " " + why + ": " + Findings.quoted(attribute.value())
                        + "; " + instead);
    }
}
