package teleapi.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import teleapi.call.Sid;
import teleapi.call.Trunk;
import teleapi.media.codec.Codec;
import teleapi.sip.message.Host;
import teleapi.store.StoreSettings;

/**
 * How a server is set up, checked.
 *
 * @param rtpLow first RTP port; 0: any free ones
 * @param publicAddress what others are told to reach us at
 * @param publicUrl where applications reach the API, without a slash at its end; empty: where it listens
 * @param codecs what calls may be spoken in, in the order in which we offer it
 * @param database a PostgreSQL URL; empty: embedded, under {@code data}
 * @param mediaTimeout how long nothing may come from a far end that is not on hold; zero: for ever
 * @param recogniser auto, none, or a name
 * @param speech auto, or the name of the engine that comes first
 * @param drain how long live calls may go on when the server is asked to end
 * @param keepRecordings how long after its end a recording is kept; empty: for ever
 */
public record Settings(
        Path data,
        InetSocketAddress http,
        InetSocketAddress sip,
        int rtpLow,
        int rtpHigh,
        String publicAddress,
        Optional<String> publicUrl,
        List<Codec> codecs,
        Optional<String> database,
        Optional<Trunk> trunk,
        Duration mediaTimeout,
        Duration drain,
        Optional<Duration> keepRecordings,
        String recogniser,
        String speech,
        Optional<StoreSettings.FirstAccount> first) {
    private static final int SHORTEST_TOKEN = 8;
    private static final Duration MEDIA_TIMEOUT = Duration.ofSeconds(60);

    /** What stands for whatever is there. */
    static final String AUTO = "auto";

    private static final List<String> RECOGNISERS = List.of(AUTO, "pocketsphinx", "none");
    private static final List<String> SPEAKERS = List.of(AUTO, "flite", "espeak-ng", "freetts");

    /** Everything on free ports of the loopback address: for a demo or a test. */
    public static Settings onFreePorts(Path data) {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        String host = InetAddress.getLoopbackAddress().getHostAddress();
        return new Settings(
                data,
                any,
                any,
                0,
                0,
                host,
                Optional.empty(),
                Codec.all(),
                Optional.empty(),
                Optional.empty(),
                MEDIA_TIMEOUT,
                Duration.ofSeconds(5),
                Optional.empty(),
                AUTO,
                AUTO,
                Optional.empty());
    }

    public Settings withTrunk(Trunk to) {
        return new Settings(
                data,
                http,
                sip,
                rtpLow,
                rtpHigh,
                publicAddress,
                publicUrl,
                codecs,
                database,
                Optional.of(to),
                mediaTimeout,
                drain,
                keepRecordings,
                recogniser,
                speech,
                first);
    }

    /** At least 6 s: the first notice comes after five. */
    private static Duration mediaTimeout(Configuration configuration) throws StartException {
        return number(configuration.text(Setting.MEDIA_TIMEOUT), 0, 86_400)
                .filter(seconds -> seconds == 0 || seconds >= 6)
                .map(Duration::ofSeconds)
                .orElseThrow(() -> bad(Setting.MEDIA_TIMEOUT, "must be 0, or seconds from 6 to 86400"));
    }

    static Settings of(Configuration configuration) throws StartException {
        InetSocketAddress sip = address(configuration, Setting.SIP);
        Optional<String> given = configuration.given(Setting.PUBLIC_ADDRESS);
        if (given.isEmpty() && sip.getAddress().isAnyLocalAddress()) {
            throw new StartException(
                    "--sip listens on all addresses: say with --public-address which one others reach");
        }
        if (given.isPresent()
                && Host.parse(given.get()).isEmpty()
                && Host.parse("[" + given.get() + "]").isEmpty()) {
            throw bad(Setting.PUBLIC_ADDRESS, "must be an address or a host name");
        }
        int[] rtp = ports(configuration.text(Setting.RTP_PORTS));
        return new Settings(
                Path.of(configuration.text(Setting.DATA)),
                address(configuration, Setting.HTTP),
                sip,
                rtp[0],
                rtp[1],
                given.orElse(sip.getAddress().getHostAddress()),
                publicUrl(configuration),
                codecs(configuration.text(Setting.CODECS)),
                database(configuration),
                trunk(configuration),
                mediaTimeout(configuration),
                Duration.ofSeconds(number(configuration.text(Setting.DRAIN), 0, 86_400)
                        .orElseThrow(() -> bad(Setting.DRAIN, "must be seconds, 0 to 86400"))),
                keepRecordings(configuration),
                one(configuration, Setting.RECOGNISER, RECOGNISERS),
                one(configuration, Setting.SPEECH, SPEAKERS),
                first(configuration));
    }

    private static InetSocketAddress address(Configuration configuration, Setting setting) throws StartException {
        String text = configuration.text(setting);
        int colon = text.lastIndexOf(':');
        Optional<Integer> port = colon < 1 ? Optional.empty() : number(text.substring(colon + 1), 0, 65_535);
        if (port.isEmpty()) {
            throw bad(setting, "must be HOST:PORT, such as " + setting.usual());
        }
        String host = text.substring(0, colon);
        try {
            return new InetSocketAddress(InetAddress.getAllByName(host)[0], port.get());
        } catch (UnknownHostException e) {
            throw bad(setting, "the host " + host + " has no address");
        }
    }

    private static int[] ports(String text) throws StartException {
        if (text.equals("0") || text.equals("0-0")) {
            return new int[] {0, 0};
        }
        int dash = text.indexOf('-');
        Optional<Integer> low = dash < 1 ? Optional.empty() : number(text.substring(0, dash), 1_024, 65_535);
        Optional<Integer> high = dash < 1 ? Optional.empty() : number(text.substring(dash + 1), 1_024, 65_535);
        if (low.isEmpty() || high.isEmpty() || low.get() >= high.get()) {
            throw bad(Setting.RTP_PORTS, "must be LOW-HIGH, such as " + Setting.RTP_PORTS.usual());
        }
        // RFC 3550 §11: RTP has the even port, RTCP the next one.
        return new int[] {low.get() + low.get() % 2, high.get()};
    }

    private static Optional<String> publicUrl(Configuration configuration) throws StartException {
        Optional<String> given = configuration.given(Setting.PUBLIC_URL);
        if (given.isPresent() && !begins(given.get())) {
            throw bad(
                    Setting.PUBLIC_URL,
                    "must be http:// or https:// with a host, without user, ? and #, such as"
                            + " https://voice.example.com");
        }
        return given.map(url -> url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
    }

    /** Whether it can be what a URL begins with. */
    private static boolean begins(String url) {
        try {
            URI uri = new URI(url);
            return Set.of("http", "https").contains(String.valueOf(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
        } catch (URISyntaxException none) {
            return false;
        }
    }

    private static Optional<Duration> keepRecordings(Configuration configuration) throws StartException {
        Optional<String> days = configuration.given(Setting.KEEP_RECORDINGS);
        if (days.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofDays(number(days.get(), 1, 36_500)
                .orElseThrow(() -> bad(Setting.KEEP_RECORDINGS, "must be days, 1 to 36500"))));
    }

    private static List<Codec> codecs(String text) throws StartException {
        List<Codec> codecs = new ArrayList<>();
        for (String name : text.split(",", -1)) {
            codecs.add(Codec.of(name)
                    .filter(codec -> !codecs.contains(codec))
                    .orElseThrow(() -> bad(Setting.CODECS, "must be some of " + Setting.CODECS.usual())));
        }
        return codecs;
    }

    private static Optional<String> database(Configuration configuration) throws StartException {
        Optional<String> url = configuration.given(Setting.DATABASE);
        if (url.isPresent() && !url.get().startsWith("jdbc:postgresql:")) {
            throw bad(Setting.DATABASE, "must begin with jdbc:postgresql:");
        }
        return url;
    }

    private static Optional<Trunk> trunk(Configuration configuration) throws StartException {
        Optional<String> uri = configuration.given(Setting.TRUNK);
        if (uri.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Trunk.parse(uri.get())
                .orElseThrow(() -> bad(Setting.TRUNK, "must be a SIP URI, such as sip:carrier.example")));
    }

    private static String one(Configuration configuration, Setting setting, List<String> names) throws StartException {
        String name = configuration.text(setting);
        if (!names.contains(name)) {
            throw bad(setting, "must be one of " + String.join(", ", names));
        }
        return name;
    }

    private static Optional<StoreSettings.FirstAccount> first(Configuration configuration) throws StartException {
        Optional<String> sid = configuration.given(Setting.ACCOUNT_SID);
        Optional<String> token = configuration.given(Setting.AUTH_TOKEN);
        if (sid.isEmpty() && token.isEmpty()) {
            return Optional.empty();
        }
        if (sid.isEmpty() || token.isEmpty()) {
            throw new StartException("TELEAPI_ACCOUNT_SID and TELEAPI_AUTH_TOKEN are set together, or not at all");
        }
        if (token.get().length() < SHORTEST_TOKEN) {
            throw bad(Setting.AUTH_TOKEN, "must have at least " + SHORTEST_TOKEN + " characters");
        }
        Sid account = Sid.parse(Sid.ACCOUNT, sid.get())
                .orElseThrow(() -> bad(Setting.ACCOUNT_SID, "must be AC and 32 lower-case hex digits"));
        return Optional.of(new StoreSettings.FirstAccount(account, token.get()));
    }

    private static StartException bad(Setting setting, String why) {
        return new StartException(setting.called() + ": " + why);
    }

    private static Optional<Integer> number(String text, int lowest, int highest) {
        boolean digits = !text.isEmpty() && text.length() <= 6 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits
                ? Optional.of(Integer.parseInt(text)).filter(number -> number >= lowest && number <= highest)
                : Optional.empty();
    }
}
