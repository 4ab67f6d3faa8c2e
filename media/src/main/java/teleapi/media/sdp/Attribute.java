package teleapi.media.sdp;

/** An {@code a=} line: {@code a=name} (value empty) or {@code a=name:value}. */
public record Attribute(String name, String value) {
    public static Attribute flag(String name) {
        return new Attribute(name, "");
    }
}
