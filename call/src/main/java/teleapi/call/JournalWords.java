package teleapi.call;

import java.util.LinkedHashMap;
import java.util.Map;
import teleapi.call.records.JournalEntry.Kind;
import teleapi.media.MediaEvent;
import teleapi.sip.DialogEvent;

/** What a message is called in a journal: the standard's word where there is one. */
final class JournalWords {
    record Words(Kind kind, String peer, String what, Map<String, String> details) {}

    private JournalWords() {}

    static Words of(CallMessage message, String farEnd) {
        return switch (message) {
            case CallCommand command -> of(command);
            case CallEvent event -> of(event, farEnd);
        };
    }

    private static Words of(CallCommand command) {
        return switch (command) {
            case CallCommand.Modify modify ->
                new Words(Kind.MODIFICATION, "api", "modify", details(modify.modification()));
            case CallCommand.HangUp hangUp ->
                new Words(
                        Kind.SCRIPT,
                        "",
                        "hang up",
                        Map.of("Reason", Journal.shown(hangUp.reason().text())));
        };
    }

    private static Map<String, String> details(Modification asked) {
        var details = new LinkedHashMap<String, String>();
        details.put("ModificationSid", asked.sid().text());
        asked.redirect().ifPresent(redirect -> add(details, redirect));
        asked.ending().ifPresent(ending -> details.put("Status", ending.name().toLowerCase(java.util.Locale.ROOT)));
        add(details, asked.controls());
        asked.statusCallback().ifPresent(callback -> details.put("StatusCallback", Journal.shown(callback.url())));
        if (asked.dryRun()) {
            details.put("DryRun", "true");
        }
        return details;
    }

    private static void add(Map<String, String> details, Redirect redirect) {
        switch (redirect.document()) {
            case NewDocument.AtUrl at ->
                details.put("Url", Journal.shown(at.fetch().url()));
            case NewDocument.Inline inline -> details.put("Rcml", inline.rcml().length() + " characters");
            case NewDocument.Wait waiting -> details.put("Wait", waiting.music() ? "music" : "silence");
            case NewDocument.Join room -> details.put("Conference", room.terms().name());
            case NewDocument.Bridge bridge ->
                details.put("Bridge", bridge.other().sid().text());
        }
        if (redirect.mode() == Redirect.Mode.OVERLAY) {
            details.put("Mode", "overlay");
        }
        switch (redirect.connected()) {
            case Redirect.Connected.Usual usual -> {}
            case Redirect.Connected.HangUp hangUp -> details.put("ConnectedLeg", "hangup");
            case Redirect.Connected.GoOn goOn -> details.put("ConnectedLeg", "continue");
            case Redirect.Connected.Hold hold -> details.put("ConnectedLeg", "hold");
            case Redirect.Connected.Run run -> details.put("ConnectedLeg", "move");
        }
    }

    /** What is played and which digits are sent is not shown. */
    private static void add(Map<String, String> details, Controls asked) {
        asked.muted().ifPresent(muted -> details.put("Mute", muted.toString()));
        asked.deaf().ifPresent(deaf -> details.put("Deaf", deaf.toString()));
        asked.hold().ifPresent(hold -> details.put("Hold", Boolean.toString(hold.on())));
        asked.over().ifPresent(over -> details.put("Legs", over.legs().name().toLowerCase(java.util.Locale.ROOT)));
        asked.stop()
                .ifPresent(stop ->
                        details.put("Stop", stop.started().map(Sid::text).orElse("all")));
        asked.digits().ifPresent(digits -> details.put("SendDigits", digits.length() + " digits"));
        asked.recording()
                .ifPresent(recording -> details.put(
                        "Record",
                        switch (recording) {
                            case Controls.Recording.Start start -> "start";
                            case Controls.Recording.Pause pause -> "pause";
                            case Controls.Recording.Resume resume -> "resume";
                            case Controls.Recording.Stop stop -> "stop";
                        }));
        asked.participation().ifPresent(wanted -> {
            wanted.moveTo().ifPresent(room -> details.put("MoveTo", room));
            wanted.coaching()
                    .ifPresent(whom -> details.put(
                            "Coaching",
                            switch (whom) {
                                case Participation.Coaching.Of(Sid coached) -> coached.text();
                                case Participation.Coaching.Nobody nobody -> "false";
                            }));
            wanted.endsOnExit().ifPresent(ends -> details.put("EndConferenceOnExit", ends.toString()));
        });
        asked.timeLimit().ifPresent(limit -> details.put("TimeLimit", Long.toString(limit.toSeconds())));
    }

    private static Words of(DialogEvent event, String farEnd) {
        return switch (event) {
            case DialogEvent.Progressed progressed ->
                sip(
                        farEnd,
                        Integer.toString(progressed.status()),
                        progressed.sdp().isPresent() ? "with sound" : "");
            case DialogEvent.Answered answered -> sip(farEnd, "200", "");
            case DialogEvent.Refused refused -> sip(farEnd, Integer.toString(refused.status()), refused.reason());
            case DialogEvent.Canceled canceled -> sip(farEnd, "CANCEL", "");
            case DialogEvent.Acknowledged acknowledged -> sip(farEnd, "ACK", "");
            case DialogEvent.Offered offered -> sip(farEnd, "re-INVITE", "");
            case DialogEvent.Modified modified -> sip(farEnd, "200", "to our re-INVITE");
            case DialogEvent.ModifyRefused refused ->
                sip(farEnd, Integer.toString(refused.status()), "to our re-INVITE");
            case DialogEvent.Informed informed -> sip(farEnd, "INFO", "");
            case DialogEvent.Referred referred -> sip(farEnd, "REFER", "");
            case DialogEvent.ReferrerTold told -> sip(farEnd, "200", "to our NOTIFY");
            case DialogEvent.ReferAnswered answered -> sip(farEnd, Integer.toString(answered.status()), "to our REFER");
            case DialogEvent.Notified notified -> sip(farEnd, "NOTIFY", Integer.toString(notified.status()));
            case DialogEvent.Ended ended ->
                switch (ended.by()) {
                    case FAR_END -> sip(farEnd, "BYE", ended.reason());
                    case US -> sip(farEnd, "200", "to our BYE");
                    case FAILURE -> sip(farEnd, "lost", ended.reason());
                };
        };
    }

    private static Words sip(String farEnd, String what, String reason) {
        return new Words(Kind.SIP, farEnd, what, reason.isEmpty() ? Map.of() : Map.of("Reason", Journal.shown(reason)));
    }

    /** M8: which key it was is told to the application alone. */
    private static String media(MediaEvent event) {
        return switch (event) {
            case MediaEvent.DigitPressed digit -> "digit";
            case MediaEvent.PlaybackFinished finished -> "sound played to its end";
            case MediaEvent.DigitsSent sent -> "digits sent";
            case MediaEvent.Applied applied -> "mute in force";
            case MediaEvent.FirstPacket first -> "first packet sent";
            case MediaEvent.RecordingStopped stopped -> "recording ends";
            case MediaEvent.SpeechStarted speech -> "speech begins";
            case MediaEvent.SpeechStopped speech -> "speech ends";
            case MediaEvent.StreamLost lost -> "nothing comes";
            case MediaEvent.StreamResumed resumed -> "something comes again";
            case MediaEvent.StreamGone gone -> "nothing has come for too long";
            case MediaEvent.Measured measured -> "quality";
            case MediaEvent.UtteranceBegan began -> "something is said";
            case MediaEvent.UtteranceEnded ended -> "what is said is over";
            case MediaEvent.Closed closed -> "closed";
        };
    }

    private static Words of(CallEvent event, String farEnd) {
        return switch (event) {
            case CallEvent.DialogHappened happened -> of(happened.event(), farEnd);
            case CallEvent.MediaHappened happened -> new Words(Kind.MEDIA, farEnd, media(happened.event()), Map.of());
            case CallEvent.Fetched fetched -> script("answer to request " + fetched.fetch());
            case CallEvent.SoundLoaded loaded -> script("sound loaded");
            case CallEvent.FindingsMade made -> script("findings of a document that is heard");
            case CallEvent.SpeechRecognised recognised -> script("what was said is recognised, or is not");
            case CallEvent.ChildRinging child ->
                child("child rings", child.child().sid());
            case CallEvent.ChildPickedUp child ->
                child("child has picked up", child.child().sid());
            case CallEvent.ChildAnswered child ->
                child("child waits to be joined", child.child().sid());
            case CallEvent.ChildEnded child ->
                new Words(
                        Kind.SCRIPT,
                        child.child().sid().text(),
                        "child has ended",
                        Map.of("CallStatus", child.record().status().text()));
            case CallEvent.Joined joined -> script("joined");
            case CallEvent.NotWanted not ->
                new Words(
                        Kind.SCRIPT,
                        "",
                        "not wanted",
                        Map.of("Reason", Journal.shown(not.reason().text())));
            case CallEvent.PeerLeft left -> child("the bridge is left", left.bridge());
            case CallEvent.MoveAlong move -> move("move along", move.modification());
            case CallEvent.FollowerPrepared prepared -> {
                var words = new LinkedHashMap<String, String>();
                words.put("ModificationSid", prepared.modification().text());
                words.put("Status", prepared.prepared().name().toLowerCase(java.util.Locale.ROOT));
                yield new Words(Kind.MODIFICATION, "", "the other leg is prepared", words);
            }
            case CallEvent.MoveNow move -> move("move now", move.modification());
            case CallEvent.MoveOff move -> move("the move is off", move.modification());
            case CallEvent.HearOver over -> move("hear over the call", over.handle());
            case CallEvent.HearNoMore more -> script("hear no more over the call");
            case CallEvent.TransferAsked asked ->
                move("to be transferred", asked.transfer().sid());
            case CallEvent.TransferTold told ->
                new Words(Kind.SCRIPT, "", "transfer", Map.of("Reason", Integer.toString(told.status())));
            case CallEvent.PlaceReady place ->
                move(place.ready() ? "the other leg is prepared" : "the other leg stays", place.bridge());
            case CallEvent.StandAside aside -> move("the other end is taken away", aside.transfer());
            case CallEvent.BranchesWanted wanted ->
                move("what rings is to ring for another", wanted.transfer().sid());
            case CallEvent.BranchesGiven given -> move("what another rang is given", given.transfer());
            case CallEvent.BranchesKept kept -> move("what another rang is not given", kept.transfer());
            case CallEvent.BranchesForbidden forbidden ->
                move("what another rang is to ring no more", forbidden.transfer());
            case CallEvent.Adopted adopted ->
                child("rings for another", adopted.parent().sid());
            case CallEvent.TargetAnswered answered -> move("the target has answered", answered.transfer());
            case CallEvent.BridgeLeft left -> move("the bridge is left", left.bridge());
            case CallEvent.FollowerMoved moved -> move("the other leg has moved", moved.modification());
            case CallEvent.ConferenceEntered entered -> child("conference entered", entered.sid());
            case CallEvent.PlaceTaken taken ->
                child("its place in the conference is taken", taken.by().sid());
            case CallEvent.PlaceNotTaken not -> child("its place in the conference is not taken", not.call());
            case CallEvent.PlaceKept kept ->
                child("place in the conference", kept.conference().record().sid());
            case CallEvent.ParticipantChanged changed -> script("changed in the conference");
            case CallEvent.WaitsOtherwise waits -> script("another sound to wait with");
            case CallEvent.ConferenceFull full -> script("conference full");
            case CallEvent.ConferenceStarted started -> script("conference started");
            case CallEvent.ConferenceEnded ended ->
                new Words(Kind.SCRIPT, "", "conference ended", Map.of("Reason", ended.reason()));
            case CallEvent.StreamEnded ended ->
                new Words(
                        Kind.MEDIA,
                        ended.stream().text(),
                        "stream ends",
                        ended.code() == 0
                                ? Map.of()
                                : Map.of(
                                        "ErrorCode",
                                        Integer.toString(ended.code()),
                                        "Reason",
                                        Journal.shown(ended.reason())));
            case CallEvent.StreamInTrouble trouble ->
                new Words(
                        Kind.MEDIA,
                        trouble.stream().text(),
                        "stream in trouble",
                        Map.of("ErrorCode", Integer.toString(trouble.code())));
            case CallEvent.QueueEntered entered ->
                child("queue entered", entered.queue().sid());
            case CallEvent.QueueFull full -> child("queue full", full.queue().sid());
            case CallEvent.QueueOver over -> child("queue over", over.queue().sid());
            case CallEvent.Dequeued offer ->
                child("taken out of the queue", offer.pickUp().by().call().sid());
            case CallEvent.QueuedCaller caller ->
                child(
                        caller.ready() ? "comes out of the queue" : "is prepared",
                        caller.caller().sid());
        };
    }

    private static Words script(String what) {
        return new Words(Kind.SCRIPT, "", what, Map.of());
    }

    private static Words child(String what, Sid peer) {
        return new Words(Kind.SCRIPT, peer.text(), what, Map.of());
    }

    private static Words move(String what, Sid modification) {
        return new Words(Kind.MODIFICATION, "", what, Map.of("ModificationSid", modification.text()));
    }
}
