package teleapi.call.bridge;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import teleapi.call.Equipment;
import teleapi.call.Journal;
import teleapi.call.bridge.ConferenceCallback.Topic;
import teleapi.call.records.AccountEvent;
import teleapi.call.records.ConferenceRecord;
import teleapi.call.records.OwedCallback;
import teleapi.call.records.RecordingRecord;
import teleapi.call.webhook.ProgressCallbacks;

/**
 * What is told of one conference: events to the listeners of its account, callbacks to whom its first participant named.
 *
 * <pre>
 * Shape   at most 1,000 callbacks wait for a slow receiver; what comes then is an event of the account alone, and takes no SequenceNumber.
 *         The end is always told
 * Thread  the conference's
 * Source  reference/peers.md 2.6 "Scope trap", 2.7; ADR-0013, ADR-0015
 * </pre>
 */
final class ConferenceNews {
    private static final int MOST_WAITING = 1_000;

    private record Subscription(ConferenceCallback to, ProgressCallbacks callbacks) {}

    private final Equipment equipment;
    private Optional<Subscription> subscription = Optional.empty();
    private Optional<OwedCallback> owed = Optional.empty();
    private int sequence;

    ConferenceNews(Equipment equipment) {
        this.equipment = equipment;
    }

    /** From now on {@code to} is told. */
    void subscribe(ConferenceRecord conference, ConferenceCallback to, String authToken) {
        subscription = Optional.of(new Subscription(
                to,
                new ProgressCallbacks(
                        equipment.world(),
                        equipment.webhooks(),
                        authToken,
                        new Journal(equipment.world().time(), ""))));
        owe(conference);
    }

    /** Whether anybody waits for it. */
    boolean wants(Topic topic) {
        return subscription.filter(there -> there.to().topics().contains(topic)).isPresent();
    }

    void start(ConferenceRecord conference) {
        tell(Topic.START, "conference-start", conference, Optional.empty(), Map.of());
    }

    /** The last that is told, once. */
    void end(ConferenceRecord conference, Optional<RecordingRecord> recording) {
        Optional<OwedCallback> last = owed;
        owed = Optional.empty();
        post("conference-end", conference, conference.callSidEnding());
        subscription.ifPresent(there -> {
            if (wants(Topic.END)) {
                Map<String, String> parameters = ConferenceParameters.end(conference, sequence++);
                recording.ifPresent(kept -> parameters.putAll(ConferenceParameters.of(
                        kept, equipment.recordingFolder().url(kept))));
                send(there, parameters);
            }
            there.callbacks().end(() -> last.map(OwedCallback::paid).ifPresent(equipment.owedCallbacks()::write));
        });
    }

    void join(ConferenceRecord conference, Participant who) {
        tell(Topic.JOIN, "participant-join", conference, Optional.of(who), Map.of());
    }

    void leave(ConferenceRecord conference, Participant who) {
        speaks(conference, who, false);
        tell(Topic.LEAVE, "participant-leave", conference, Optional.of(who), Map.of());
    }

    /** Its controls are others than before. */
    void changed(ConferenceRecord conference, Participant before, Participant now) {
        if (before.controls().muted() != now.controls().muted()) {
            String what = now.controls().muted() ? "participant-mute" : "participant-unmute";
            tell(Topic.MUTE, what, conference, Optional.of(now), Map.of());
        }
        if (before.controls().held() != now.controls().held()) {
            String what = now.controls().held() ? "participant-hold" : "participant-unhold";
            tell(Topic.HOLD, what, conference, Optional.of(now), Map.of());
        }
    }

    /** It is here on other terms. */
    void modified(ConferenceRecord conference, Participant now) {
        tell(Topic.MODIFY, "participant-modify", conference, Optional.of(now), Map.of());
    }

    /** An announcement has been heard, by all or by one; or has not, and why. */
    void announced(ConferenceRecord conference, String url, Optional<Participant> to, Optional<String> failure) {
        var more = new LinkedHashMap<String, String>();
        more.put("AnnounceUrl", url);
        failure.ifPresent(why -> more.put("ReasonAnnouncementFailed", why));
        tell(Topic.ANNOUNCEMENT, failure.isPresent() ? "announcement-fail" : "announcement-end", conference, to, more);
    }

    /** It begins or ends to speak; {@code before} says whether it did. */
    void speaks(ConferenceRecord conference, Participant before, boolean now) {
        if (before.speaks() != now) {
            String what = now ? "participant-speech-start" : "participant-speech-stop";
            tell(Topic.SPEAKER, what, conference, Optional.of(before), Map.of());
        }
    }

    private void tell(
            Topic topic,
            String what,
            ConferenceRecord conference,
            Optional<Participant> about,
            Map<String, String> more) {
        post(what, conference, about.map(participant -> participant.call().sid()));
        Optional<Subscription> there =
                subscription.filter(wanted -> wants(topic) && wanted.callbacks().waiting() < MOST_WAITING);
        if (there.isPresent()) {
            Map<String, String> parameters = ConferenceParameters.of(conference, what, sequence++);
            // Not when its record changed last, but when this happened.
            parameters.put(
                    "Timestamp",
                    teleapi.call.webhook.Webhooks.date(equipment.world().time().now()));
            about.map(ConferenceParameters::of).ifPresent(parameters::putAll);
            parameters.putAll(more);
            send(there.get(), parameters);
            owe(conference);
        }
    }

    private static void send(Subscription there, Map<String, String> parameters) {
        there.callbacks().tell(there.to().method(), there.to().url(), parameters);
    }

    /** What a crash would leave undone: the end, as it would be told now. */
    private void owe(ConferenceRecord conference) {
        if (wants(Topic.END)) {
            ConferenceCallback to = subscription.orElseThrow().to();
            var fresh = new OwedCallback(
                    conference.sid(),
                    conference.accountSid(),
                    to.url(),
                    to.method(),
                    sequence,
                    "",
                    owed.map(OwedCallback::revision).orElse(0L) + 1,
                    false);
            owed = Optional.of(fresh);
            equipment.owedCallbacks().write(fresh);
        }
    }

    /** To the listeners of the account. */
    private void post(String what, ConferenceRecord conference, Optional<teleapi.call.Sid> call) {
        var values = new LinkedHashMap<String, String>();
        values.put("conference_sid", conference.sid().text());
        values.put("friendly_name", conference.friendlyName());
        conference.reasonEnded().ifPresent(reason -> values.put("reason", reason));
        equipment
                .events()
                .post(AccountEvent.now(
                        equipment.world(), conference.accountSid(), AccountEvent.Topic.CONFERENCE, what, call, values));
    }
}
