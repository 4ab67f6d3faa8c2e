package teleapi.rcml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Every element and attribute that the parser knows, told by the parser itself: what it asks of an element that has nothing.
 *
 * <pre>
 * Shape   element name → attribute name → rule; Response itself has none and is left out
 * Thread  any
 * </pre>
 */
public final class Vocabulary {
    private static final Position NOWHERE = new Position(1, 1);

    private final SortedMap<String, SortedMap<String, AttributeRule>> elements = new TreeMap<>();

    private Vocabulary() {}

    /** Asks the parser. */
    public static SortedMap<String, SortedMap<String, AttributeRule>> known() {
        Vocabulary vocabulary = new Vocabulary();
        VerbReader reader = new VerbReader(new Findings(Optional.of(vocabulary)));
        for (String verb : VerbReader.VERBS) {
            vocabulary.elements.put(verb, new TreeMap<>());
            reader.verbs(element("Response", List.of(element(verb, List.of()))));
        }
        for (String noun : DialReader.NOUNS) {
            vocabulary.elements.put(noun, new TreeMap<>());
            reader.verbs(element("Response", List.of(element("Dial", List.of(element(noun, List.of()))))));
        }
        Element parameter = element("Client", List.of(element("Parameter", List.of())));
        reader.verbs(element("Response", List.of(element("Dial", List.of(parameter)))));
        vocabulary.elements.remove("Response");
        return vocabulary.elements;
    }

    /** The verbs and nouns that are known and not available, with what to do instead. */
    public static Map<String, String> unsupported() {
        Map<String, String> all = new LinkedHashMap<>(Unsupported.VERBS);
        all.putAll(Unsupported.NOUNS);
        return all;
    }

    /** That element was asked for that attribute. */
    void asked(String element, AttributeRule rule) {
        elements.computeIfAbsent(element, name -> new TreeMap<>()).put(rule.name(), rule);
    }

    private static Element element(String name, List<Element> children) {
        return new Element(name, NOWHERE, List.of(), children, "", "");
    }
}
