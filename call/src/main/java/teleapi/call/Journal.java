package teleapi.call;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import teleapi.call.records.CallJournal;
import teleapi.call.records.JournalEntry;
import teleapi.call.records.JournalEntry.Kind;
import teleapi.call.records.JournalEntry.Way;
import teleapi.call.webhook.HttpReply;
import teleapi.call.webhook.Urls;
import teleapi.rcml.HttpMethod;
import teleapi.runtime.Time;
import teleapi.runtime.Trail;

/**
 * What one call took and did, with times: trace, test and bug report in one.
 *
 * <pre>
 * Shape   the newest 500 entries; digits are not shown (they may be a card number), nor queries and passwords of URLs
 * Thread  any; the order of what the call itself took and did is the call's
 * Source  ARCHITECTURE "The idea", 4; reference/reliability.md M8; ADR-0013
 * </pre>
 */
public final class Journal {
    private static final int MOST_ENTRIES = 500;

    /** A reason or a URL is told; what is longer tells no more. */
    private static final int LONGEST_TEXT = 300;

    private static final String APPLICATION = "application";

    private final Time time;
    private final long began;
    private final Instant beganAt;
    private final String farEnd;
    private final Trail<JournalEntry> trail = new Trail<>(MOST_ENTRIES);

    /** {@code farEnd} is the word for its SIP peer: caller or callee. */
    public Journal(Time time, String farEnd) {
        this.time = time;
        this.began = time.nanos();
        this.beganAt = time.now();
        this.farEnd = farEnd;
    }

    /** The call took this from its mailbox. */
    public void took(CallMessage message) {
        JournalWords.Words words = JournalWords.of(message, farEnd);
        add(words.kind(), Way.IN, words.peer(), words.what(), words.details());
    }

    /** Nothing that runs wants what was just taken. */
    public void dropped(CallMessage message) {
        add(
                Kind.SCRIPT,
                Way.NONE,
                "",
                "dropped as stale: " + JournalWords.of(message, farEnd).what(),
                Map.of());
    }

    /** The script did something of its own. */
    public void did(String what) {
        add(Kind.SCRIPT, Way.NONE, "", shown(what), Map.of());
    }

    public void sipCame(String what, Map<String, String> details) {
        add(Kind.SIP, Way.IN, farEnd, what, details);
    }

    public void sipSent(String what, Map<String, String> details) {
        add(Kind.SIP, Way.OUT, farEnd, what, details);
    }

    /** A request to the application leaves; answers when, for {@link #replied}. */
    public long requested(HttpMethod method, String url, Map<String, String> more) {
        var details = new LinkedHashMap<>(more);
        details.put("Url", shown(url));
        add(Kind.HTTP, Way.OUT, APPLICATION, method.name(), details);
        return time.nanos();
    }

    /** Its answer has come, or has not; told by the thread that sent it. */
    public void replied(String url, HttpReply reply, long requestedAt) {
        var details = new LinkedHashMap<String, String>();
        details.put("Url", shown(url));
        details.put("Milliseconds", Long.toString((time.nanos() - requestedAt) / 1_000_000));
        switch (reply) {
            case HttpReply.Received received ->
                add(Kind.HTTP, Way.IN, APPLICATION, Integer.toString(received.status()), details);
            case HttpReply.Failed failed -> {
                details.put("ErrorCode", Integer.toString(failed.code()));
                details.put("Reason", shown(failed.reason()));
                add(Kind.HTTP, Way.IN, APPLICATION, "no answer", details);
            }
        }
    }

    public void media(String what, String peer, Map<String, String> details) {
        add(Kind.MEDIA, Way.NONE, peer, what, details);
    }

    public void modification(String what, Map<String, String> details) {
        add(Kind.MODIFICATION, Way.OUT, "api", what, details);
    }

    public void state(String what, Map<String, String> details) {
        add(Kind.STATE, Way.NONE, "", what, details);
    }

    public List<JournalEntry> entries() {
        return trail.list();
    }

    /** As lines for people. */
    public List<String> lines() {
        return entries().stream().map(JournalEntry::line).toList();
    }

    /** As it is kept. */
    public CallJournal kept(Sid account, Sid call) {
        return new CallJournal(call, account, trail.last(), trail.list());
    }

    /** A text without what could be a secret, and not longer than tells something. */
    public static String shown(String text) {
        String plain = Urls.withoutSecrets(text);
        return plain.length() <= LONGEST_TEXT ? plain : plain.substring(0, LONGEST_TEXT - 1) + "…";
    }

    private void add(Kind kind, Way way, String peer, String what, Map<String, String> details) {
        trail.add(number -> {
            long nanos = time.nanos() - began;
            return new JournalEntry(number, beganAt.plusNanos(nanos), nanos, kind, way, peer, what, details);
        });
    }
}
