package teleapi.lab.house;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words that must not stand in some files.
 *
 * @param name what the rule is called in {@code allowed.txt}
 * @param where the files it holds for
 * @param part code or comments of a file
 * @param why what to do instead
 */
record WordRule(String name, Predicate<SourceFile> where, Function<String, String> part, Pattern words, String why) {
    static WordRule code(String name, Predicate<SourceFile> where, String words, String why) {
        return new WordRule(name, where, SourceText::code, Pattern.compile(words), why);
    }

    static WordRule comments(String name, Predicate<SourceFile> where, String words, String why) {
        return new WordRule(name, where, SourceText::comments, Pattern.compile(words), why);
    }

    List<Complaint> complaints(SourceFile file) {
        List<Complaint> complaints = new ArrayList<>();
        if (where.test(file)) {
            String text = part.apply(file.text());
            Matcher matcher = words.matcher(text);
            while (matcher.find()) {
                int line = 1
                        + Math.toIntExact(text.substring(0, matcher.start())
                                .chars()
                                .filter(c -> c == '\n')
                                .count());
                complaints.add(new Complaint(
                        file.path(), line, name, "'" + matcher.group().strip() + "': " + why));
            }
        }
        return complaints;
    }
}
