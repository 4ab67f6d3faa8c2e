package teleapi.rcml;

import java.util.List;

/**
 * What an application said, checked: the verbs in order, and what was wrong without making the document useless.
 *
 * @param verbs to be run top to bottom
 * @param findings unknown verbs or attributes and values replaced by their default; each becomes a notification
 */
public record RcmlDocument(List<Verb> verbs, List<Finding> findings) {
    public RcmlDocument {
        verbs = List.copyOf(verbs);
        findings = List.copyOf(findings);
    }
}
