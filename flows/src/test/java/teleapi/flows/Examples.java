package teleapi.flows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import teleapi.media.sound.Mp3Copy;

/** The documents in docs/rcml: fenced as {@code xml name}, and what a flow has for an application to answer with. */
final class Examples {
    private static final Path PAGES = Path.of("../docs/rcml");
    private static final Pattern FENCE = Pattern.compile("```xml *([a-z-]*)\n(.*?)```", Pattern.DOTALL);
    private static final String EXAMPLE = "example ";

    private Examples() {}

    /** The text of every page by its path. */
    static Map<Path, String> pages() throws IOException {
        var pages = new TreeMap<Path, String>();
        try (Stream<Path> files = Files.list(PAGES)) {
            for (Path file : files.sorted().toList()) {
                pages.put(file, Files.readString(file));
            }
        }
        return pages;
    }

    /** Every example by its name, which is empty where somebody forgot it. */
    static Map<String, String> all() throws IOException {
        var examples = new TreeMap<String, String>();
        for (String page : pages().values()) {
            FENCE.matcher(page)
                    .results()
                    .forEach(found -> examples.merge(found.group(1), found.group(2), (a, b) -> a + b));
        }
        return examples;
    }

    /** {@code example NAME}, or the document itself. */
    static String document(String body) {
        if (!body.startsWith(EXAMPLE)) {
            return body;
        }
        try {
            String name = body.substring(EXAMPLE.length()).strip();
            String document = all().get(name);
            if (document == null) {
                throw new IllegalArgumentException("no example " + name + " in " + PAGES);
            }
            return document;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A second of sound that is nobody's tone. */
    static byte[] wav() {
        short[] samples = Tones.of(500, 1_000, -15).samples();
        var file = ByteBuffer.allocate(44 + 2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples.length);
        file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 1);
        file.putInt(8_000).putInt(16_000).putShort((short) 2).putShort((short) 16);
        file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples.length);
        for (short sample : samples) {
            file.putShort(sample);
        }
        return file.array();
    }

    /** The same as MP3. */
    static byte[] mp3() {
        return Coded.MP3.clone();
    }

    /** Made once, when the first flow asks for it. */
    private static final class Coded {
        private static final byte[] MP3 = mp3(wav());

        private static byte[] mp3(byte[] wav) {
            try {
                Path folder = Files.createTempDirectory("mp3");
                Path from = Files.write(folder.resolve("a.wav"), wav);
                Path to = folder.resolve("a.mp3");
                Mp3Copy.make(from, to);
                byte[] made = Files.readAllBytes(to);
                for (Path left : List.of(from, to, folder)) {
                    Files.delete(left);
                }
                return made;
            } catch (IOException full) {
                throw new UncheckedIOException(full);
            }
        }
    }

    /** The lines of a page that begin a row of that table. */
    static List<String> rows(String page, String heading) {
        int from = page.indexOf(heading);
        int end = page.indexOf("\n## ", from);
        String part = page.substring(from, end < 0 ? page.length() : end);
        return part.lines().filter(line -> line.startsWith("| `")).toList();
    }
}
