package teleapi.rcml;

import java.util.List;

/**
 * What an application said, checked: the verbs in order, and what was wrong without making the document useless.
 *
 * @param verbs to be run top to bottom
 * @param findings unknown verbs or attributes and values replaced by their default; each becomes a notification
 */
public record RcmlDocument(List<Verb> verbs, List<Finding> findings) {
    /** The longest URL in a document; longer ones are not carried by the servers and proxies on the way. */
    public static final int MAX_URL = 4_000;

    /** The most findings that are kept; the last then says that there are more. */
    public static final int MAX_FINDINGS = 100;

    public RcmlDocument {
        verbs = List.copyOf(verbs);
        findings = List.copyOf(findings);
    }
}
