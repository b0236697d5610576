// SPDX-License-Identifier: Apache-2.0
package polku;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One file of a model, a path or a pack.
 *
 * @param name  what errors call it
 * @param bytes its text in UTF-8
 */
public record SourceFile(String name, byte[] bytes) {
    /** A text at hand. */
    public static SourceFile of(String name, String text) {
        return new SourceFile(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A file of the disk, by its own name. */
    public static SourceFile read(Path file) throws IOException {
        return new SourceFile(file.getFileName().toString(), Files.readAllBytes(file));
    }
}
