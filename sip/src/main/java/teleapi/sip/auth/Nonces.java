package teleapi.sip.auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import teleapi.runtime.Randomness;
import teleapi.runtime.Time;

/**
 * Makes nonces that carry their own time and seal, so that a challenge needs no memory, and remembers the counts of those that were used.
 *
 * <pre>
 * Shape   8 bytes time, 8 bytes chance, 16 bytes HMAC-SHA256 over both and the source, in base64url
 * Thread  its owner's
 * Source  RFC 7616 §3.3, §5.4, §5.12
 * </pre>
 */
final class Nonces {
    // Owned by the thread of the DigestServer that made it.

    /** Used nonces remembered; at 100 bytes each a megabyte. */
    private static final int MOST = 10_000;

    private static final int SEALED = 16;
    private static final int SEAL = 16;

    private final Time time;
    private final Randomness randomness;
    private final long lifetime;
    private final Mac mac;
    /** In the order of first use. */
    private final Map<String, Used> used = new LinkedHashMap<>();
    /** Nonces not younger than this were forgotten and could be replayed: they count as stale. */
    private long forgotten = Long.MIN_VALUE;

    private record Used(long made, long count) {}

    Nonces(Time time, Randomness randomness, Duration lifetime) {
        this.time = time;
        this.randomness = randomness;
        this.lifetime = lifetime.toNanos();
        byte[] secret = new byte[32];
        randomness.fill(secret);
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no HmacSHA256 in this Java", e);
        }
    }

    String make(String source) {
        byte[] sealed = ByteBuffer.allocate(SEALED)
                .putLong(time.nanos())
                .putLong(randomness.nextLong())
                .array();
        byte[] nonce = Arrays.copyOf(sealed, SEALED + SEAL);
        System.arraycopy(seal(sealed, source), 0, nonce, SEALED, SEAL);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
    }

    private byte[] seal(byte[] sealed, String source) {
        mac.update(sealed);
        return mac.doFinal(source.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether we made it for this source, and not too long ago. */
    boolean isOurs(String nonce, String source) {
        byte[] bytes = decode(nonce);
        if (bytes.length != SEALED + SEAL) {
            return false;
        }
        byte[] seal = Arrays.copyOf(seal(Arrays.copyOf(bytes, SEALED), source), SEAL);
        return MessageDigest.isEqual(seal, Arrays.copyOfRange(bytes, SEALED, SEALED + SEAL))
                && time.nanos() - made(bytes) <= lifetime;
    }

    /**
     * Uses one that is ours: true when {@code count} is beyond all counts it was used with. Ask only after the response was found right, so that
     * others cannot use up a count.
     */
    boolean use(String nonce, long count) {
        long made = made(decode(nonce));
        Used before = used.get(nonce);
        if (before == null ? isForgotten(made) : count <= before.count()) {
            return false;
        }
        used.put(nonce, new Used(made, count));
        forget(time.nanos());
        return true;
    }

    private static long made(byte[] nonce) {
        return ByteBuffer.wrap(nonce).getLong();
    }

    private boolean isForgotten(long made) {
        return forgotten != Long.MIN_VALUE && made - forgotten <= 0;
    }

    private static byte[] decode(String nonce) {
        // the last of 43 characters carries 4 bits more than 32 bytes have: only one spelling counts, or a replay could
        // use another
        if (nonce.length() != 43) {
            return new byte[0];
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(nonce);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(nonce) ? bytes : new byte[0];
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private void forget(long now) {
        Iterator<Used> eldest = used.values().iterator();
        while (eldest.hasNext()) {
            Used next = eldest.next();
            boolean dead = now - next.made() > lifetime;
            if (!dead && used.size() <= MOST) {
                return;
            }
            if (!dead && (forgotten == Long.MIN_VALUE || next.made() - forgotten > 0)) {
                forgotten = next.made();
            }
            eldest.remove();
        }
    }
}
