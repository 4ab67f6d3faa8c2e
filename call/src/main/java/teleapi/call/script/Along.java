package teleapi.call.script;

import java.util.Optional;
import teleapi.call.Call;
import teleapi.call.NewDocument;
import teleapi.call.Redirect;
import teleapi.call.Redirect.Connected;

/** Another leg that a redirect takes along, and what it is to prepare. Source: ADR-0010. */
record Along(Call leg, NewDocument document) {
    /** Empty when the redirect concerns one leg alone, or no other is connected. */
    static Optional<Along> of(Script script, Redirect redirect) {
        if (redirect.document() instanceof NewDocument.Bridge bridge) {
            return Optional.of(new Along(bridge.other(), new NewDocument.Bridge(bridge.sid(), script.call)));
        }
        Optional<NewDocument> document = switch (redirect.connected()) {
            case Connected.Usual usual -> Optional.empty();
            case Connected.HangUp hangUp -> Optional.empty();
            case Connected.GoOn goOn ->
                script.otherGoesOn() ? Optional.empty() : Optional.of(new NewDocument.Wait(false));
            case Connected.Hold hold -> Optional.of(new NewDocument.Wait(true));
            case Connected.Run run -> Optional.of(run.document());
        };
        return document.flatMap(along -> script.connected().map(leg -> new Along(leg, along)));
    }
}
