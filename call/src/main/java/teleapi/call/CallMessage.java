package teleapi.call;

/** What can lie in a call's mailbox. Immutable; live objects in it are only identities: handles whose methods any thread may use. */
public sealed interface CallMessage permits CallCommand, CallEvent {}
