package teleapi.lab.house;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The exceptions from the rules: {@code path | rule | reason} a line; the path may be a folder that ends in a slash. */
record Allowed(String path, String rule, String reason) {
    static List<Allowed> read() throws IOException {
        try (InputStream in = Objects.requireNonNull(Allowed.class.getResourceAsStream("allowed.txt"))) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    static List<Allowed> parse(String text) {
        List<Allowed> all = new ArrayList<>();
        for (String line :
                text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList()) {
            String[] columns = line.split("\\|", -1);
            if (columns.length != 3 || columns[2].isBlank()) {
                throw new IllegalArgumentException("allowed.txt: not 'path | rule | reason': " + line);
            }
            all.add(new Allowed(columns[0].strip(), columns[1].strip(), columns[2].strip()));
        }
        return all;
    }

    /** What is wrong, a line each: complaints that nothing allows, and lines for {@code rules} that nothing needs any more. */
    static String verdict(Set<String> rules, List<Complaint> complaints) throws IOException {
        return verdict(read().stream().filter(a -> rules.contains(a.rule())).toList(), complaints);
    }

    static String verdict(List<Allowed> allowed, List<Complaint> complaints) {
        Stream<String> open = complaints.stream()
                .filter(complaint -> allowed.stream().noneMatch(a -> a.covers(complaint)))
                .map(Complaint::toString);
        Stream<String> stale = allowed.stream()
                .filter(a -> complaints.stream().noneMatch(a::covers))
                .map(a -> "allowed.txt: nothing needs '" + a.path() + " | " + a.rule() + "' any more; remove the line");
        return Stream.concat(open, stale).collect(Collectors.joining("\n"));
    }

    boolean covers(Complaint complaint) {
        boolean there = path.endsWith("/")
                ? complaint.path().startsWith(path)
                : complaint.path().equals(path);
        return there && complaint.rule().equals(rule);
    }
}
