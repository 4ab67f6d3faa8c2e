package teleapi.call;

import java.util.List;
import java.util.Optional;
import teleapi.call.bridge.CallQueue;
import teleapi.call.bridge.Conference;
import teleapi.call.bridge.Expected;
import teleapi.call.bridge.PickUp;
import teleapi.call.bridge.Place;
import teleapi.call.records.CallRecord;
import teleapi.call.webhook.LoadedSound;
import teleapi.media.MediaEvent;
import teleapi.media.Sound;
import teleapi.media.speech.Recognition;
import teleapi.rcml.Finding;
import teleapi.sip.DialogEvent;

/** What has happened to a call. Every event names the thing it is about, so that one of an earlier verb is recognised and dropped. */
public sealed interface CallEvent extends CallMessage {
    /** In this call's SIP dialog. */
    record DialogHappened(DialogEvent event) implements CallEvent {}

    /** In this call's media session. */
    record MediaHappened(MediaEvent event) implements CallEvent {}

    /**
     * An application server answered request number {@code fetch}, or did not.
     *
     * @param at when, by {@link teleapi.runtime.Time#nanos()}
     * @param reading what its answer says
     */
    record Fetched(long fetch, long at, Reading reading) implements CallEvent {}

    /** Sound number {@code load} is there, or cannot be had. */
    record SoundLoaded(long load, LoadedSound sound) implements CallEvent {}

    /** The document at {@code url}, of which the call hears the sound, is not all as RCML says. */
    record FindingsMade(String url, List<Finding> findings) implements CallEvent {}

    /** What was said as number {@code utterance} has been recognised, or cannot be. */
    record SpeechRecognised(long utterance, Recognition.Outcome outcome) implements CallEvent {}

    /** A dialled leg rings; with {@code earlyMedia} its sound can be heard. */
    record ChildRinging(Call child, boolean earlyMedia) implements CallEvent {}

    /** A dialled leg has answered and is being screened; ChildAnswered follows, or it leaves. */
    record ChildPickedUp(Call child) implements CallEvent {}

    /** A dialled leg has answered, has been screened, and waits to be joined. */
    record ChildAnswered(Call child) implements CallEvent {}

    /** A dialled leg has ended. */
    record ChildEnded(Call child, CallRecord record) implements CallEvent {}

    /** To a dialled leg, or one out of a queue: it was chosen; the side of the one who dialled stands. */
    record Joined(Sid bridge) implements CallEvent {}

    /** To the same: the Dial does not want it any more. One that has gone on to a document of its own does not care. */
    record NotWanted(Sid bridge, EndReason reason) implements CallEvent {}

    /**
     * The bridge of a Dial is over because the other one left it.
     *
     * @param bridge the dialled leg's Sid, or that of its pick-up from a queue
     * @param joined false from a leg that left before it heard that it was chosen: there has been no bridge
     * @param why what that means to a leg that was dialled
     */
    record PeerLeft(Sid bridge, boolean joined, EndReason why) implements CallEvent {}

    /**
     * To the connected leg: prepare this document too and wait for the leader's word.
     *
     * @param number of the command, {@link CallCommand.Modify#number}
     */
    record MoveAlong(Sid modification, long number, NewDocument document, Redirect.Mode mode, Leader leader)
            implements CallEvent {}

    /** To the leader: the connected leg's document is ready, or is not to be had, or the leg has ended. */
    record FollowerPrepared(Sid modification, Prepared prepared, int code, String reason) implements CallEvent {
        /** How it stands with the follower. */
        public enum Prepared {
            READY,
            FAILED,
            GONE
        }
    }

    /** To the follower: switch now, or as soon as you are ready. */
    record MoveNow(Sid modification) implements CallEvent {}

    /** To the follower: the move is off. */
    record MoveOff(Sid modification, int code, String reason) implements CallEvent {}

    /** To the connected leg: hear this over the call, too; {@code handle} stops it. */
    record HearOver(Sid handle, Sound sound, int loops) implements CallEvent {}

    /** To the connected leg: sounds over the call stop, the one with this handle or all. */
    record HearNoMore(Optional<Sid> handle) implements CallEvent {}

    /** To the connected call: its party is to be transferred. TransferTold to the one that asks follows. */
    record TransferAsked(Transfer transfer) implements CallEvent {}

    /** How far a transfer has come, as the status of an INVITE; from 200 on it is the last word. */
    record TransferTold(Sid transfer, int status) implements CallEvent {}

    /** Whether the one at the other end of that bridge is ready to be joined to a call that takes a place in it. */
    record PlaceReady(Sid bridge, boolean ready) implements CallEvent {}

    /** To a call whose other end is about to be taken away by a transfer: wait for TransferTold. */
    record StandAside(Sid transfer) implements CallEvent {}

    /** To a call whose Dial rings: let what it rings ring for that one. BranchesGiven or BranchesKept to it follows. */
    record BranchesWanted(Transfer transfer, Call wants) implements CallEvent {}

    /** To the one that wanted them: they are its own now. */
    record BranchesGiven(Sid transfer, Branches branches) implements CallEvent {}

    /** To the same: there is nothing to give. */
    record BranchesKept(Sid transfer) implements CallEvent {}

    /** To the one that has been given them: who gave them was redirected or ended by the API, so they are to ring no more. */
    record BranchesForbidden(Sid transfer) implements CallEvent {}

    /** To a dialled leg: another call has it now. */
    record Adopted(Call parent) implements CallEvent {}

    /** To the one whose party asked for a transfer to somebody who rang: that one has answered before it was begun. */
    record TargetAnswered(Sid transfer) implements CallEvent {}

    /** The other call of a bridge that was asked for by the API has left it, or has ended; {@code why} as in PeerLeft. */
    record BridgeLeft(Sid bridge, EndReason why) implements CallEvent {}

    /** To the leader: the follower runs its new document. */
    record FollowerMoved(Sid modification) implements CallEvent {}

    /**
     * The conference let this call in; it waits, or hears the others at once.
     *
     * @param listens whether it is to be told when this party begins and ends to speak
     * @param place what it has of another one whose place it has taken
     */
    record ConferenceEntered(Conference conference, Sid sid, boolean started, boolean listens, Optional<Place> place)
            implements CallEvent {}

    /** To one that has transferred its place in the conference: {@code by} is there, and this one is not any more. */
    record PlaceTaken(Conference conference, Call by) implements CallEvent {}

    /** To the same: that one does not come. */
    record PlaceNotTaken(Sid call) implements CallEvent {}

    /** A place in the conference is kept for this call, or none is to be had; to request number {@code request}. */
    record PlaceKept(long request, Conference conference, Expected answer) implements CallEvent {}

    /** Request number {@code request} to be there on other terms has been done; false: it is over, or this call is not in it. */
    record ParticipantChanged(Conference conference, long request, boolean done) implements CallEvent {}

    /** To itself: what is heard until the conference starts is another sound now. */
    record WaitsOtherwise(Conference conference) implements CallEvent {}

    /** The conference has no room left. */
    record ConferenceFull(Conference conference) implements CallEvent {}

    /** Waiting is over: everyone in the conference hears everyone. */
    record ConferenceStarted(Conference conference) implements CallEvent {}

    /** The conference is over for everyone. */
    record ConferenceEnded(Conference conference, String reason) implements CallEvent {}

    /** A stream of this call is over; {@code code} 0: as it should be. */
    record StreamEnded(Sid stream, int code, String reason) implements CallEvent {}

    /** A stream goes on, and something of it is lost. */
    record StreamInTrouble(Sid stream, int code, String reason) implements CallEvent {}

    /** The queue let this call in: it waits. */
    record QueueEntered(CallQueue queue) implements CallEvent {}

    /** The queue has no room left. */
    record QueueFull(CallQueue queue) implements CallEvent {}

    /** The queue was over before it did what was asked; with {@code fault}, whatever was asked. */
    record QueueOver(CallQueue queue, boolean fault) implements CallEvent {}

    /** To one who waits: somebody has dialled the queue. QueuedCaller to that one follows, or the queue is left. */
    record Dequeued(PickUp pickUp) implements CallEvent {}

    /** To the one who dialled: this one comes out of the queue; {@code ready} to be joined, or hears a document first. */
    record QueuedCaller(PickUp pickUp, Call caller, boolean ready) implements CallEvent {}
}
