package teleapi.lab.house;

/** A place that breaks a rule. */
record Complaint(String path, int line, String rule, String message) {
    @Override
    public String toString() {
        return path + ":" + line + " [" + rule + "] " + message;
    }
}
