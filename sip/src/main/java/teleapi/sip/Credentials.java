package teleapi.sip;

/** User name and password for a digest challenge of the far end. The password never leaves it in text. */
public record Credentials(String username, String password) {
    @Override
    public String toString() {
        return "Credentials[" + username + "]";
    }
}
