// SPDX-License-Identifier: Apache-2.0
package polku;

import com.sun.jna.Pointer;
import java.util.List;

/** A compiled service path: definition, decisions, texts. Immutable, shared freely by threads. */
public final class ServicePath extends Handle {
    private ServicePath(Pointer made) {
        super(made, Calls::polku_path_destroy);
    }

    /** Ids of the paths that polku ships. */
    public static List<String> shipped() {
        return Text.all(Calls.polku_path_shipped_count(), Calls::polku_path_shipped_id);
    }

    /** A path that polku ships, such as "tyokyky-kayttoon". */
    public static ServicePath shipped(String id) {
        byte[] text = Text.utf8(id);
        return new ServicePath(Text.made((out, err) -> Calls.polku_path_shipped(text, Text.size(text), out, err)));
    }

    /** Compiles a path: the definition first, then the DMN models that it names and what it extends. */
    public static ServicePath compile(SourceFile... files) {
        return new ServicePath(Text.compiled(Calls::polku_path_compile, files));
    }

    /** The path's id. */
    public String id() {
        return use(path -> Text.borrowed(Calls.polku_path_id(path)));
    }

    /** The path's version. */
    public String version() {
        return use(path -> Text.borrowed(Calls.polku_path_version(path)));
    }

    /** The content hash as 64 hexadecimal digits. */
    public String hash() {
        return use(path -> Text.borrowed(Calls.polku_path_hash(path)));
    }

    /** Whether a client can fall between the services ({@code docs/proofs.md}); {@code {}} asks with all defaults. */
    public String prove(String questionJson) {
        byte[] question = Text.utf8(questionJson);
        return use(path -> Text.of((out, err) -> Calls.polku_path_prove(path, question, Text.size(question), out, err)));
    }
}
