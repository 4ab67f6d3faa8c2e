package teleapi.rcml;

import static org.junit.jupiter.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Short ways from text to what the parser says. */
final class Documents {
    private Documents() {}

    static Parsed parse(String document) {
        return RcmlParser.parse(document.getBytes(StandardCharsets.UTF_8));
    }

    static RcmlDocument valid(Parsed parsed) {
        return switch (parsed) {
            case Parsed.Valid valid -> valid.document();
            case Parsed.Invalid invalid -> fail(invalid.toString());
        };
    }

    static Parsed.Invalid invalid(Parsed parsed) {
        return switch (parsed) {
            case Parsed.Valid valid -> fail(valid.toString());
            case Parsed.Invalid invalid -> invalid;
        };
    }

    /** The verbs inside a Response. */
    static RcmlDocument response(String verbs) {
        return valid(parse("<Response>" + verbs + "</Response>"));
    }

    /** The one verb of a document without findings. */
    static <V> V clean(Class<V> type, String verb) {
        RcmlDocument document = response(verb);
        if (!document.findings().isEmpty()) {
            fail(document.findings().toString());
        }
        return only(type, document);
    }

    /** The one verb of a document with exactly this finding. */
    static <V> V found(Class<V> type, RcmlCode code, String verb) {
        RcmlDocument document = response(verb);
        codes(document, code);
        return only(type, document);
    }

    /** That a verb is skipped with exactly this finding. */
    static void skipped(RcmlCode code, String verb) {
        RcmlDocument document = response(verb + "<Hangup/>");
        codes(document, code);
        only(Hangup.class, document);
    }

    static void codes(RcmlDocument document, RcmlCode... codes) {
        List<Integer> expected = List.of(codes).stream().map(RcmlCode::number).toList();
        List<Integer> actual = document.findings().stream().map(Finding::code).toList();
        if (!expected.equals(actual)) {
            fail("expected " + expected + ", found " + document.findings());
        }
    }

    private static <V> V only(Class<V> type, RcmlDocument document) {
        if (document.verbs().size() != 1) {
            fail("not one verb: " + document);
        }
        return type.cast(document.verbs().getFirst());
    }
}
