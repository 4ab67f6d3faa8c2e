package teleapi.lab.house;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The files of the project on disk, without what a build makes. */
final class SourceTree {
    private static final Set<String> MADE = Set.of("target", "data", "node_modules", "build");
    private static final Set<String> TEXTS = Set.of(
            "java",
            "md",
            "xml",
            "sh",
            "sql",
            "txt",
            "properties",
            "conf",
            "html",
            "js",
            "css",
            "json",
            "yml",
            "flow",
            "");
    private static final long LARGEST = 1 << 20;

    private SourceTree() {}

    /** The folder with the pom that names the modules. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("runtime")) || !Files.exists(folder.resolve("lab/pom.xml"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException(
                        "no project around " + Path.of("").toAbsolutePath());
            }
            folder = parent;
        }
        return folder;
    }

    static List<SourceFile> java() throws IOException {
        return texts().stream().filter(file -> file.path().endsWith(".java")).toList();
    }

    /** Every text file: sources, documents, scripts. */
    static List<SourceFile> texts() throws IOException {
        Path root = root();
        List<SourceFile> files = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = String.valueOf(folder.getFileName());
                boolean hidden = name.startsWith(".") && !name.equals(".ci");
                boolean made = MADE.contains(name) && !folder.toString().contains("src");
                return !folder.equals(root) && (hidden || made)
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = file.getFileName().toString();
                String type = name.contains(".") ? name.substring(name.lastIndexOf('.') + 1) : "";
                if (attributes.isRegularFile() && TEXTS.contains(type) && attributes.size() < LARGEST) {
                    files.add(SourceFile.of(root, file, Files.readString(file)));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }
}
