package teleapi.store;

import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import teleapi.call.Sid;
import teleapi.call.records.CallQuality;
import teleapi.media.Quality;

/** Table {@code call_quality}: times in microseconds, loss in millionths; written once, never changed. */
final class QualityTable implements RecordTable<CallQuality> {
    private static final double FINE = 1_000;
    private static final double MILLIONTHS = 1_000_000;

    @Override
    public String name() {
        return "call_quality";
    }

    @Override
    public Row row(CallQuality call) {
        Quality quality = call.quality();
        return new Row()
                .sid("sid", call.callSid())
                .sid("account_sid", call.accountSid())
                .time("date_created", call.date())
                .text("codec", quality.codec())
                .count("packets_sent", quality.sent())
                .count("packets_received", quality.received())
                .count("packets_lost", quality.lost())
                .count("packets_late", quality.late())
                .count("packets_duplicate", quality.duplicates())
                .count("packets_excess", quality.excess())
                .count("jitter", whole(quality.jitter(), FINE))
                .count("most_jitter", whole(quality.mostJitter(), FINE))
                .with("round_trip", fine(quality.roundTrip()))
                .with("most_round_trip", fine(quality.mostRoundTrip()))
                .with(
                        "far_loss",
                        quality.farEnd()
                                .map(far -> whole(far.loss(), MILLIONTHS))
                                .orElse(null))
                .with(
                        "far_jitter",
                        quality.farEnd().map(far -> whole(far.jitter(), FINE)).orElse(null))
                .with(
                        "far_most_jitter",
                        quality.farEnd()
                                .map(far -> whole(far.mostJitter(), FINE))
                                .orElse(null));
    }

    private static @org.jspecify.annotations.Nullable Integer fine(OptionalDouble millis) {
        return millis.isPresent() ? (Integer) whole(millis.getAsDouble(), FINE) : null;
    }

    private static int whole(double value, double part) {
        return (int) Math.round(Math.min(value * part, Integer.MAX_VALUE));
    }

    @Override
    public CallQuality read(Columns columns) throws SQLException {
        OptionalInt farLoss = columns.maybeCount("far_loss");
        Optional<Quality.FarEnd> farEnd = farLoss.isEmpty()
                ? Optional.empty()
                : Optional.of(new Quality.FarEnd(
                        farLoss.getAsInt() / MILLIONTHS,
                        columns.count("far_jitter") / FINE,
                        columns.count("far_most_jitter") / FINE));
        return new CallQuality(
                columns.sid("sid"),
                columns.sid("account_sid"),
                columns.time("date_created"),
                new Quality(
                        columns.text("codec"),
                        columns.count("packets_sent"),
                        columns.count("packets_received"),
                        columns.count("packets_lost"),
                        columns.count("packets_late"),
                        columns.count("packets_duplicate"),
                        columns.count("packets_excess"),
                        columns.count("jitter") / FINE,
                        columns.count("most_jitter") / FINE,
                        millis(columns.maybeCount("round_trip")),
                        millis(columns.maybeCount("most_round_trip")),
                        farEnd));
    }

    private static OptionalDouble millis(OptionalInt fine) {
        return fine.isPresent() ? OptionalDouble.of(fine.getAsInt() / FINE) : OptionalDouble.empty();
    }

    @Override
    public Sid sid(CallQuality call) {
        return call.callSid();
    }

    @Override
    public Sid account(CallQuality call) {
        return call.accountSid();
    }

    @Override
    public long revision(CallQuality call) {
        return 0;
    }

    @Override
    public boolean ended(CallQuality call) {
        return true;
    }

    @Override
    public boolean once() {
        return true;
    }
}
