package teleapi.flows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A flow as it is written: a title, where its rule comes from, who plays, and its lines. */
record FlowFile(String title, String source, Map<String, String> cast, List<Line> lines) {
    /** One line and where it stands. */
    record Line(int number, String text) {}

    static FlowFile read(Path file) throws IOException {
        String title = "";
        String source = "";
        var cast = new LinkedHashMap<String, String>();
        var lines = new ArrayList<Line>();
        int number = 0;
        for (String raw : Files.readAllLines(file)) {
            number++;
            int comment = raw.indexOf("  #");
            String text = (comment < 0 ? raw : raw.substring(0, comment)).strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            if (text.startsWith("flow ")) {
                title = text.substring(5).strip();
            } else if (text.startsWith("source ")) {
                source = text.substring(7).strip();
            } else if (text.startsWith("cast ")) {
                for (String player : text.substring(5).split("·", -1)) {
                    String[] words = player.strip().split(" +", 2);
                    cast.put(words[0], words[1]);
                }
            } else {
                lines.add(new Line(number, text));
            }
        }
        if (title.isEmpty() || source.isEmpty() || cast.isEmpty()) {
            throw new IOException(file + " needs the lines flow, source and cast");
        }
        return new FlowFile(title, source, cast, lines);
    }
}
