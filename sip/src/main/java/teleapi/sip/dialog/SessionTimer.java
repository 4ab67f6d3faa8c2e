package teleapi.sip.dialog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import teleapi.runtime.Loop;
import teleapi.sip.message.Header;
import teleapi.sip.message.SipMessage;
import teleapi.sip.message.SipRequest;
import teleapi.sip.message.SipResponse;

/**
 * Notices that a peer is gone although nobody says so: one side refreshes the session, the other waits for it.
 *
 * <pre>
 * Source  RFC 4028 §7 to §10
 * </pre>
 */
public final class SessionTimer {
    // Owned by the SIP worker of its dialog.
    /** RFC 4028 §4: less is a flood. */
    public static final int MIN_SECONDS = 90;

    private static final long SECOND = 1_000_000_000L;

    private final Station station;
    private final Runnable refresh;
    private final Runnable expired;
    private Loop.@Nullable Timer timer;
    private int seconds;
    private boolean weRefresh;

    SessionTimer(Station station, Runnable refresh, Runnable expired) {
        this.station = station;
        this.refresh = refresh;
        this.expired = expired;
    }

    /** Whether the far end asks for less than we accept: 422 (RFC 4028 §9). */
    public static boolean tooSmall(SipRequest request) {
        int asked = seconds(request);
        return asked > 0 && asked < MIN_SECONDS && supports(request);
    }

    /** As the one who answers: what our 2xx says of it, and from now on it runs (RFC 4028 §9). */
    List<Header> answer(SipRequest request) {
        int asked = seconds(request);
        if (asked == 0) {
            stop();
            return List.of();
        }
        boolean theyCan = supports(request);
        weRefresh = !theyCan || refresher(request).equals("uas");
        List<Header> headers = new ArrayList<>(2);
        if (!weRefresh) {
            headers.add(new Header("Require", "timer"));
        }
        headers.add(new Header("Session-Expires", asked + ";refresher=" + (weRefresh ? "uas" : "uac")));
        start(asked);
        return headers;
    }

    /** As the one who asked: what the 2xx says (RFC 4028 §7.2). */
    void answered(SipResponse response) {
        int agreed = seconds(response);
        if (agreed == 0) {
            stop();
            return;
        }
        weRefresh = !refresher(response).equals("uas");
        start(Math.max(agreed, MIN_SECONDS));
    }

    /** What our re-INVITE or UPDATE says of it (RFC 4028 §7.4). */
    List<Header> offer() {
        return seconds == 0
                ? List.of()
                : List.of(
                        new Header("Session-Expires", seconds + ";refresher=" + (weRefresh ? "uac" : "uas")),
                        new Header("Min-SE", String.valueOf(MIN_SECONDS)));
    }

    void stop() {
        seconds = 0;
        if (timer != null) {
            timer.cancel();
        }
    }

    private void start(int agreed) {
        seconds = agreed;
        if (timer == null) {
            timer = station.timers().timer(this::fired);
        }
        // RFC 4028 §10: refreshed at half time; given up ahead of expiry by 32 s or a third of it, whichever is less
        long wait = weRefresh ? agreed / 2 : agreed - Math.min(32, agreed / 3);
        timer.at(station.time().nanos() + wait * SECOND);
    }

    private void fired() {
        if (seconds == 0) {
            return;
        }
        if (weRefresh) {
            // a refresh that fails ends the dialog by itself; one that is late is tried again
            start(seconds);
            refresh.run();
        } else {
            seconds = 0;
            expired.run();
        }
    }

    private static boolean supports(SipMessage message) {
        return message.headers("Supported").contains("timer")
                || message.headers("Require").contains("timer");
    }

    private static int seconds(SipMessage message) {
        String text = message.header("Session-Expires").orElse("");
        int digits = 0;
        long value = 0;
        while (digits < text.length()
                && Character.digit(text.charAt(digits), 10) >= 0
                && value < Integer.MAX_VALUE / 2) {
            value = value * 10 + Character.digit(text.charAt(digits), 10);
            digits++;
        }
        // a day is long enough for any session to be refreshed once
        return (int) Math.min(value, 86_400);
    }

    private static String refresher(SipMessage message) {
        Optional<String> text = message.header("Session-Expires");
        int at = text.map(value -> value.indexOf("refresher=")).orElse(-1);
        if (at < 0) {
            return "";
        }
        String rest = text.get().substring(at + "refresher=".length());
        return rest.regionMatches(true, 0, "uas", 0, 3) ? "uas" : rest.regionMatches(true, 0, "uac", 0, 3) ? "uac" : "";
    }
}
