// SPDX-License-Identifier: Apache-2.0
// What surrounds the block of docs/bindings.md in Java; .ci/bindings runs it in a folder of its own.
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import polku.Context;
import polku.Pack;
import polku.ServicePath;
import polku.Store;

public final class Bindings {
    public static void main(String[] args) throws IOException {
        String commandJson = Files.readAllLines(Path.of(args[0])).get(0);
        String caseId = "000000000000000000000000ca000001";
        String questionJson = "{\"decision\": \"De minimis\", \"decided\": \"2026-11-01\", \"inputs\": {\"excluded sector\": true}}";
        // SNIPPET
    }
}
