package teleapi.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Several texts in one column: separated by tabs, lines by line feeds; a tab, a line feed or a backslash in a text is written after a backslash. */
final class TabbedText {
    private TabbedText() {}

    static String line(List<String> fields) {
        var line = new StringBuilder();
        for (String field : fields) {
            if (!line.isEmpty()) {
                line.append('\t');
            }
            escape(field, line);
        }
        return line.toString();
    }

    /** Names and values in turn, in the order of the names. */
    static List<String> fields(Map<String, String> map) {
        var fields = new ArrayList<String>();
        new TreeMap<>(map).forEach((name, value) -> {
            fields.add(name);
            fields.add(value);
        });
        return fields;
    }

    static List<String> fields(String line) {
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\t') {
                fields.add(field.toString());
                field.setLength(0);
            } else if (c == '\\' && i + 1 < line.length()) {
                i++;
                char escaped = line.charAt(i);
                field.append(escaped == 't' ? '\t' : escaped == 'n' ? '\n' : escaped);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    /** What {@link #fields(Map)} made, from the field with this number. */
    static Map<String, String> map(List<String> fields, int from) {
        var map = new LinkedHashMap<String, String>();
        for (int i = from; i + 1 < fields.size(); i += 2) {
            map.put(fields.get(i), fields.get(i + 1));
        }
        return map;
    }

    private static void escape(String field, StringBuilder line) {
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            switch (c) {
                case '\t' -> line.append("\\t");
                case '\n' -> line.append("\\n");
                case '\\' -> line.append("\\\\");
                // PostgreSQL refuses U+0000 in any text.
                case '\0' -> {}
                default -> line.append(c);
            }
        }
    }
}
