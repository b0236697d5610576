// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import polku.ServicePath;
import polku.Store;

/**
 * One client from referral to follow-up in Java: carries out the commands of a JSON Lines file in a store in memory, prints the
 * answer to each, and at the end the case as a worker sees it.
 *
 * <pre>java -cp polku.jar:jna.jar OneClient.java COMMANDS.jsonl AS_OF</pre>
 */
public final class OneClient {
    private static final Pattern CASE = Pattern.compile("\"case\":\"([0-9a-f]{32})\"");

    private OneClient() {}

    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            System.err.println("usage: OneClient COMMANDS.jsonl AS_OF");
            System.exit(2);
        }
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        try (Store store = Store.open(":memory:"); ServicePath path = ServicePath.shipped("tyokyky-kayttoon")) {
            store.usePath(path);
            String caseId = null;
            for (String line : Files.readAllLines(Path.of(args[0]))) {
                String answer = store.execute(line);
                Matcher found = CASE.matcher(answer);
                if (caseId == null && found.find()) {
                    caseId = found.group(1);
                }
                out.print(answer + "\n");
            }
            out.print(store.caseView(caseId, new Store.View(args[1], "fi")) + "\n");
        }
        out.flush();
    }
}
