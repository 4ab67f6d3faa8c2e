package teleapi.call;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import teleapi.call.bridge.Announcement;
import teleapi.call.bridge.Conference;
import teleapi.call.bridge.Expected;
import teleapi.call.bridge.ExpectedCall;
import teleapi.call.directory.Account;
import teleapi.call.records.CallRecord;
import teleapi.call.records.ConferenceRecord;
import teleapi.call.records.Notification;
import teleapi.call.records.ParticipantRecord;
import teleapi.call.webhook.Announcements;
import teleapi.call.webhook.LoadedSound;
import teleapi.media.Sound;
import teleapi.rcml.Finding;
import teleapi.runtime.Deadline;
import teleapi.runtime.Mailbox;

/**
 * The live conferences by account and name.
 *
 * <pre>
 * Shape   a map of references only: the state of a conference is the conference's
 * Thread  any; {@link #keepPlace} may wait
 * Source  CONTRACT section 3; ADR-0008, ADR-0015
 * </pre>
 */
public final class Rooms {
    private static final EndReason NOT_AWAITED = EndReason.byApi("the conference is over that it was called for");

    private record Room(Sid account, String name) {}

    private final Equipment equipment;
    private final Consumer<ExpectedCall> dismissed;
    private final Map<Room, Conference> conferences = new ConcurrentHashMap<>();

    /** {@code dismissed} is told of calls that were made for a conference that is over. */
    Rooms(Equipment equipment, Consumer<ExpectedCall> dismissed) {
        this.equipment = equipment;
        this.dismissed = dismissed;
    }

    /** The live conference of this name, opened if there is none. */
    public Conference conference(Sid account, String name) {
        var room = new Room(account, name);
        Conference there = conferences.get(room);
        if (there != null) {
            return there;
        }
        var fresh = Conference.open(equipment, account, name, (gone, awaited) -> {
            conferences.remove(room, gone);
            awaited.stream().filter(ExpectedCall::called).forEach(dismissed);
        });
        Conference before = conferences.putIfAbsent(room, fresh);
        if (before != null) {
            // Two came at once: the second one's room was never entered.
            fresh.close();
            return before;
        }
        fresh.start();
        return fresh;
    }

    public List<ConferenceRecord> live(Sid account) {
        return conferences.values().stream()
                .map(Conference::record)
                .filter(record -> record.accountSid().equals(account))
                .toList();
    }

    /** A live conference of the account. */
    public Optional<Conference> live(Sid account, Sid conference) {
        return conferences.values().stream()
                .filter(found -> found.record().sid().equals(conference)
                        && found.record().accountSid().equals(account))
                .findAny();
    }

    /** The live conference of this name, if there is one. */
    public Optional<Conference> live(Sid account, String name) {
        return Optional.ofNullable(conferences.get(new Room(account, name)));
    }

    /** Who is in a live conference; empty when it is not live. */
    public List<ParticipantRecord> participants(Sid account, Sid conference) {
        return live(account, conference).map(Conference::participants).orElse(List.of());
    }

    /** Lets all of a live conference hear what is at a URL; {@code told} gets what became of it, on some thread, and must not wait. */
    public void announce(Account account, Conference conference, NewDocument.Fetch from, Consumer<Announcement> told) {
        Map<String, String> parameters = Map.of(
                "ConferenceSid", conference.record().sid().text(),
                "AccountSid", account.sid().text(),
                "FriendlyName", conference.record().friendlyName());
        equipment.world().start("announcement", () -> {
            LoadedSound loaded = new Announcements(equipment.webhooks(), equipment.sounds())
                    .load(account.authToken(), from, parameters, (url, findings) -> findings(account, url, findings));
            switch (loaded) {
                case LoadedSound.Ready(Sound sound) -> {
                    if (!conference.announce(sound, from.url(), told)) {
                        told.accept(new Announcement.Over());
                    }
                }
                case LoadedSound.Unplayable(int code, String reason) -> {
                    conference.notAnnounced(from.url(), reason);
                    told.accept(new Announcement.Unplayable(code, reason));
                }
            }
        });
    }

    /** Of no call: all of the conference hear the document. */
    private void findings(Account account, String url, List<Finding> findings) {
        for (Finding finding : findings) {
            String message = finding.at(url);
            equipment.notified(
                    Notification.now(
                            equipment.world(), account.sid(), Optional.empty(), false, finding.code(), message, url),
                    Map.of("message", Journal.shown(message)));
        }
    }

    int count() {
        return conferences.size();
    }

    // ---- calls that are made for a conference

    /** Waits until the conference keeps a place for a call that is about to be made; it is the conference's to say whether. */
    Expected keepPlace(CallRecord call, NewDocument.Join join) {
        var expected = new ExpectedCall(call.sid(), join.terms(), true, Optional.empty());
        while (true) {
            Optional<Conference> conference = join.only().isPresent()
                    ? live(call.accountSid(), join.only().get())
                    : Optional.of(conference(call.accountSid(), join.terms().name()));
            if (conference.isEmpty()) {
                return new Expected.Over();
            }
            Mailbox<Expected> answer = equipment.world().mailbox("place of " + call.sid(), 1);
            if (conference.get().expect(expected, join.terms().maxParticipants(), answer::post)) {
                Expected told = answer.take(Deadline.NEVER).orElseThrow();
                if (!(told instanceof Expected.Over) || join.only().isPresent()) {
                    return told;
                }
            }
            // It was over between the look-up and the question: the next look-up opens a new one, or finds none.
        }
    }

    /** A call has ended, or runs another document first: if it was made for a conference, nobody waits for it there any more. */
    public void notComing(Call call) {
        switch (call.origin()) {
            case Origin.FromApi api
            when api.document() instanceof NewDocument.Join join ->
                giveUpPlace(call.account().sid(), call.sid(), join);
            case Origin.Dialled dialled ->
                dialled.place().ifPresent(join -> giveUpPlace(call.account().sid(), call.sid(), join));
            case Origin other -> {}
        }
    }

    void giveUpPlace(Sid account, Sid call, NewDocument.Join join) {
        join.only()
                .map(only -> live(account, only))
                .orElseGet(() -> live(account, join.terms().name()))
                .ifPresent(conference -> conference.giveUp(call));
    }

    /** Ends a call for which nothing is left to come to. */
    static void dismiss(Call call) {
        call.hangUp(NOT_AWAITED);
    }
}
