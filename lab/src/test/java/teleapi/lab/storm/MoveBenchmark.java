package teleapi.lab.storm;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import teleapi.lab.phone.Ear;
import teleapi.lab.phone.PhoneGear;
import teleapi.lab.phone.Voice;
import teleapi.runtime.Mailbox;
import teleapi.server.StartException;
import teleapi.sip.SipTrace;

/**
 * How far apart in time both legs of a bridge hear their new document, and for how long they hear nothing: {@code MoveBenchmark [pairs]}. Not a
 * test.
 *
 * <p>All pairs talk all the time; one after the other is moved, with one request that has MoveConnectedCallLeg. Phones and server share a process
 * and the machine's cores, so what is told is the worst that a packet has met on its way.
 *
 * <pre>
 * Units   ms, between the arrivals of packets at the phones
 * Source  issue 3: two legs moved: skew under 20 ms; dead air under 40 ms
 * </pre>
 */
public final class MoveBenchmark {
    private static final System.Logger LOG = System.getLogger("move");
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final short LOUD = 8_000;
    /** Who talks says nothing softer, and music is nowhere as loud all the time. */
    private static final short LEAST = 4_000;

    /** Notes when the other one was heard last, and what came after that first. */
    private static final class Meter implements Ear {
        private final Mailbox<Meter> changed;
        private long talkAt;
        private long otherAt;
        private boolean watching;

        Meter(Mailbox<Meter> changed) {
            this.changed = changed;
        }

        /** What is said: every sample is as loud as the others. */
        static Voice voice() {
            return frame -> {
                for (int i = 0; i < frame.length; i++) {
                    frame[i] = i / 8 % 2 == 0 ? LOUD : -LOUD;
                }
            };
        }

        @Override
        public void heard(short[] samples, int count, long nanos) {
            // The first quarter may be a ramp.
            boolean talk = count > 40;
            for (int i = 40; i < count; i++) {
                talk &= Math.abs(samples[i]) > LEAST;
            }
            if (talk) {
                talkAt = nanos;
                watching = true;
            } else if (watching) {
                watching = false;
                otherAt = nanos;
                changed.post(this);
            }
        }

        double gap() {
            return (otherAt - talkAt) / 1e6;
        }
    }

    private record Two(String call, Mailbox<Meter> changed) {}

    private MoveBenchmark() {}

    public static void main(String[] arguments) throws IOException, StartException {
        int pairs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
        try (Storm storm = new Storm(path -> "<Response><Play loop=\"0\">house:music</Play></Response>")) {
            List<Two> all = new ArrayList<>();
            for (int i = 0; i < pairs; i++) {
                all.add(met(storm, i));
            }
            double[] skews = new double[pairs];
            double[] gaps = new double[2 * pairs];
            for (int i = 0; i < pairs; i++) {
                Two two = all.get(i);
                storm.post("Calls/" + two.call(), Map.of("Url", storm.url("/moved"), "MoveConnectedCallLeg", "true"));
                Meter one = next(storm, two);
                Meter other = next(storm, two);
                skews[i] = Math.abs(one.otherAt - other.otherAt) / 1e6;
                gaps[2 * i] = one.gap();
                gaps[2 * i + 1] = other.gap();
            }
            tell("skew of two legs", skews);
            tell("from the last old packet to the first new one", gaps);
        }
        System.exit(0);
    }

    private static Two met(Storm storm, int number) throws IOException {
        Mailbox<String> sids = storm.world.mailbox("calls of pair " + number, 10);
        Mailbox<Meter> changed = storm.world.mailbox("changes of pair " + number, 10);
        String[] at = new String[2];
        for (int i = 0; i < 2; i++) {
            at[i] = Storm.address(storm.phone(
                    "phone" + number + "-" + i,
                    new PhoneGear(Meter.voice(), new Meter(changed), SipTrace.NONE),
                    invited -> sids.post(invited.callSid())));
        }
        storm.post(
                "Calls",
                Map.of(
                        "From",
                        "+15550000",
                        "To",
                        at[0],
                        "Rcml",
                        "<Response><Dial><Sip>" + at[1] + "</Sip></Dial></Response>"));
        String first = sids.take(storm.world.time().after(LONGEST)).orElseThrow();
        String second = sids.take(storm.world.time().after(LONGEST)).orElseThrow();
        storm.until(() -> storm.get("Calls/" + second).value("status").equals("in-progress"));
        return new Two(first, changed);
    }

    private static Meter next(Storm storm, Two two) {
        return two.changed()
                .take(storm.world.time().after(LONGEST))
                .orElseThrow(() -> new IllegalStateException(two.call() + " goes on as before"));
    }

    private static void tell(String what, double[] millis) {
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        LOG.log(
                System.Logger.Level.INFO,
                String.format(
                        "%s: p50 %.1f, p99 %.1f, most %.1f ms of %d",
                        what, share(sorted, 0.5), share(sorted, 0.99), share(sorted, 1), sorted.length));
    }

    private static double share(double[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
