package teleapi.rest.resource;

import java.util.List;
import java.util.Optional;
import teleapi.call.ControlState;
import teleapi.call.Controls;
import teleapi.call.Sid;
import teleapi.call.stream.StreamTerms;
import teleapi.rest.Parts;
import teleapi.rest.http.Ask;
import teleapi.rest.http.Code;
import teleapi.rest.http.Fields;
import teleapi.rest.http.Refused;
import teleapi.rest.http.Reply;
import teleapi.rest.http.Route;

/**
 * {@code Streams} of a live call: begun and stopped, which are modifications of the call, with the same answers. None is kept: what became of one is told to
 * its status callback and, if it failed, in a notification.
 *
 * <pre>
 * Errors  409 when there are too many, or one of this name; 404 for one that does not go on
 * Source  reference/peers.md 2.5; ADR-0020
 * </pre>
 */
final class StreamList {
    private final Parts parts;
    private final Modifying modifying;

    StreamList(Parts parts, Modifying modifying) {
        this.parts = parts;
        this.modifying = modifying;
    }

    List<Route> routes() {
        return List.of(
                Route.at("{Account}/Calls/{Call}/Streams")
                        .on("POST", this::begin)
                        .folding(Repeating::creation),
                Route.at("{Account}/Calls/{Call}/Streams/{Stream}")
                        .on("POST", this::stop)
                        .folding(Repeating::modification));
    }

    private Reply begin(Ask ask) {
        var terms = new StreamTerms(Sid.fresh(Sid.STREAM, parts.world()), StreamRequest.read(ask.parameters()), false);
        Reply reply = modifying.modify(
                ask, ModificationRequest.of(Controls.UNCHANGED.with(new Controls.Streaming.Start(terms))));
        return done(ask, reply, terms, 201, "in-progress");
    }

    private Reply stop(Ask ask) {
        if (!ask.parameters().text("Status").equals(Optional.of("stopped"))) {
            throw Refused.parameter(Code.INVALID_PARAMETER, "Status", "must be stopped");
        }
        Sid call = Calls.known(parts, ask);
        List<StreamTerms> goOn = parts.liveCalls()
                .controls(ask.account().sid(), call)
                .map(ControlState::streams)
                .orElseThrow(() -> Refused.with(Code.CALL_ENDED));
        StreamTerms terms = goOn.stream()
                .filter(one -> one.goesBy(ask.segment("Stream")))
                .findFirst()
                .orElseThrow(() -> Refused.with(Code.NOT_FOUND));
        var stop = new Controls.Streaming.Stop(terms.sid().text());
        return done(
                ask,
                modifying.modify(ask, ModificationRequest.of(Controls.UNCHANGED.with(stop))),
                terms,
                200,
                "stopped");
    }

    private Reply done(Ask ask, Reply reply, StreamTerms terms, int status, String word) {
        return reply.status() == 200 && !Modifying.dryRun(ask)
                ? new Reply(status, reply.headers(), new Reply.Body.Described("Stream", describe(ask, terms, word)))
                : reply;
    }

    private Fields describe(Ask ask, StreamTerms terms, String status) {
        Optional<Sid> call = Calls.sid(ask);
        return new Fields()
                .text("sid", terms.sid().text())
                .text("account_sid", ask.account().sid().text())
                .text("call_sid", call.map(Sid::text))
                .text("name", terms.name())
                .text("status", status)
                .date("date_updated", parts.world().time().now())
                .text("uri", ask.uri("Calls/" + ask.segment("Call") + "/Streams/" + terms.sid()));
    }
}
