package teleapi.rest.resource;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import teleapi.call.Sid;
import teleapi.call.records.CallQuality;
import teleapi.media.Quality;
import teleapi.rest.Parts;
import teleapi.rest.http.Ask;
import teleapi.rest.http.Fields;
import teleapi.rest.http.Reply;
import teleapi.rest.http.Route;

/** {@code Calls/{CallSid}/Quality}: how well the sound of a call goes, or went. */
final class QualityOfCall {
    private final Parts parts;

    QualityOfCall(Parts parts) {
        this.parts = parts;
    }

    List<Route> routes() {
        return List.of(Route.at("{Account}/Calls/{Call}/Quality").on("GET", this::get));
    }

    private Reply get(Ask ask) {
        Sid account = ask.account().sid();
        Sid call = Calls.known(parts, ask);
        Optional<Quality> live = parts.liveCalls().liveQuality(account, call);
        Optional<CallQuality> kept =
                live.isPresent() ? Optional.empty() : parts.calls().quality(account, call);
        Quality quality = live.or(() -> kept.map(CallQuality::quality)).orElse(Quality.NONE);
        return Reply.described(200, "Quality", describe(quality, call, live.isPresent(), ask));
    }

    private static Fields describe(Quality quality, Sid call, boolean live, Ask ask) {
        return new Fields()
                .text("call_sid", call.text())
                .text("account_sid", ask.account().sid().text())
                .flag("final", !live)
                .text("codec", Optional.of(quality.codec()).filter(name -> !name.isEmpty()))
                .count("packets_sent", quality.sent())
                .count("packets_received", quality.received())
                .count("packets_lost", quality.lost())
                .count("packets_late", quality.late())
                .count("packets_duplicate", quality.duplicates())
                .count("packets_excess", quality.excess())
                .text("loss", number(OptionalDouble.of(quality.loss()), 4))
                .text("jitter", number(OptionalDouble.of(quality.jitter()), 1))
                .text("most_jitter", number(OptionalDouble.of(quality.mostJitter()), 1))
                .text("round_trip", number(quality.roundTrip(), 1))
                .text("most_round_trip", number(quality.mostRoundTrip(), 1))
                .text("mos", number(quality.opinion(), 2))
                .text("far_loss", number(far(quality, Quality.FarEnd::loss), 4))
                .text("far_jitter", number(far(quality, Quality.FarEnd::jitter), 1))
                .text("far_most_jitter", number(far(quality, Quality.FarEnd::mostJitter), 1))
                .text("far_mos", number(quality.farOpinion(), 2))
                .text(
                        "uri",
                        ask.base() + "/Calls/" + call + "/Quality"
                                + ask.format().suffix());
    }

    private static OptionalDouble far(Quality quality, java.util.function.ToDoubleFunction<Quality.FarEnd> value) {
        return quality.farEnd()
                .map(far -> OptionalDouble.of(value.applyAsDouble(far)))
                .orElse(OptionalDouble.empty());
    }

    /** As a decimal text, like prices: no reader makes 4.409999 of it. */
    private static Optional<String> number(OptionalDouble value, int digits) {
        return value.isPresent()
                ? Optional.of(String.format(Locale.ROOT, "%." + digits + "f", value.getAsDouble()))
                : Optional.empty();
    }
}
