package teleapi.sip.auth;

/** Who asks for credentials: the far end itself, or a proxy on the way (RFC 3261 §22.2, §22.3). */
public enum Demand {
    SERVER(401, "WWW-Authenticate", "Authorization"),
    PROXY(407, "Proxy-Authenticate", "Proxy-Authorization");

    private final int status;
    private final String challenge;
    private final String credentials;

    Demand(int status, String challenge, String credentials) {
        this.status = status;
        this.challenge = challenge;
        this.credentials = credentials;
    }

    public int status() {
        return status;
    }

    /** The header that asks. */
    public String challengeHeader() {
        return challenge;
    }

    /** The header that answers. */
    public String credentialsHeader() {
        return credentials;
    }
}
