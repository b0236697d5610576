// SPDX-License-Identifier: Apache-2.0
package polku;

/** What belongs to no object: versions and schemas. Documents in and out are JSON texts; read them with the mapper that you have. */
public final class Polku {
    private Polku() {}

    /** The product's version, such as "0.1.0". */
    public static String version() {
        return Text.borrowed(Calls.polku_version());
    }

    /** The version of the C interface: major × 1 000 000 + minor × 1 000 + patch. */
    public static int abiVersion() {
        return Calls.polku_abi_version();
    }

    /** The JSON Schema of a document: "path", "command", "case" or "event". */
    public static String schema(String name) {
        byte[] text = Text.utf8(name);
        return Text.of((out, err) -> Calls.polku_schema(text, Text.size(text), out, err));
    }
}
