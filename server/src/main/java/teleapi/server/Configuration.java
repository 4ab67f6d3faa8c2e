package teleapi.server;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the operator has said, from wherever, as text. Not changed after it is read. */
final class Configuration {
    private static final String HIDDEN = "(hidden)";

    private final Map<Setting, String> values;

    private Configuration(Map<Setting, String> values) {
        this.values = values;
    }

    /**
     * Flag beats environment beats file.
     *
     * @throws StartException for an unknown key, or a file that cannot be read
     */
    static Configuration read(Map<Setting, String> flags, Map<String, String> environment, Optional<Path> file)
            throws StartException {
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        if (file.isPresent()) {
            values.putAll(fromFile(file.get()));
        }
        for (Setting setting : Setting.values()) {
            String value = environment.get(setting.environment());
            if (value != null && !value.isEmpty()) {
                values.put(setting, value);
            }
        }
        values.putAll(flags);
        return new Configuration(values);
    }

    String text(Setting setting) {
        return values.getOrDefault(setting, setting.usual());
    }

    Optional<String> given(Setting setting) {
        return Optional.of(text(setting)).filter(value -> !value.isEmpty());
    }

    /** What is in force, as a configuration file, without secrets. */
    String printed() {
        StringBuilder printed = new StringBuilder();
        for (Setting setting : Setting.values()) {
            String value = shown(setting);
            if (!value.isEmpty()) {
                printed.append(setting.key())
                        .append(" = ")
                        .append(ConfigUtil.quoteString(value))
                        .append('\n');
            }
        }
        return printed.toString();
    }

    private String shown(Setting setting) {
        String value = text(setting);
        return switch (setting) {
            case AUTH_TOKEN -> value.isEmpty() ? "" : HIDDEN;
            case DATABASE -> withoutPassword(value);
            case TRUNK -> withoutUserInfo(value);
            case DATA,
                    HTTP,
                    SIP,
                    RTP_PORTS,
                    PUBLIC_ADDRESS,
                    PUBLIC_URL,
                    CODECS,
                    MEDIA_TIMEOUT,
                    DRAIN,
                    KEEP_RECORDINGS,
                    SPEECH,
                    RECOGNISER,
                    ACCOUNT_SID -> value;
        };
    }

    /** Everything after the question mark: user and password are there. */
    private static String withoutPassword(String url) {
        int query = url.indexOf('?');
        return withoutUserInfo(query < 0 ? url : url.substring(0, query) + "?" + HIDDEN);
    }

    private static String withoutUserInfo(String uri) {
        int at = uri.lastIndexOf('@');
        int colon = uri.indexOf(':');
        return at < 0 || colon < 0 ? uri : uri.substring(0, colon + 1) + HIDDEN + uri.substring(at);
    }

    private static Map<Setting, String> fromFile(Path file) throws StartException {
        if (!Files.isReadable(file)) {
            throw new StartException("cannot read " + file + ": give an existing file with --config");
        }
        Config config;
        try {
            config = ConfigFactory.parseFile(file.toFile());
        } catch (ConfigException e) {
            throw new StartException("cannot understand " + file + ": " + firstLine(e), e);
        }
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        for (Map.Entry<String, ConfigValue> entry : config.entrySet()) {
            List<String> path = ConfigUtil.splitPath(entry.getKey());
            Setting setting = Setting.ofKey(path.getFirst())
                    .filter(found -> path.size() == 1)
                    .orElseThrow(() -> new StartException(
                            "unknown key " + entry.getKey() + " in " + file + ": serve --help lists the keys"));
            values.put(setting, String.valueOf(entry.getValue().unwrapped()));
        }
        return values;
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
