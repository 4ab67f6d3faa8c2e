package teleapi.sip;

import java.util.List;
import java.util.Optional;
import teleapi.runtime.Loop;
import teleapi.sip.dialog.DialogCommand;
import teleapi.sip.dialog.InviteDialog;
import teleapi.sip.message.Header;

/** A dialog as its owner sees it: each call is a message to its worker. */
record DialogHandle(Loop<WorkerMessage> worker, InviteDialog dialog, String callId, String localTag) implements Dialog {
    @Override
    public void progress(int status, Optional<byte[]> sdp, List<Header> headers) {
        if (status <= 100 || status >= 200) {
            throw new IllegalArgumentException("progress with status " + status + ", wanted is 101 to 199");
        }
        post(new DialogCommand.Progress(status, sdp, headers));
    }

    @Override
    public void answer(byte[] sdp, List<Header> headers) {
        post(new DialogCommand.Answer(sdp, headers));
    }

    @Override
    public void accept(byte[] sdp) {
        post(new DialogCommand.Accept(sdp));
    }

    @Override
    public void refuse(int status, String reason, List<Header> headers) {
        if (status < 300 || status >= 700) {
            throw new IllegalArgumentException("refusal with status " + status + ", wanted is 300 to 699");
        }
        post(new DialogCommand.Refuse(status, Phrases.clean(reason), headers));
    }

    @Override
    public void modify(byte[] offer) {
        post(new DialogCommand.Modify(offer));
    }

    @Override
    public void inform(String contentType, byte[] body) {
        post(new DialogCommand.Inform(contentType, body));
    }

    @Override
    public void acceptReferral() {
        post(new DialogCommand.AcceptReferral());
    }

    @Override
    public void refuseReferral(int status, String reason) {
        if (status < 300 || status >= 700) {
            throw new IllegalArgumentException("refusal with status " + status + ", wanted is 300 to 699");
        }
        post(new DialogCommand.RefuseReferral(status, Phrases.clean(reason)));
    }

    @Override
    public void tellReferrer(int status) {
        if (status < 100 || status >= 700) {
            throw new IllegalArgumentException("status " + status + ", wanted is 100 to 699");
        }
        post(new DialogCommand.TellReferrer(status));
    }

    @Override
    public void refer(SipUri target) {
        post(new DialogCommand.Refer(target));
    }

    @Override
    public void hangUp() {
        post(new DialogCommand.HangUp());
    }

    // Refused only when the worker has ended, and the dialog with it.
    private void post(DialogCommand command) {
        worker.expedite(new WorkerMessage.Command(dialog, command));
    }
}
