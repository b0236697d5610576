// SPDX-License-Identifier: Apache-2.0
package polku;

/** What an evaluation may know besides its inputs: the time, limits, how numbers are written. One thread at a time. */
public final class Context extends Handle {
    /** Bounds of an evaluation; 0 takes the default of the C ABI. */
    public record Limits(int depth, long steps, long items, long bytes) {}

    /** With the default limits. */
    public Context() {
        this(new Limits(0, 0, 0, 0));
    }

    /** With limits of its own. */
    public Context(Limits limits) {
        super(Text.made((out, err) -> Calls.polku_context_create(raw(limits), out, err)), Calls::polku_context_destroy);
    }

    /** What {@code now()} and {@code today()} answer: an ISO date or date-time; without it they are null. */
    public Context now(String now) {
        byte[] text = Text.utf8(now);
        use(ctx -> {
            Text.check(err -> Calls.polku_context_set_now(ctx, text, Text.size(text), err));
            return null;
        });
        return this;
    }

    /** Whether numbers of JSON answers are written as strings, for readers whose numbers are binary. */
    public Context numbersAsStrings(boolean strings) {
        use(ctx -> {
            Text.check(err -> Calls.polku_context_set_numbers(ctx, strings ? 1 : 0, err));
            return null;
        });
        return this;
    }

    /** Evaluates a FEEL expression without names; the answer is JSON. */
    public String evaluate(String expression) {
        return evaluate(expression, null);
    }

    /** Evaluates a FEEL expression over a JSON object of names; the answer is JSON. */
    public String evaluate(String expression, String namesJson) {
        byte[] asked = Text.utf8(expression);
        byte[] names = Text.utf8(namesJson);
        return use(ctx -> Text.of((out, err) ->
            Calls.polku_feel_evaluate(ctx, asked, Text.size(asked), names, Text.size(names), out, err)));
    }

    private static Calls.RawContextOptions raw(Limits limits) {
        Calls.RawContextOptions raw = new Calls.RawContextOptions();
        raw.structSize = raw.size();
        raw.maxDepth = limits.depth();
        raw.maxSteps = limits.steps();
        raw.maxItems = limits.items();
        raw.maxBytes = limits.bytes();
        return raw;
    }
}
