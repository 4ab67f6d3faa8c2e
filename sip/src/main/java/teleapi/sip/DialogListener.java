package teleapi.sip;

/** Is told what happens in a dialog, in order, on its SIP worker: post it on, do not wait. */
@FunctionalInterface
public interface DialogListener {
    void happened(DialogEvent event);
}
