package teleapi.media.sdp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import teleapi.media.codec.Codec;
import teleapi.media.codec.Wideband;

/**
 * The formats of an m= section that we speak.
 *
 * @param codecs in the section's order
 * @param events telephone-event, perhaps at several rates, in the section's order
 */
record AudioFormats(List<PayloadType> codecs, List<EventType> events) {
    /** Without a rate of its own. */
    private static final int USUAL_RATE = 8_000;

    private static final String EVENTS = "telephone-event";

    /** An event number has to be below 256 (RFC 4733 §2.3.1); 16 is the hook flash, the only one beyond the keys that phones send. */
    private static final int FLASH = 16;

    private static final int MOST_RATE = 192_000;

    static AudioFormats of(MediaDescription section, List<Codec> known) {
        Map<String, String> maps = new HashMap<>();
        Map<String, String> parameters = new HashMap<>();
        for (Attribute attribute : section.attributes()) {
            Map<String, String> into = switch (attribute.name()) {
                case "rtpmap" -> maps;
                case "fmtp" -> parameters;
                default -> null;
            };
            int blank = attribute.value().indexOf(' ');
            if (into != null && blank > 0) {
                into.putIfAbsent(
                        attribute.value().substring(0, blank),
                        attribute.value().substring(blank + 1).strip());
            }
        }
        List<PayloadType> codecs = new ArrayList<>();
        List<EventType> events = new ArrayList<>();
        for (String format : section.formats()) {
            OptionalInt number = SdpParser.number(format, 127);
            if (number.isEmpty()) {
                continue;
            }
            int type = number.getAsInt();
            Optional<String> map = Optional.ofNullable(maps.get(format));
            codec(type, map, known).ifPresent(codec -> codecs.add(new PayloadType(type, codec)));
            if (map.isPresent() && map.get().regionMatches(true, 0, EVENTS + "/", 0, EVENTS.length() + 1)) {
                boolean flash = covers(parameters.getOrDefault(format, ""), FLASH);
                SdpParser.number(rateOf(map.get().substring(EVENTS.length() + 1)), MOST_RATE)
                        .ifPresent(rate -> events.add(new EventType(type, rate, flash)));
            }
        }
        return new AudioFormats(List.copyOf(codecs), List.copyOf(events));
    }

    /** RFC 4733 §2.1, §2.5.1.1: at the clock of the sound beside it; but phones that speak Opus know their old 8 kHz ones alone. */
    Optional<EventType> events(Codec beside) {
        return at(beside.clockRate()).or(() -> beside == Wideband.OPUS ? at(USUAL_RATE) : Optional.empty());
    }

    private Optional<EventType> at(int rate) {
        return events.stream().filter(type -> type.rate() == rate).findFirst();
    }

    Optional<PayloadType> find(Codec codec) {
        return codecs.stream().filter(type -> type.codec() == codec).findFirst();
    }

    /** By its rtpmap, else by its static number (RFC 3551 §6). */
    private static Optional<Codec> codec(int type, Optional<String> map, List<Codec> known) {
        for (Codec codec : known) {
            boolean same = map.isPresent()
                    ? names(map.get(), codec)
                    : codec.staticPayloadType().isPresent()
                            && codec.staticPayloadType().getAsInt() == type;
            if (same) {
                return Optional.of(codec);
            }
        }
        return Optional.empty();
    }

    /** RFC 8866 §6.6: {@code encoding/clock[/channels]}; the encoding without regard to case. */
    private static boolean names(String map, Codec codec) {
        String whole = codec.encoding() + "/" + codec.clockRate();
        if (!map.regionMatches(true, 0, whole, 0, whole.length())) {
            return false;
        }
        String rest = map.substring(whole.length());
        return rest.equals("/" + codec.channels()) || (rest.isEmpty() && codec.channels() == 1);
    }

    private static String rateOf(String rateAndChannels) {
        int slash = rateAndChannels.indexOf('/');
        return slash < 0 ? rateAndChannels : rateAndChannels.substring(0, slash);
    }

    /** RFC 4733 §2.4.1: {@code 0-15,66,70}; nothing said is 0-15. */
    private static boolean covers(String events, int event) {
        int at = 0;
        while (at < events.length()) {
            int comma = events.indexOf(',', at);
            int end = comma < 0 ? events.length() : comma;
            String range = events.substring(at, end).strip();
            int dash = range.indexOf('-');
            OptionalInt low = SdpParser.number(dash < 0 ? range : range.substring(0, dash), 255);
            OptionalInt high = SdpParser.number(dash < 0 ? range : range.substring(dash + 1), 255);
            if (low.isPresent() && high.isPresent() && low.getAsInt() <= event && event <= high.getAsInt()) {
                return true;
            }
            at = end + 1;
        }
        return false;
    }
}
