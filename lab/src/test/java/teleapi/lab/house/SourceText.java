package teleapi.lab.house;

/** Java source with its comments or its code blanked, line by line where it was. */
final class SourceText {
    private final String source;
    private final StringBuilder code;
    private final StringBuilder comments;
    private int at;

    private SourceText(String source) {
        this.source = source;
        this.code = new StringBuilder(source);
        this.comments = new StringBuilder(source);
    }

    /** Without comments, strings and characters. */
    static String code(String source) {
        return new SourceText(source).split().code.toString();
    }

    /** Only the comments. */
    static String comments(String source) {
        return new SourceText(source).split().comments.toString();
    }

    private SourceText split() {
        while (at < source.length()) {
            if (source.startsWith("//", at)) {
                int end = source.indexOf('\n', at);
                blank(code, end < 0 ? source.length() : end);
            } else if (source.startsWith("/*", at)) {
                blank(code, behind("*/", at + 2));
            } else if (source.startsWith("\"\"\"", at)) {
                blankBoth(behind("\"\"\"", at + 3));
            } else if (source.charAt(at) == '"' || source.charAt(at) == '\'') {
                blankBoth(literal(source.charAt(at)));
            } else {
                blank(comments, at + 1);
            }
        }
        return this;
    }

    private int literal(char quote) {
        int end = at + 1;
        while (end < source.length() && source.charAt(end) != quote && source.charAt(end) != '\n') {
            end += source.charAt(end) == '\\' ? 2 : 1;
        }
        return Math.min(end + 1, source.length());
    }

    private int behind(String closing, int from) {
        int found = source.indexOf(closing, from);
        while (found > 0 && closing.charAt(0) == '"' && source.charAt(found - 1) == '\\') {
            found = source.indexOf(closing, found + 1);
        }
        return found < 0 ? source.length() : found + closing.length();
    }

    private void blankBoth(int end) {
        int start = at;
        blank(code, end);
        at = start;
        blank(comments, end);
    }

    private void blank(StringBuilder text, int end) {
        for (; at < end; at++) {
            if (source.charAt(at) != '\n') {
                text.setCharAt(at, ' ');
            }
        }
    }
}
