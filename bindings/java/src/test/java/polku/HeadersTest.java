// SPDX-License-Identifier: Apache-2.0
package polku;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The declarations of {@link Calls} say what the C headers say. */
class HeadersTest {
    private static final Path CAPI = Path.of(System.getProperty("polku.source"), "capi");

    private static String headers() throws IOException {
        StringBuilder text = new StringBuilder();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(CAPI, "polku*.h")) {
            for (Path file : files) {
                text.append(Files.readString(file));
            }
        }
        return text.toString().replaceAll("(?s)/\\*.*?\\*/", "");
    }

    private static Map<String, List<String>> functions() throws IOException {
        Map<String, List<String>> found = new HashMap<>();
        Matcher matcher = Pattern.compile("POLKU_API\\s+([\\w\\s]+?\\s*\\*?)\\s*(polku_\\w+)\\(([^)]*)\\);").matcher(headers());
        while (matcher.find()) {
            List<String> types = new ArrayList<>(List.of(kind(matcher.group(1) + " result")));
            if (!matcher.group(3).strip().equals("void")) {
                for (String part : matcher.group(3).split(",")) {
                    types.add(kind(part));
                }
            }
            found.put(matcher.group(2), types);
        }
        return found;
    }

    /** "pointer", or how many bits a scalar has. */
    private static String kind(String declaration) {
        String words = declaration.strip();
        if (words.contains("*")) {
            return "pointer";
        }
        String type = words.substring(0, words.lastIndexOf(' ')).strip();
        return switch (type) {
            case "void" -> "void";
            case "size_t", "uint64_t" -> "64";
            case "uint32_t", "polku_status" -> "32";
            default -> type;
        };
    }

    private static String kind(Class<?> type) {
        if (type == void.class) {
            return "void";
        }
        return type == int.class ? "32" : type == long.class ? "64" : "pointer";
    }

    @Test
    void everyDeclarationIsThatOfTheHeader() throws IOException {
        Map<String, List<String>> declared = functions();
        assertTrue(declared.size() > 60, "functions found in the headers: " + declared.size());
        int compared = 0;
        for (Method method : Calls.class.getDeclaredMethods()) {
            if (!Modifier.isNative(method.getModifiers())) {
                continue;
            }
            List<String> mine = new ArrayList<>(List.of(kind(method.getReturnType())));
            for (Class<?> parameter : method.getParameterTypes()) {
                mine.add(kind(parameter));
            }
            assertNotNull(declared.get(method.getName()), method.getName());
            assertEquals(declared.get(method.getName()), mine, method.getName());
            ++compared;
        }
        assertTrue(compared > 50, "functions compared: " + compared);
    }

    @Test
    void statusesHaveTheNumbersOfTheHeader() throws IOException {
        Matcher matcher = Pattern.compile("#define POLKU_STATUS_(\\w+) (\\d+)").matcher(headers());
        int count = 0;
        for (; matcher.find(); ++count) {
            assertEquals(Integer.parseInt(matcher.group(2)), Status.valueOf(matcher.group(1)).ordinal());
        }
        assertEquals(Status.values().length, count);
    }

    @Test
    void majorVersionIsThatOfTheHeader() throws IOException {
        Matcher matcher = Pattern.compile("#define POLKU_ABI_VERSION_MAJOR (\\d+)").matcher(headers());
        assertTrue(matcher.find());
        assertEquals(Integer.parseInt(matcher.group(1)), Calls.ABI_MAJOR);
    }

    @Test
    void structuresHaveTheirSizes() {
        int pointer = com.sun.jna.Native.POINTER_SIZE;
        Map<Structure, Integer> sizes = Map.of(
            new Calls.RawPosition(), 3 * pointer + 8, new Calls.RawContextOptions(), 64,
            new Calls.RawStoreOptions(), 64, new Calls.RawViewOptions(), 8 + 6 * pointer + 32);
        sizes.forEach((structure, size) -> assertEquals(size, structure.size(), structure.getClass().getSimpleName()));
        assertEquals(8, pointer, Pointer.class + " of 64 bits");
    }
}
