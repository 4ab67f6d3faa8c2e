package teleapi.call.webhook;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import teleapi.rcml.HttpMethod;

/** URLs as they are requested: pure functions. */
public final class Urls {
    private static final Pattern SECRETS =
            Pattern.compile("(?i)((?:http|ws)s?://)(?:[^\\s/?#]*@)?([^\\s?#]*)([?#]\\S*)?");

    private static final Pattern USER = Pattern.compile("//[^/?#]*@");

    private Urls() {}

    /** What {@code reference} means in the document at {@code base}; empty when it is no http, https or store URL. */
    public static Optional<String> resolve(String base, String reference) {
        try {
            URI uri = base.isEmpty() ? URI.create(reference) : URI.create(base).resolve(reference);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            boolean usable = scheme.equals("store")
                    || uri.toString().equals(Sounds.MUSIC)
                    || ((scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null);
            return usable ? Optional.of(uri.toString()) : Optional.empty();
        } catch (IllegalArgumentException unusable) {
            return Optional.empty();
        }
    }

    /** The URL that goes out: without fragment, and with the parameters of a GET added to its query. */
    public static String requested(HttpMethod method, String url, Map<String, String> parameters) {
        int fragment = url.indexOf('#');
        String plain = fragment < 0 ? url : url.substring(0, fragment);
        if (method == HttpMethod.POST || parameters.isEmpty()) {
            return plain;
        }
        return plain + (plain.indexOf('?') < 0 ? "?" : "&") + form(parameters);
    }

    /** Text with the URLs in it as a journal may show them: without user, password and query, where tokens and digits can be. */
    public static String withoutSecrets(String text) {
        return text.indexOf("://") < 0
                ? text
                : SECRETS.matcher(text)
                        .replaceAll(url -> Matcher.quoteReplacement(
                                url.group(1) + url.group(2) + (url.group(3) == null ? "" : "?…")));
    }

    /** A URL as its account may read it: without user and password. */
    public static String withoutUser(String url) {
        return url.indexOf('@') < 0 ? url : USER.matcher(url).replaceFirst("//");
    }

    /** Form encoding. */
    public static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(field -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
