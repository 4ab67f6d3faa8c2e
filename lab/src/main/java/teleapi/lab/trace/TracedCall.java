package teleapi.lab.trace;

/**
 * A call as the API describes it.
 *
 * @param parent its CallSid, or empty
 */
record TracedCall(String sid, String parent, String direction, String from, String to, String status) {
    boolean inbound() {
        return direction.equals("inbound");
    }

    boolean ended() {
        return switch (status) {
            case "queued", "ringing", "in-progress" -> false;
            default -> true;
        };
    }

    /** {@code CA…cdef}: the end of a Sid tells it from others. */
    String brief() {
        return "CA…" + sid.substring(30);
    }

    /** Who is at the far end. */
    String farEnd() {
        return inbound() ? from : to;
    }
}
