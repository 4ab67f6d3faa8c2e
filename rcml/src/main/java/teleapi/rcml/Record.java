package teleapi.rcml;

import java.time.Duration;
import java.util.Optional;

/**
 * Records what the party says, until it is silent, presses a key, hangs up, or has said enough.
 *
 * @param action what is requested with the recording; empty means the document's own URL
 * @param timeout so long a silence ends it
 * @param finishOnKey the keys that end it; empty text means none
 * @param trim whether the silence before and after what is said is left out
 * @param transcribe whether and how it becomes text
 */
public record Record(
        Position position,
        Optional<String> action,
        HttpMethod method,
        Duration timeout,
        String finishOnKey,
        Duration maxLength,
        boolean playBeep,
        boolean trim,
        RecordingCallback callback,
        Optional<Transcribe> transcribe)
        implements Verb {
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);
    public static final Duration MAX_TIMEOUT = Duration.ofMinutes(10);
    public static final String DEFAULT_FINISH_ON_KEY = "1234567890*#";
    public static final Duration DEFAULT_MAX_LENGTH = Duration.ofHours(1);
    /** As long as a call may last. */
    public static final Duration MAX_MAX_LENGTH = Duration.ofHours(4);

    public Record {
        Checked.range("timeout of Record", timeout, 1, MAX_TIMEOUT);
        Checked.length("finishOnKey of Record", finishOnKey, 0, Gather.KEYS.length());
        Checked.range("maxLength of Record", maxLength, 1, MAX_MAX_LENGTH);
    }

    static Record read(Element element, Findings findings) {
        Attributes attributes = new Attributes(element, findings);
        String finishOnKey = attributes.text(
                "finishOnKey",
                DEFAULT_FINISH_ON_KEY,
                k -> k.equals("-1")
                        || (k.length() <= Gather.KEYS.length() && k.chars().allMatch(c -> Gather.KEYS.indexOf(c) >= 0)),
                "keys of " + Gather.KEYS + ", -1 or empty",
                RcmlCode.RECORD_FINISH_ON_KEY);
        Record record = new Record(
                element.position(),
                attributes.url("action", RcmlCode.SCHEMA_WARNING),
                attributes.method("method", RcmlCode.RECORD_METHOD),
                attributes.seconds("timeout", 1, MAX_TIMEOUT, DEFAULT_TIMEOUT, RcmlCode.RECORD_LENGTH),
                finishOnKey.equals("-1") ? "" : finishOnKey,
                attributes.seconds("maxLength", 1, MAX_MAX_LENGTH, DEFAULT_MAX_LENGTH, RcmlCode.RECORD_LENGTH),
                attributes.flag("playBeep", true, RcmlCode.SCHEMA_WARNING),
                attributes
                        .choice("trim", "trim-silence", RcmlCode.SCHEMA_WARNING, "trim-silence", "do-not-trim")
                        .equals("trim-silence"),
                RecordingCallback.read(attributes),
                Transcribe.read(attributes));
        // restcomm.md 5.2: what is recorded; there is no video here.
        attributes.choice("media", "audio_only", RcmlCode.SCHEMA_WARNING, "audio_only");
        attributes.rest();
        return record;
    }
}
