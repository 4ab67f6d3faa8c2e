package teleapi.rest.http;

/** The two bases: the same resources, spoken differently. */
public enum Dialect {
    /** {@code /teleapi/2012-04-24}: XML unless JSON is asked for. */
    NATIVE("/teleapi/2012-04-24", "2012-04-24"),
    /** {@code /2010-04-01}: what unmodified SDKs speak; always JSON. */
    SDK("/2010-04-01", "2010-04-01");

    private final String base;
    private final String version;

    Dialect(String base, String version) {
        this.base = base;
        this.version = version;
    }

    public String base() {
        return base;
    }

    public String version() {
        return version;
    }
}
