// SPDX-License-Identifier: Apache-2.0
package polku;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class DecisionsTest {
    private static final Path SOURCE = Path.of(System.getProperty("polku.source"));
    private static final Path MODEL = SOURCE.resolve("examples").resolve("support.dmn");
    private static final String QUESTION = """
        {"decision":"De minimis","decided":"2026-11-01",
         "inputs":{"excluded sector":true,"new aid":70000,"majority of votes":true}}""";

    @Test
    void versionsAreThere() {
        assertTrue(Polku.version().matches("\\d+\\.\\d+\\.\\d+.*"), Polku.version());
        assertEquals(Calls.ABI_MAJOR, Polku.abiVersion() / 1_000_000);
        assertTrue(Polku.schema("command").contains("command_id"));
    }

    @Test
    void expressionsAreEvaluated() {
        try (Context context = new Context()) {
            assertEquals("\"2027-02-24\"", context.evaluate("@\"2026-11-24\" + duration(\"P3M\")"));
            assertEquals("\"työ 🌲\"", context.evaluate("sana + \" 🌲\"", "{\"sana\":\"työ\"}"));
            assertEquals("null", context.evaluate("today()"));
            assertEquals("\"2026-03-02\"", context.now("2026-03-02").evaluate("string(today())"));
            assertEquals("1234567890123456789012345678901234", context.evaluate("1234567890123456789012345678901234"));
            assertEquals("\"0.1\"", context.numbersAsStrings(true).evaluate("0.1"));
        }
    }

    @Test
    void faultsHaveCodeStatusAndPlace() {
        try (Context context = new Context()) {
            PolkuException fault = assertThrows(PolkuException.class, () -> context.evaluate("1 +"));
            assertEquals(Status.INVALID, fault.status());
            assertEquals(200, fault.code());
            assertEquals(1, fault.positions().get(0).line());
            assertTrue(fault.getMessage().contains(fault.sentence()));
        }
        try (Context narrow = new Context(new Context.Limits(0, 10, 0, 0))) {
            PolkuException fault = assertThrows(PolkuException.class, () -> narrow.evaluate("for i in 1..1000 return i"));
            assertEquals(Status.LIMIT, fault.status());
        }
    }

    @Test
    void modelsAreCompiledAndExplained() throws IOException {
        try (Program program = Program.read(MODEL); Context context = new Context()) {
            assertEquals("[]", program.check());
            assertEquals(List.of("Support"), program.decisions());
            Program.Decision support = program.decision("Support");
            assertEquals(new Program.Input("work ability", "number"), support.inputs().get(0));
            String inputs = "{\"work ability\":6,\"months without work\":14}";
            assertEquals("\"coaching\"", support.evaluate(context, inputs));
            assertTrue(support.explain(context, inputs).contains("a year without work asks for coaching"));
            PolkuException fault = assertThrows(PolkuException.class, () -> program.decision("Nothing"));
            assertEquals(Status.NOT_FOUND, fault.status());
            assertThrows(PolkuException.class, () -> support.evaluate(context, "{\"unheard of\":1}"));
        }
    }

    @Test
    void aFaultNamesItsFile() {
        PolkuException fault = assertThrows(PolkuException.class,
            () -> Program.compile(SourceFile.of("first.dmn", "<nothing/>"), SourceFile.of("second.dmn", "")));
        assertEquals(Status.INVALID, fault.status());
        assertEquals("first.dmn", fault.positions().get(0).source());
    }

    @Test
    void packsDecideAndExplain() throws IOException {
        assertTrue(Pack.shipped().contains("deminimis"));
        try (Pack pack = Pack.shipped("deminimis")) {
            assertEquals("deminimis", pack.id());
            assertEquals(64, pack.hash().length());
            assertTrue(pack.describe().contains("\"De minimis\""));
            assertTrue(pack.decide(QUESTION).contains("\"fit\":\"excluded\""));
            assertTrue(pack.explain(QUESTION, "fi-selko").contains("\"background\""));
            assertTrue(pack.explainText(QUESTION, "sv").lines().count() > 3);
            String open = "{\"decision\":\"Single undertaking\",\"decided\":\"2026-11-01\"}";
            assertTrue(pack.missing(open, "sv").contains("\"next\""));
            PolkuException fault = assertThrows(PolkuException.class,
                () -> pack.decide(QUESTION.replace("70000", "\"much\"")));
            assertEquals("/inputs/new aid", fault.positions().get(0).pointer());
        }
        Path folder = SOURCE.resolve("src/packs/deminimis");
        try (var models = java.nio.file.Files.list(folder); Pack shipped = Pack.shipped("deminimis")) {
            List<Path> dmn = models.filter(file -> file.toString().endsWith(".dmn")).sorted().toList();
            SourceFile[] files = new SourceFile[dmn.size() + 1];
            files[0] = SourceFile.read(folder.resolve("pack.json"));
            for (int i = 0; i < dmn.size(); ++i) {
                files[i + 1] = SourceFile.read(dmn.get(i));
            }
            try (Pack compiled = Pack.compile(files)) {
                assertEquals(shipped.decide(QUESTION), compiled.decide(QUESTION));
            }
        }
    }

    @Test
    void closedObjectsSaySo() {
        Context context = new Context();
        context.close();
        context.close();
        PolkuException fault = assertThrows(PolkuException.class, () -> context.evaluate("1"));
        assertEquals(Status.MISUSE, fault.status());
    }

    @Test
    void threadsShareAProgram() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try (Program program = Program.read(MODEL)) {
            List<Future<String>> answers = new java.util.ArrayList<>();
            for (int i = 0; i < 16; ++i) {
                int months = i;
                answers.add(pool.submit(() -> {
                    try (Context context = new Context()) {
                        return program.decision("Support").evaluate(context,
                            "{\"work ability\":6,\"months without work\":" + months + "}");
                    }
                }));
            }
            for (int i = 0; i < 16; ++i) {
                assertEquals(i >= 12 ? "\"coaching\"" : "\"advice\"", answers.get(i).get());
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
