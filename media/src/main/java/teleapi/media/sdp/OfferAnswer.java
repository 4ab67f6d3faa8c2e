package teleapi.media.sdp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import teleapi.media.codec.Codec;
import teleapi.media.codec.G711;

/**
 * One side of the offer/answer exchanges of a session: where they stand, as a value. Each step answers the next state; who holds it decides
 * whether to take it.
 *
 * <pre>
 * Shape   one audio stream, RTP/AVP; further m= lines of an offer are refused with port 0, and keep their places ever after
 * Units   ptime in ms
 * Thread  immutable
 * Errors  Outcome.NoCommonCodec, Outcome.Unreadable; the state before stays good
 * Source  RFC 3264 §5-8, RFC 6337 §5.3 (what a held side offers), RFC 5761 §5.1 (rtcp-mux)
 * </pre>
 *
 * @param host ours, as it stands in c= and o=
 * @param port our RTP port
 * @param policy where packets may go
 * @param codecs what we speak, the one we like best first
 * @param id of o=, constant
 * @param version of o= of what we said last
 * @param said our last description; empty before the first
 * @param place of the audio stream among the m= lines
 * @param stream what is agreed
 */
public record OfferAnswer(
        String host,
        int port,
        AddressPolicy policy,
        List<Codec> codecs,
        long id,
        long version,
        Optional<SessionDescription> said,
        int place,
        Optional<AudioStream> stream) {
    private static final int PTIME = 20;
    private static final int EVENTS = 101;
    private static final String AVP = "RTP/AVP";

    /** Nothing said yet, for one who speaks G.711 alone. {@code id} should be unguessable enough that no two sessions share it. */
    public static OfferAnswer begin(String host, int port, long id) {
        return begin(host, port, id, List.of(G711.PCMU, G711.PCMA));
    }

    /** Nothing said yet. */
    public static OfferAnswer begin(String host, int port, long id, List<Codec> codecs) {
        return new OfferAnswer(
                host,
                port,
                AddressPolicy.of(host),
                List.copyOf(codecs),
                Math.abs(id % (1L << 62)),
                0,
                Optional.empty(),
                0,
                Optional.empty());
    }

    /** What we said last: an offer or an answer. Empty before the first. */
    public byte[] sdp() {
        return said.map(SessionDescription::bytes).orElse(new byte[0]);
    }

    /** Makes an offer: all we speak the first time, what was agreed later. Always both ways: a hold of the far end is its own to keep. */
    public OfferAnswer offer() {
        return offer(Optional.empty());
    }

    /** The same, with {@code favourite} before all others if we speak it: who is to hear this far end speaks that. */
    public OfferAnswer offer(Optional<Codec> favourite) {
        MediaDescription audio = stream.map(this::agreedAudio).orElseGet(() -> fullAudio(favourite));
        List<MediaDescription> media = new ArrayList<>();
        said.map(SessionDescription::media).orElse(List.of()).forEach(section -> media.add(section.refused()));
        if (media.isEmpty()) {
            media.add(audio);
        } else {
            media.set(place, audio);
        }
        return saying(media, place, stream);
    }

    /** Answers the far end's offer, the first or a later one. */
    public Outcome answer(byte[] offer) {
        return switch (SdpParser.parse(offer)) {
            case SdpReading.Unreadable(String reason) -> new Outcome.Unreadable(reason);
            case SdpReading.Described(SessionDescription theirs) -> answer(theirs);
        };
    }

    /** Takes the far end's answer to our last offer. */
    public Outcome accept(byte[] answer) {
        return switch (SdpParser.parse(answer)) {
            case SdpReading.Unreadable(String reason) -> new Outcome.Unreadable(reason);
            case SdpReading.Described(SessionDescription theirs) -> accept(theirs);
        };
    }

    private Outcome answer(SessionDescription theirs) {
        for (int i = 0; i < theirs.media().size(); i++) {
            MediaDescription section = theirs.media().get(i);
            AudioFormats formats = AudioFormats.of(section, codecs);
            if (isAudio(section) && !formats.codecs().isEmpty()) {
                return answer(theirs, i, section, formats);
            }
        }
        return new Outcome.NoCommonCodec();
    }

    private Outcome answer(SessionDescription theirs, int at, MediaDescription section, AudioFormats formats) {
        PayloadType codec = formats.codecs().getFirst();
        boolean mux = section.attribute("rtcp-mux").isPresent();
        List<EventType> events = formats.events(codec.codec()).stream().toList();
        return switch (far(theirs, section, mux)) {
            case Far.Refused(String reason) -> new Outcome.Unreadable(reason);
            case Far.Reached(
                    Optional<InetSocketAddress> rtp,
                    Optional<InetSocketAddress> rtcp,
                    Direction direction) -> {
                AudioStream agreed = new AudioStream(
                        rtp,
                        rtcp,
                        mux,
                        codec,
                        List.of(codec),
                        number(events),
                        number(events),
                        rate(events),
                        direction,
                        !direction.sends(),
                        ptime(section));
                List<MediaDescription> media = new ArrayList<>();
                theirs.media().forEach(other -> media.add(other.refused()));
                media.set(at, audio(List.of(codec), events, mux, direction));
                yield new Outcome.Agreed(saying(media, at, Optional.of(agreed)), agreed);
            }
        };
    }

    private Outcome accept(SessionDescription theirs) {
        Optional<MediaDescription> offered = said.map(ours -> ours.media().get(place));
        if (offered.isEmpty()) {
            return new Outcome.Unreadable("an answer without an offer");
        }
        // RFC 3264 §6: the answer has as many m= lines as the offer, in its order. More is odd but harmless.
        if (theirs.media().size() <= place || !theirs.media().get(place).kind().equals("audio")) {
            return new Outcome.Unreadable("the answer has no m=audio where the offer had it");
        }
        MediaDescription section = theirs.media().get(place);
        AudioFormats formats = AudioFormats.of(section, codecs);
        AudioFormats ours = AudioFormats.of(offered.get(), codecs);
        // Each side numbers what it receives (RFC 3264 §5.1): theirs for our packets, ours for theirs.
        List<PayloadType> receives = formats.codecs().stream()
                .flatMap(type -> ours.find(type.codec()).stream())
                .distinct()
                .toList();
        if (!isAudio(section) || receives.isEmpty()) {
            return new Outcome.NoCommonCodec();
        }
        PayloadType sends = formats.find(receives.getFirst().codec()).orElseThrow();
        boolean mux = section.attribute("rtcp-mux").isPresent()
                && offered.get().attribute("rtcp-mux").isPresent();
        List<EventType> events = formats.events(sends.codec()).stream().toList();
        List<EventType> ourEvents = ours.events().stream()
                .filter(type -> type.rate() == rate(events) && !events.isEmpty())
                .toList();
        return switch (far(theirs, section, mux)) {
            case Far.Refused(String reason) -> new Outcome.Unreadable(reason);
            case Far.Reached(
                    Optional<InetSocketAddress> rtp,
                    Optional<InetSocketAddress> rtcp,
                    Direction direction) -> {
                AudioStream agreed = new AudioStream(
                        rtp,
                        rtcp,
                        mux,
                        sends,
                        receives,
                        number(events),
                        number(ourEvents),
                        rate(events),
                        direction,
                        !direction.sends(),
                        ptime(section));
                yield new Outcome.Agreed(
                        new OfferAnswer(host, port, policy, codecs, id, version, said, place, Optional.of(agreed)),
                        agreed);
            }
        };
    }

    private OfferAnswer saying(List<MediaDescription> media, int at, Optional<AudioStream> agreed) {
        Origin origin = new Origin("teleapi", Long.toString(id), Long.toString(version + 1), host);
        SessionDescription description = new SessionDescription(origin, Optional.of(host), List.of(), media);
        return new OfferAnswer(host, port, policy, codecs, id, version + 1, Optional.of(description), at, agreed);
    }

    private MediaDescription fullAudio(Optional<Codec> favourite) {
        List<PayloadType> types = Stream.concat(favourite.stream().filter(codecs::contains), codecs.stream())
                .distinct()
                .map(codec -> new PayloadType(codec.offeredPayloadType(), codec))
                .toList();
        List<Integer> rates = types.stream()
                .map(type -> type.codec().clockRate())
                .distinct()
                .sorted()
                .toList();
        List<EventType> events = new ArrayList<>();
        for (int rate : rates) {
            events.add(new EventType(EVENTS + events.size(), rate, true));
        }
        return audio(types, events, true, Direction.SENDRECV);
    }

    private MediaDescription agreedAudio(AudioStream agreed) {
        List<EventType> events = agreed.receivesEvents().stream()
                .mapToObj(number -> new EventType(number, agreed.eventRate(), true))
                .toList();
        return audio(agreed.receives(), events, agreed.rtcpMux(), Direction.SENDRECV);
    }

    private static OptionalInt number(List<EventType> events) {
        return events.stream().mapToInt(EventType::number).findFirst();
    }

    private static int rate(List<EventType> events) {
        return events.isEmpty() ? G711.PCMU.clockRate() : events.getFirst().rate();
    }

    private MediaDescription audio(List<PayloadType> types, List<EventType> events, boolean mux, Direction direction) {
        List<String> formats = new ArrayList<>();
        List<Attribute> attributes = new ArrayList<>();
        for (PayloadType type : types) {
            formats.add(Integer.toString(type.number()));
            attributes.add(new Attribute("rtpmap", type.number() + " " + rtpmap(type.codec())));
            type.codec()
                    .parameters()
                    .ifPresent(said -> attributes.add(new Attribute("fmtp", type.number() + " " + said)));
        }
        for (EventType type : events) {
            formats.add(Integer.toString(type.number()));
            attributes.add(new Attribute("rtpmap", type.number() + " telephone-event/" + type.rate()));
            // RFC 4733 §2.5.1.1: what we answer is no more than what was offered.
            attributes.add(new Attribute("fmtp", type.number() + (type.flash() ? " 0-16" : " 0-15")));
        }
        attributes.add(new Attribute("ptime", Integer.toString(PTIME)));
        if (mux) {
            attributes.add(Attribute.flag("rtcp-mux"));
        }
        attributes.add(Attribute.flag(direction.word()));
        return new MediaDescription("audio", port, AVP, formats, Optional.empty(), attributes);
    }

    private static String rtpmap(Codec codec) {
        String map = codec.encoding() + "/" + codec.clockRate();
        return codec.channels() == 1 ? map : map + "/" + codec.channels();
    }

    /** Port 0 is a stream refused or ended; SRTP profiles are not spoken yet. */
    private static boolean isAudio(MediaDescription section) {
        return section.kind().equals("audio")
                && section.port() != 0
                && section.protocol().equals(AVP);
    }

    private static int ptime(MediaDescription section) {
        OptionalInt wished = section.attribute("ptime")
                .map(text -> SdpParser.number(text, 200))
                .orElse(OptionalInt.empty());
        return wished.isPresent() && wished.getAsInt() >= 10 ? wished.getAsInt() : PTIME;
    }

    /** Where the far end listens, and which way that leaves to us. */
    private sealed interface Far {
        record Reached(Optional<InetSocketAddress> rtp, Optional<InetSocketAddress> rtcp, Direction direction)
                implements Far {}

        record Refused(String reason) implements Far {}
    }

    private Far far(SessionDescription theirs, MediaDescription section, boolean mux) {
        Direction mirrored = Direction.of(theirs, section).mirrored();
        String there = theirs.hostOf(section).orElse("");
        if (AddressPolicy.isNowhere(there)) {
            // RFC 3264 §8.4: the old way to hold; the far end may go on sending.
            return new Far.Reached(Optional.empty(), Optional.empty(), mirrored.and(Direction.RECVONLY));
        }
        Optional<InetAddress> address = AddressPolicy.literal(there);
        if (address.isEmpty()) {
            return new Far.Refused(there.isEmpty() ? "SDP without c=" : "the address of c= is no IP address");
        }
        Optional<String> refusal = policy.refusal(address.get(), section.port());
        if (refusal.isPresent()) {
            return new Far.Refused("media to " + there + " refused: " + refusal.get());
        }
        InetSocketAddress rtp = new InetSocketAddress(address.get(), section.port());
        return new Far.Reached(Optional.of(rtp), mux ? Optional.of(rtp) : rtcp(section, rtp), mirrored);
    }

    /** RFC 3605 §2.1: {@code a=rtcp:port [IN IP4 address]}; without it the next port (RFC 3550 §11). */
    private Optional<InetSocketAddress> rtcp(MediaDescription section, InetSocketAddress rtp) {
        List<String> words = SdpParser.words(section.attribute("rtcp").orElse(""), 4);
        int next = rtp.getPort() + 1;
        if (!words.isEmpty()) {
            next = SdpParser.number(words.getFirst(), 65_535).orElse(next);
        }
        InetAddress address =
                words.size() == 4 ? AddressPolicy.literal(words.get(3)).orElse(rtp.getAddress()) : rtp.getAddress();
        return policy.refusal(address, next).isEmpty()
                ? Optional.of(new InetSocketAddress(address, next))
                : Optional.empty();
    }
}
