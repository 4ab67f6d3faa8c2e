package teleapi.server;

import java.util.Locale;
import java.util.Optional;

/** Everything that can be set: as flag, as environment variable, and as key of the configuration file. Flag beats environment beats file. */
enum Setting {
    DATA("DIR", "./data", "folder of the embedded database and of sounds (sounds/*.wav for store:name)"),
    HTTP("HOST:PORT", "127.0.0.1:8080", "where the API listens; port 0: any free one"),
    SIP("HOST:PORT", "127.0.0.1:5060", "where SIP listens, UDP and TCP; port 0: any free one"),
    RTP_PORTS("LOW-HIGH", "20000-29999", "UDP ports for sound; 0: any free ones"),
    PUBLIC_ADDRESS("ADDR", "", "the address others reach us at, in SDP, Contact and Via; otherwise the SIP host"),
    PUBLIC_URL(
            "URL",
            "",
            "where applications reach the API, behind a proxy perhaps: begins RecordingUrl; otherwise http:// and"
                    + " where it listens"),
    DATABASE("URL", "", "jdbc:postgresql://HOST/NAME?user=…&password=…; otherwise embedded, under --data"),
    TRUNK("SIP-URI", "", "where numbers go: sip:USER:PASSWORD@HOST:PORT;transport=tcp"),
    CODECS("NAMES", "PCMU,PCMA,G722,opus", "what calls may be spoken in, in the order in which we offer it"),
    MEDIA_TIMEOUT(
            "SECONDS",
            "60",
            "how long nothing may come from a phone that is not on hold, before the call ends; 0: forever"),
    DRAIN("SECONDS", "30", "on SIGTERM, how long live calls may go on"),
    KEEP_RECORDINGS("DAYS", "", "after so many days recordings are deleted, sound and record; otherwise never"),
    SPEECH(
            "NAME",
            "auto",
            "what speaks, where it has the language: flite, espeak-ng, freetts or auto (the best that is installed)"),
    RECOGNISER("NAME", "auto", "what understands speech: pocketsphinx, auto (the one that is installed) or none"),
    /** Not a flag: command lines are seen by everyone on the machine. */
    ACCOUNT_SID("SID", "", "the first account's Sid; made at the first start and printed once if unset"),
    AUTH_TOKEN("TOKEN", "", "the first account's token");

    private final String shape;
    private final String usual;
    private final String meaning;

    Setting(String shape, String usual, String meaning) {
        this.shape = shape;
        this.usual = usual;
        this.meaning = meaning;
    }

    String shape() {
        return shape;
    }

    String usual() {
        return usual;
    }

    String meaning() {
        return meaning;
    }

    boolean hasFlag() {
        return this != ACCOUNT_SID && this != AUTH_TOKEN;
    }

    /** As key of the file; with two dashes the flag. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String flag() {
        return "--" + key();
    }

    String environment() {
        return "TELEAPI_" + name();
    }

    /** How an operator calls it. */
    String called() {
        return hasFlag() ? flag() : environment();
    }

    static Optional<Setting> ofKey(String key) {
        for (Setting setting : values()) {
            if (setting.key().equals(key)) {
                return Optional.of(setting);
            }
        }
        return Optional.empty();
    }
}
