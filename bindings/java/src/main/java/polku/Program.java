// SPDX-License-Identifier: Apache-2.0
package polku;

import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;

/** A compiled DMN model: immutable, shared freely by threads. */
public final class Program extends Handle {
    private Program(Pointer made) {
        super(made, Calls::polku_program_destroy);
    }

    /** Compiles DMN texts: the main model first, then what it imports. */
    public static Program compile(SourceFile... files) {
        return new Program(Text.compiled(Calls::polku_program_compile, files));
    }

    /** Compiles a model file. */
    public static Program read(Path file) throws IOException {
        return compile(SourceFile.read(file));
    }

    /** Findings of the checker, a JSON list; {@code []} when all is well. */
    public String check() {
        return use(program -> Text.of((out, err) -> Calls.polku_program_check(program, out, err)));
    }

    /** Names of decisions, services and knowledge models, in file order. */
    public List<String> decisions() {
        return use(program -> Text.all(Calls.polku_program_decision_count(program),
                                       i -> Calls.polku_program_decision_name(program, i)));
    }

    /** A decision by name or id. */
    public Decision decision(String name) {
        byte[] text = Text.utf8(name);
        int[] index = new int[1];
        use(program -> {
            Text.check(err -> Calls.polku_program_find(program, text, Text.size(text), index, err));
            return null;
        });
        return new Decision(index[0]);
    }

    /** An input of a decision and its FEEL type. */
    public record Input(String name, String type) {}

    /** One decision of the program; usable as long as the program is open. */
    public final class Decision {
        private final int index;

        private Decision(int index) {
            this.index = index;
        }

        /** What it needs. */
        public List<Input> inputs() {
            return use(program -> LongStream.range(0, Calls.polku_program_input_count(program, index))
                .mapToObj(i -> new Input(Text.borrowed(Calls.polku_program_input_name(program, index, i)),
                                         Text.borrowed(Calls.polku_program_input_type(program, index, i))))
                .toList());
        }

        /** Evaluates over a JSON object of inputs; the answer is the value as JSON. */
        public String evaluate(Context context, String inputJson) {
            byte[] text = Text.utf8(inputJson);
            return use(program -> context.use(ctx -> Text.of((out, err) ->
                Calls.polku_program_evaluate_json(program, ctx, index, text, Text.size(text), out, err))));
        }

        /** The value with the rules that matched, those that nearly did, and the causes of nulls. */
        public String explain(Context context, String inputJson) {
            byte[] text = Text.utf8(inputJson);
            return use(program -> context.use(ctx -> Text.of((out, err) ->
                Calls.polku_program_explain_json(program, ctx, index, text, Text.size(text), out, err))));
        }
    }
}
