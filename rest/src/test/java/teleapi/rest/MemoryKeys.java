package teleapi.rest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import teleapi.call.Sid;
import teleapi.call.records.KeptAnswer;
import teleapi.call.records.KeyClaim;
import teleapi.call.records.RequestKeys;

/** Idempotency-Keys in memory; how real ones are kept is the store's and tested there. */
final class MemoryKeys implements RequestKeys {
    private record Entry(KeyClaim.Mine claim, KeyClaim state) {}

    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();

    @Override
    public KeyClaim claim(Sid account, String key, byte[] request) {
        KeyClaim.Mine mine = new KeyClaim.Mine(
                new Sid(Sid.REQUEST_KEY + String.format(java.util.Locale.ROOT, "%032x", entries.size())),
                account,
                new String(request, StandardCharsets.ISO_8859_1),
                Instant.EPOCH);
        Entry there = entries.putIfAbsent(account + " " + key, new Entry(mine, new KeyClaim.Running()));
        if (there == null) {
            return mine;
        }
        return there.claim().request().equals(mine.request()) ? there.state() : new KeyClaim.Taken();
    }

    @Override
    public void answered(KeyClaim.Mine claim, KeptAnswer answer) {
        end(claim, new KeyClaim.Answered(answer));
    }

    @Override
    public void unknown(KeyClaim.Mine claim) {
        end(claim, new KeyClaim.Unknown());
    }

    @Override
    public void release(KeyClaim.Mine claim) {
        entries.values().removeIf(entry -> entry.claim().equals(claim));
    }

    private void end(KeyClaim.Mine claim, KeyClaim state) {
        entries.replaceAll((key, entry) -> entry.claim().equals(claim) ? new Entry(claim, state) : entry);
    }
}
