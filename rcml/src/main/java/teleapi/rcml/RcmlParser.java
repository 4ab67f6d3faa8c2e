package teleapi.rcml;

import java.util.List;

/**
 * Turns the bytes of a document into verbs.
 *
 * <pre>
 * Shape   XML 1.0, root Response; no DTD, no entities but the five, at most 64 KiB, depth 32, 1,000 elements, 64 attributes each
 * Units   positions in lines and characters from 1, in the document as it was sent
 * Thread  any; keeps nothing
 * Errors  {@link Parsed.Invalid} with line and column; never an exception, whatever the bytes
 * Source  CONTRACT section 3; reference/restcomm.md 5
 * </pre>
 *
 * <p>What is forgiven, each time with a {@link Finding}: a bare {@code &} that begins no reference (applications paste URLs) is
 * escaped; a declared encoding that the bytes disprove; unknown elements and attributes are left out; a value out of range is
 * replaced by its default. Without a finding: {@code get} for {@code GET} and {@code TRUE} for {@code true}, spaces around values,
 * {@code xmlns} and schema attributes. What is not forgiven: names in another case (the finding says which name was meant), undeclared
 * entities such as {@code nbsp}, a DOCTYPE even if harmless.
 */
public final class RcmlParser {
    /** reference/reliability.md A3, like the three below: far above honest documents, far below what costs time. */
    public static final int MAX_BYTES = 64 * 1024;

    public static final int MAX_DEPTH = 32;
    public static final int MAX_ELEMENTS = 1_000;
    public static final int MAX_ATTRIBUTES = 64;

    private RcmlParser() {}

    /** The lines of a document, as {@link Position} counts them; none when its bytes are no text. */
    public static List<String> lines(byte[] document) {
        try {
            return List.of(Encoding.decode(document, new Findings()).split("\n", -1));
        } catch (RefusedDocument noText) {
            return List.of();
        }
    }

    /** Reads the whole document before anything of it runs. */
    public static Parsed parse(byte[] document) {
        Findings findings = new Findings();
        try {
            DocumentText text = DocumentText.read(document, findings);
            Element root = ElementReader.read(text);
            if (!root.name().equals("Response")) {
                return new Parsed.Invalid(
                        root.position(),
                        RcmlCode.ROOT_NOT_RESPONSE.number(),
                        "root element is " + Findings.quoted(root.name()) + ", not Response");
            }
            return new Parsed.Valid(new RcmlDocument(new VerbReader(findings).verbs(root), findings.inOrder()));
        } catch (RefusedDocument refused) {
            return new Parsed.Invalid(refused.position(), RcmlCode.DOCUMENT_PARSE_FAILURE.number(), refused.reason());
        }
    }
}
