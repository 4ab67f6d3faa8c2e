package teleapi.media.speech;

import java.util.List;

/**
 * What is to be recognised.
 *
 * @param language a BCP 47 tag such as en-US
 * @param hints the phrases that can have been said; empty: anything
 * @param provisional it goes on: better soon than well
 */
public record Expected(String language, List<String> hints, boolean provisional) {
    public Expected {
        hints = List.copyOf(hints);
    }
}
