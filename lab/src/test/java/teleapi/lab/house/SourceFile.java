package teleapi.lab.house;

import java.nio.file.Path;

/**
 * A Java file of the project.
 *
 * @param path from the root of the project, with slashes
 */
record SourceFile(String path, String text) {
    /** The first folder: the module. */
    String module() {
        return path.substring(0, path.indexOf('/'));
    }

    boolean isTest() {
        return path.contains("/src/test/");
    }

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    String folder() {
        return path.substring(0, path.lastIndexOf('/'));
    }

    static SourceFile of(Path root, Path file, String text) {
        return new SourceFile(root.relativize(file).toString().replace('\\', '/'), text);
    }
}
