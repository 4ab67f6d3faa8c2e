package teleapi.call.script;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import teleapi.call.Call;
import teleapi.call.CallEvent;
import teleapi.call.CallStatus;
import teleapi.call.EndReason;
import teleapi.call.Equipment;
import teleapi.call.records.AccountEvent;
import teleapi.call.records.CallQuality;
import teleapi.media.MediaEvent;
import teleapi.media.MediaSession;
import teleapi.media.Quality;

/**
 * The far end as sound: whether it is there, and how well it went.
 *
 * <pre>
 * Thread  happened: the media loop's, never waits. The rest: the call's
 * Source  ADR-0023
 * </pre>
 */
final class Line {
    private static final int LOST = 29700;
    private static final int GONE = 29701;

    private final Script script;
    private final Call call;
    private final Equipment equipment;

    Line(Script script) {
        this.script = script;
        this.call = script.call;
        this.equipment = script.equipment;
    }

    /** How it went is known when the call has ended: that is kept here, and everything else is the call's to take. */
    void happened(MediaEvent event) {
        if (event instanceof MediaEvent.Measured measured) {
            keep(measured.quality());
        } else {
            call.post(new CallEvent.MediaHappened(event));
        }
    }

    private void keep(Quality quality) {
        if (quality.none()) {
            return;
        }
        equipment
                .callRecords()
                .write(new CallQuality(
                        call.sid(),
                        call.account().sid(),
                        equipment.world().time().now(),
                        quality));
        Map<String, String> details = details(quality);
        call.journal().media("quality", "", details);
        var values = new LinkedHashMap<String, String>();
        details.forEach((name, value) -> values.put(snake(name), value));
        equipment
                .events()
                .post(AccountEvent.now(
                        equipment.world(),
                        call.account().sid(),
                        AccountEvent.Topic.MEDIA,
                        "quality",
                        Optional.of(call.sid()),
                        values));
        if (call.snapshot().status().ended()) {
            // It was kept without this.
            script.progress.keepJournal();
        }
    }

    private static Map<String, String> details(Quality quality) {
        var details = new LinkedHashMap<String, String>();
        details.put("Codec", quality.codec());
        details.put("PacketsSent", Long.toString(quality.sent()));
        details.put("PacketsReceived", Long.toString(quality.received()));
        details.put("PacketsLost", Long.toString(quality.lost()));
        details.put("PacketsExcess", Long.toString(quality.excess()));
        details.put("Jitter", rounded(quality.jitter(), 1));
        quality.roundTrip().ifPresent(millis -> details.put("RoundTrip", rounded(millis, 1)));
        quality.opinion().ifPresent(score -> details.put("Mos", rounded(score, 2)));
        quality.farOpinion().ifPresent(score -> details.put("FarMos", rounded(score, 2)));
        return details;
    }

    private static String rounded(double value, int digits) {
        return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).toPlainString();
    }

    private static String snake(String name) {
        var snake = new StringBuilder(name.length() + 4);
        for (int i = 0; i < name.length(); i++) {
            char letter = name.charAt(i);
            if (i > 0 && Character.isUpperCase(letter) && Character.isLowerCase(name.charAt(i - 1))) {
                snake.append('_');
            }
            snake.append(Character.toLowerCase(letter));
        }
        return snake.toString();
    }

    /** It has been answered: from now on the far end should be heard. */
    void answered() {
        call.media().ifPresent(MediaSession::expectSound);
    }

    void lost() {
        script.notify(
                false,
                LOST,
                "nothing has come from the far end for " + MediaSession.LOST_AFTER.toSeconds()
                        + " s, neither sound nor a report",
                "");
    }

    Interruption gone() {
        String why = "nothing has come from the far end for too long, neither sound nor a report";
        script.notify(true, GONE, why, "");
        return new Interruption(new Next.End(new EndReason(CallStatus.FAILED, EndReason.Cause.TIMEOUT, 480, why)));
    }
}
