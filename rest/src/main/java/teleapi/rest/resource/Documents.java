package teleapi.rest.resource;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import teleapi.call.NewDocument;
import teleapi.rcml.HttpMethod;
import teleapi.rcml.Parsed;
import teleapi.rcml.RcmlParser;
import teleapi.rest.http.Code;
import teleapi.rest.http.Parameters;
import teleapi.rest.http.Refused;

/** Reads the parameters that say which document a call is to run: Url or Rcml (Twiml), and the fallback. */
final class Documents {
    private Documents() {}

    /**
     * Url or Rcml, not both.
     *
     * @return empty when neither is there
     */
    static Optional<NewDocument> read(Parameters parameters) {
        Optional<NewDocument.Fetch> fallback = fetch(parameters, "FallbackUrl", "FallbackMethod");
        Optional<NewDocument.Fetch> url = fetch(parameters, "Url", "Method");
        Optional<String> rcml = inline(parameters, "Rcml", "Twiml");
        if (url.isPresent() && rcml.isPresent()) {
            throw Refused.parameter(Code.EXCLUDES, "Url", "not together with Rcml");
        }
        if (url.isPresent()) {
            return Optional.of(new NewDocument.AtUrl(url.get(), fallback));
        }
        return rcml.map(text -> new NewDocument.Inline(text, fallback));
    }

    /** ConnectedUrl or ConnectedRcml: what the other leg is to run. */
    static Optional<NewDocument> connected(Parameters parameters) {
        Optional<NewDocument.Fetch> url = fetch(parameters, "ConnectedUrl", "ConnectedMethod");
        Optional<String> rcml = inline(parameters, "ConnectedRcml", "ConnectedTwiml");
        if (url.isPresent() && rcml.isPresent()) {
            throw Refused.parameter(Code.EXCLUDES, "ConnectedUrl", "not together with ConnectedRcml");
        }
        return url.<NewDocument>map(fetch -> new NewDocument.AtUrl(fetch, Optional.empty()))
                .or(() -> rcml.map(text -> new NewDocument.Inline(text, Optional.empty())));
    }

    /** A URL with the method that goes with it; the method is checked also when the URL is absent. */
    static Optional<NewDocument.Fetch> fetch(Parameters parameters, String url, String method) {
        HttpMethod how = parameters.method(method).orElse(HttpMethod.POST);
        return parameters.url(url).map(where -> new NewDocument.Fetch(where, how));
    }

    /** Parsed here already, so that a wrong document is a 400 and no call notices it. */
    private static Optional<String> inline(Parameters parameters, String name, String alias) {
        Optional<String> rcml = parameters.raw(name).filter(text -> !text.isBlank());
        Optional<String> twiml = parameters.raw(alias).filter(text -> !text.isBlank());
        if (rcml.isPresent() && twiml.isPresent()) {
            throw Refused.parameter(Code.EXCLUDES, name, "not together with its alias " + alias);
        }
        Optional<String> document = rcml.or(() -> twiml);
        document.ifPresent(text -> {
            if (RcmlParser.parse(text.getBytes(StandardCharsets.UTF_8)) instanceof Parsed.Invalid invalid) {
                throw Refused.with(
                        400,
                        invalid.code(),
                        (rcml.isPresent() ? name : alias) + ": line "
                                + invalid.position().line() + ", column "
                                + invalid.position().column() + ": " + invalid.reason());
            }
        });
        return document;
    }
}
