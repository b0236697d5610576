// SPDX-License-Identifier: Apache-2.0
package polku;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    private static final String CASE = "000000000000000000000000ca000001";

    private static List<String> commands() throws IOException {
        return Files.readAllLines(Path.of(System.getProperty("polku.source"), "examples", "one_client.jsonl"));
    }

    private static Store filled(String file) throws IOException {
        Store store = Store.open(file);
        try (ServicePath path = ServicePath.shipped("tyokyky-kayttoon")) {
            store.usePath(path);
        }
        for (String line : commands()) {
            store.execute(line);
        }
        return store;
    }

    @Test
    void pathsAreShippedAndProved() {
        assertTrue(ServicePath.shipped().contains("tyokyky-kayttoon"));
        try (ServicePath path = ServicePath.shipped("tyokyky-kayttoon")) {
            assertEquals("tyokyky-kayttoon", path.id());
            assertEquals(64, path.hash().length());
            assertTrue(path.version().length() > 0);
            assertTrue(path.prove("{\"form\":\"text\",\"max_states\":100}").length() > 100);
        }
        PolkuException fault = assertThrows(PolkuException.class, () -> ServicePath.shipped("polku-jota-ei-ole"));
        assertEquals(Status.NOT_FOUND, fault.status());
    }

    @Test
    void aClientGoesAllTheWay() throws IOException {
        try (Store store = filled(":memory:")) {
            String view = store.caseView(CASE, new Store.View("2026-10-01", "fi"));
            assertTrue(view.contains("\"open_market\""));
            assertTrue(view.contains("Löydän itselleni sopivan paikan"));
            assertNotEquals(view, store.caseView(CASE, new Store.View("2026-10-01", "sv")));
            assertTrue(store.due("2027-12-31").startsWith("["));
            assertTrue(store.cases(null, 10).contains(CASE));
            assertEquals("[]", store.cases(CASE, 10));
            // Said again, a command answers as the first time; with other content it is a conflict.
            String first = commands().get(1);
            assertEquals(store.execute(first), store.execute(first));
            PolkuException fault = assertThrows(PolkuException.class, () -> store.execute(first.replace("Aino", "Eino")));
            assertEquals(Status.CONFLICT, fault.status());
        }
    }

    @Test
    void theFeedIsReadToItsEnd() throws IOException {
        try (Store store = filled(":memory:")) {
            long position = 0;
            int events = 0;
            for (Store.Page page = store.eventsSince(0, 20); page.cursor() != position; page = store.eventsSince(position, 20)) {
                position = page.cursor();
                events += page.eventsJson().split("\"specversion\"", -1).length - 1;
            }
            assertTrue(events >= commands().size(), "events: " + events);
        }
    }

    @Test
    void aFileIsKeptAndVerified(@TempDir Path folder) throws IOException {
        String file = folder.resolve("työ.db").toString();
        String head;
        try (Store store = filled(file)) {
            head = store.head();
            store.checkpoint();
            try (Store other = store.connect()) {
                assertTrue(other.verify(head).contains("\"ok\":true"));
            }
        }
        try (Store again = Store.open(file, 1000, true)) {
            assertTrue(again.verify(head).contains("\"ok\":true"));
            PolkuException fault = assertThrows(PolkuException.class,
                () -> again.caseView("0".repeat(32), new Store.View("2026-10-01", "en")));
            assertEquals(Status.NOT_FOUND, fault.status());
        }
        assertThrows(PolkuException.class, () -> Store.open(folder.resolve("none.db").toString(), 0, true));
    }

    @Test
    void aPackIsTakenIntoUse() {
        try (Store store = Store.open(":memory:"); Pack pack = Pack.shipped("palkkatuki")) {
            String adopted = store.adopt(pack, """
                {"command_id":"adopt-1","now":"2026-03-02T10:00:00Z","actor":"lawyer-1","purpose":"rules"}""");
            assertTrue(adopted.contains("\"events\""));
        }
    }

    @Test
    void aReaderSeesWhatTheRulesOfAccessAllow() throws IOException {
        String reader = "{\"actor\":\"worker-102\",\"role\":\"job_coach\",\"organisation\":\"municipality\",\"purpose\":\"services\"}";
        try (Store store = filled(":memory:")) {
            String seen = store.caseView(CASE, new Store.View("2026-10-01", "en", false, reader));
            assertTrue(seen.contains("\"withheld\""), seen);
            String curious = reader.replace("\"services\"", "\"curiosity\"");
            PolkuException fault = assertThrows(PolkuException.class,
                () -> store.caseView(CASE, new Store.View("2026-10-01", "en", false, curious)));
            assertEquals(Status.DENIED, fault.status());
        }
    }
}
