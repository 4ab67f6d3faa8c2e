package teleapi.rest.http;

/** How an answer is written. */
public enum Format {
    XML("application/xml;charset=utf-8", ""),
    JSON("application/json;charset=utf-8", ".json");

    private final String contentType;
    private final String suffix;

    Format(String contentType, String suffix) {
        this.contentType = contentType;
        this.suffix = suffix;
    }

    public String contentType() {
        return contentType;
    }

    /** What a URI ends in so that the same format comes again. */
    public String suffix() {
        return suffix;
    }
}
