package teleapi.rcml;

import java.util.Optional;

/**
 * That a recording becomes text.
 *
 * @param callback who is told of the text; empty: nobody
 */
public record Transcribe(Optional<String> callback, HttpMethod method) {
    /** Empty when it is not asked for. A callback alone asks for it. */
    static Optional<Transcribe> read(Attributes attributes) {
        boolean asked = attributes.flag("transcribe", false, RcmlCode.SCHEMA_WARNING);
        Optional<String> callback = attributes.url("transcribeCallback", RcmlCode.SCHEMA_WARNING);
        HttpMethod method = attributes.method("transcribeCallbackMethod", RcmlCode.SCHEMA_WARNING);
        return asked || callback.isPresent() ? Optional.of(new Transcribe(callback, method)) : Optional.empty();
    }
}
