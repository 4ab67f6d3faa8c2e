package teleapi.sip.message;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Media types as Content-Type and Accept name them (RFC 3261 §20.1, §20.15). */
final class MediaTypes {
    private MediaTypes() {}

    /** In lower case, without parameters and space. */
    static String bare(String value) {
        int end = value.indexOf(';');
        String type = end < 0 ? value : value.substring(0, end);
        int slash = type.indexOf('/');
        if (slash < 0) {
            return type.trim().toLowerCase(Locale.ROOT);
        }
        // LWS is allowed around the slash
        return (type.substring(0, slash).trim() + "/"
                        + type.substring(slash + 1).trim())
                .toLowerCase(Locale.ROOT);
    }

    /** Empty also when the parameters cannot be read. */
    static Optional<String> charset(String value) {
        int end = value.indexOf(';');
        Map<String, String> read = end < 0 ? null : Parameters.parse(value, end);
        return read == null ? Optional.empty() : Optional.ofNullable(read.get("charset"));
    }
}
