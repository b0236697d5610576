// SPDX-License-Identifier: Apache-2.0
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Engines on the Java machine behind the line protocol of bench/peers/README.md.
 *
 * <pre>java Rows ENGINE FOLDER WORKLOAD DECISION</pre>
 */
public final class Rows {
    private static final ObjectMapper JSON = new ObjectMapper()
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
    private static final Pattern DATE_INPUT = Pattern.compile("<inputData [^>]*name=\"(\\w+)\"><variable [^>]*typeRef=\"date\"");

    private final Engine engine;
    private final Set<String> dates = new HashSet<>();
    private final List<Object> inputs = new ArrayList<>();
    private int at = 0;
    private Object last;

    private Rows(String name, String model, String decision) throws Exception {
        Matcher found = DATE_INPUT.matcher(model);
        while (found.find()) dates.add(found.group(1));
        engine = (Engine) Class.forName(name).getDeclaredConstructor(String.class, String.class).newInstance(model, decision);
    }

    public static void main(String[] given) throws Exception {
        PrintStream out = new PrintStream(System.out, true);
        System.setOut(System.err);  // some engines print there
        String base = given[1] + "/" + given[2];
        String model = Files.readString(Path.of(base + ".dmn"));
        long started = System.nanoTime();
        Rows rows = new Rows(given[0], model, given[3]);
        Path rowFile = Path.of(base + ".rows.jsonl");
        try (BufferedReader file = Files.newBufferedReader(rowFile)) {
            rows.last = rows.engine.run(rows.input(file.readLine()));
        }
        out.println("{\"load\":" + (System.nanoTime() - started) / 1e9 + "}");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null && !line.equals("quit"); line = in.readLine()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "rows" -> {
                    for (String each : Files.readAllLines(rowFile)) rows.inputs.add(rows.input(each));
                    out.println("{\"rows\":" + rows.inputs.size() + "}");
                }
                case "answers" -> out.println("{\"rows\":" + rows.answers(Double.parseDouble(words[1]), Path.of(words[2])) + "}");
                default -> out.println(rows.pass(Long.parseLong(words[1])));
            }
        }
        System.exit(0);
    }

    private String pass(long count) throws Exception {
        long hits = 0;
        long from = System.nanoTime();
        for (long turn = 0; turn < count; ++turn) {
            last = engine.run(inputs.get(at));
            if (last != null) ++hits;
            if (++at == inputs.size()) at = 0;
        }
        return "{\"seconds\":" + (System.nanoTime() - from) / 1e9 + ",\"hits\":" + hits + "}";
    }

    private int answers(double most, Path path) throws Exception {
        long until = System.nanoTime() + (long) (most * 1e9);
        int written = 0;
        try (BufferedWriter file = Files.newBufferedWriter(path)) {
            for (Object input : inputs) {
                file.write(JSON.writeValueAsString(plain(engine.plain(engine.run(input)))));
                file.newLine();
                ++written;
                if (System.nanoTime() > until) break;
            }
        }
        return written;
    }

    private Object input(String row) throws Exception {
        Map<String, Object> parsed = JSON.readValue(row, new TypeReference<LinkedHashMap<String, Object>>() {});
        parsed.replaceAll((name, value) -> dates.contains(name) ? LocalDate.parse((String) value) : exact(value));
        return engine.prepare(parsed);
    }

    /** Whole numbers as decimals too, lists and maps through and through. */
    @SuppressWarnings("unchecked")
    private static Object exact(Object value) {
        if (value instanceof Integer || value instanceof Long) return BigDecimal.valueOf(((Number) value).longValue());
        if (value instanceof List<?> list) list.replaceAll((part) -> cast(exact(part)));
        if (value instanceof Map<?, ?> map) ((Map<String, Object>) map).replaceAll((name, part) -> exact(part));
        return value;
    }

    @SuppressWarnings("unchecked")
    private static <T> T cast(Object value) {
        return (T) value;
    }

    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> made = new LinkedHashMap<>();
            map.forEach((name, part) -> made.put(String.valueOf(name), plain(part)));
            return made;
        }
        if (value instanceof List<?> list) return list.stream().map(Rows::plain).toList();
        return value == null || value instanceof Number || value instanceof String || value instanceof Boolean ? value : value.toString();
    }
}
