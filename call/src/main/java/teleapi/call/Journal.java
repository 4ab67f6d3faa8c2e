package teleapi.call;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import teleapi.media.MediaEvent;
import teleapi.runtime.Time;

/**
 * What one call took and did, with times: trace, test and bug report in one.
 *
 * <pre>
 * Shape   the last 500 lines; digits are not shown (they may be a card number)
 * Thread  the call's
 * Source  ARCHITECTURE "The idea", 4; reference/reliability.md M8
 * </pre>
 */
public final class Journal {
    private static final int MOST_LINES = 500;

    private final Time time;
    private final long begin;
    private final ArrayDeque<String> lines = new ArrayDeque<>();

    Journal(Time time) {
        this.time = time;
        this.begin = time.nanos();
    }

    public void took(CallMessage message) {
        line("<- " + shown(message));
    }

    public void dropped(CallMessage message) {
        line("   stale, dropped: " + shown(message));
    }

    public void did(String what) {
        line("   " + what);
    }

    public List<String> lines() {
        return new ArrayList<>(lines);
    }

    private void line(String text) {
        if (lines.size() == MOST_LINES) {
            lines.removeFirst();
        }
        lines.addLast((time.nanos() - begin) / 1_000_000 + " ms " + text);
    }

    private static String shown(CallMessage message) {
        return switch (message) {
            case CallCommand.Modify modify -> "Modify " + modify.modification().sid();
            case CallCommand.HangUp hangUp -> "HangUp " + hangUp.reason().text();
            case CallEvent.DialogHappened happened ->
                happened.event().getClass().getSimpleName();
            case CallEvent.MediaHappened happened
            when happened.event() instanceof MediaEvent.DigitPressed -> "DigitPressed";
            case CallEvent.MediaHappened happened -> happened.event().toString();
            case CallEvent.Fetched fetched -> "Fetched " + fetched.fetch();
            case CallEvent.SoundLoaded loaded -> "SoundLoaded " + loaded.load();
            case CallEvent.ChildRinging child -> "ChildRinging " + child.child().sid();
            case CallEvent.ChildPickedUp child ->
                "ChildPickedUp " + child.child().sid();
            case CallEvent.ChildAnswered child ->
                "ChildAnswered " + child.child().sid();
            case CallEvent.ChildEnded child ->
                "ChildEnded " + child.child().sid() + " "
                        + child.record().status().text();
            case CallEvent.Joined joined -> "Joined";
            case CallEvent.NotWanted not -> "NotWanted: " + not.reason().text();
            case CallEvent.PeerLeft left -> "PeerLeft " + left.child();
            case CallEvent.MoveAlong move -> "MoveAlong " + move.modification();
            case CallEvent.FollowerPrepared prepared -> "FollowerPrepared " + prepared.prepared();
            case CallEvent.MoveNow move -> "MoveNow " + move.modification();
            case CallEvent.MoveOff move -> "MoveOff " + move.modification();
            case CallEvent.HearOver over -> "HearOver " + over.handle();
            case CallEvent.HearNoMore more -> "HearNoMore";
            case CallEvent.BridgeLeft left -> "BridgeLeft " + left.bridge();
            case CallEvent.FollowerMoved moved -> "FollowerMoved " + moved.modification();
            case CallEvent.ConferenceEntered entered -> "ConferenceEntered " + entered.sid();
            case CallEvent.ConferenceFull full -> "ConferenceFull";
            case CallEvent.ConferenceStarted started -> "ConferenceStarted";
            case CallEvent.ConferenceEnded ended -> "ConferenceEnded " + ended.reason();
        };
    }
}
