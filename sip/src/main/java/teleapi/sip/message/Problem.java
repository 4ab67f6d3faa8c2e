package teleapi.sip.message;

/** What is wrong with a message, in words that hold nothing of it, and the status that says so. */
record Problem(int status, String reason) {
    static Problem bad(String reason) {
        return new Problem(400, reason);
    }
}
