// SPDX-License-Identifier: Apache-2.0
package polku;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.util.List;

/** A rule pack: the rules of an act as dated models. Immutable, shared freely by threads. Questions and answers: {@code docs/c-abi.md}. */
public final class Pack extends Handle {
    private Pack(Pointer made) {
        super(made, Calls::polku_pack_destroy);
    }

    /** Ids of the packs that polku ships. */
    public static List<String> shipped() {
        return Text.all(Calls.polku_pack_shipped_count(), Calls::polku_pack_shipped_id);
    }

    /** A pack that polku ships. */
    public static Pack shipped(String id) {
        byte[] text = Text.utf8(id);
        return new Pack(Text.made((out, err) -> Calls.polku_pack_shipped(text, Text.size(text), out, err)));
    }

    /** Compiles a pack: pack.json first, then the DMN models that it names. */
    public static Pack compile(SourceFile... files) {
        return new Pack(Text.compiled(Calls::polku_pack_compile, files));
    }

    /** The pack's id. */
    public String id() {
        return use(pack -> Text.borrowed(Calls.polku_pack_id(pack)));
    }

    /** The hash of its texts, by which stores keep it. */
    public String hash() {
        return use(pack -> Text.borrowed(Calls.polku_pack_hash(pack)));
    }

    /** What the pack says, a JSON object. */
    public String describe() {
        return use(pack -> Text.of((out, err) -> Calls.polku_pack_describe(pack, out, err)));
    }

    /** Answers a question: value, version, figures and rules with their sources. */
    public String decide(String questionJson) {
        byte[] question = Text.utf8(questionJson);
        return use(pack -> Text.of((out, err) -> Calls.polku_pack_decide(pack, question, Text.size(question), out, err)));
    }

    /** Answers and tells why, a JSON object; the language is "fi", "sv", "en" or "fi-selko". */
    public String explain(String questionJson, String language) {
        return ask(Calls::polku_pack_explain, questionJson, language);
    }

    /** The same as plain text for people. */
    public String explainText(String questionJson, String language) {
        return ask(Calls::polku_pack_explain_text, questionJson, language);
    }

    /** Which facts can still change the decision, and which to ask next. */
    public String missing(String questionJson, String language) {
        return ask(Calls::polku_pack_missing, questionJson, language);
    }

    /** The cheapest changes that lead to a wanted answer. */
    public String whatIf(String questionJson, String wishJson) {
        return ask(Calls::polku_pack_what_if, questionJson, wishJson);
    }

    @FunctionalInterface
    private interface Asked {
        int run(Pointer pack, byte[] first, long firstSize, byte[] second, long secondSize,
                PointerByReference out, PointerByReference err);
    }

    private String ask(Asked call, String question, String other) {
        byte[] first = Text.utf8(question);
        byte[] second = Text.utf8(other);
        return use(pack -> Text.of((out, err) ->
            call.run(pack, first, Text.size(first), second, Text.size(second), out, err)));
    }
}
