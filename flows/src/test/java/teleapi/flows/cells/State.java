package teleapi.flows.cells;

/** The columns of the table. */
enum State {
    QUEUED("queued"),
    RINGING("ringing (made by the API)"),
    UNANSWERED("inbound, not answered"),
    PARENT_RINGS("parent whose Dial rings"),
    LEG_RINGS("ringing leg of a Dial"),
    IN_PROGRESS("in progress"),
    ENDED("ended");

    private final String column;

    State(String column) {
        this.column = column;
    }

    String column() {
        return column;
    }
}
