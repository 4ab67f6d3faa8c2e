package teleapi.rcml;

/** A registered client of the account. {@code name} may end in {@code ?X-Name=value&…}. */
public record Client(Position position, String name, LegOptions options) implements Noun.Ringable {
    /** 255 for the name and 1,024 for the headers behind it. */
    public static final int MAX_NAME = 1_280;

    static final int MAX_PARAMETER = 255;

    public Client {
        Checked.length("name of Client", name, 1, MAX_NAME);
    }
}
