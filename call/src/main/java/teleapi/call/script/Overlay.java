package teleapi.call.script;

import java.util.Optional;
import teleapi.rcml.Connect;
import teleapi.rcml.Dial;
import teleapi.rcml.Enqueue;
import teleapi.rcml.Gather;
import teleapi.rcml.Hangup;
import teleapi.rcml.Leave;
import teleapi.rcml.Message;
import teleapi.rcml.Pause;
import teleapi.rcml.Play;
import teleapi.rcml.RcmlDocument;
import teleapi.rcml.Record;
import teleapi.rcml.Redirect;
import teleapi.rcml.Refer;
import teleapi.rcml.Reject;
import teleapi.rcml.Say;
import teleapi.rcml.Start;
import teleapi.rcml.Stop;
import teleapi.rcml.Verb;

/** What a document may say that runs over a call: it is heard and asks for digits, but joins nobody. Source: ADR-0010. */
final class Overlay {
    private Overlay() {}

    /** Why a document cannot run over a call; empty when it can. */
    static Optional<String> notForIt(RcmlDocument document) {
        return document.verbs().stream()
                .filter(verb -> !mayRun(verb))
                .findFirst()
                .map(verb -> verb.name() + " at " + verb.position() + " cannot run over a call");
    }

    static boolean mayRun(Verb verb) {
        return switch (verb) {
            case Say say -> true;
            case Play play -> true;
            case Pause pause -> true;
            case Gather gather -> true;
            case Redirect redirect -> true;
            case Hangup hangup -> true;
            case Record record -> false;
            case Dial dial -> false;
            case Enqueue enqueue -> false;
            case Leave leave -> false;
            case Refer refer -> false;
            case Reject reject -> false;
            case Start start -> true;
            case Stop stop -> true;
            case Connect connect -> false;
            // It makes no sound and takes no time.
            case Message message -> true;
        };
    }
}
