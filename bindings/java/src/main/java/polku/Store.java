// SPDX-License-Identifier: Apache-2.0
package polku;

import com.sun.jna.ptr.LongByReference;

/** A store of cases: one SQLite file, or memory. One thread at a time; {@link #connect()} gives another thread its own. */
public final class Store extends Handle {
    private Store(Text.Call call) {
        super(Text.made(call), Calls::polku_store_destroy);
    }

    /** Opens or creates a store file; ":memory:" keeps it in memory. */
    public static Store open(String path) {
        return open(path, 0, false);
    }

    /** The same with a busy time-out (0: the default) and, if it must be there, without creating it. */
    public static Store open(String path, int busyTimeoutMs, boolean mustExist) {
        byte[] text = Text.utf8(path);
        Calls.RawStoreOptions options = new Calls.RawStoreOptions();
        options.structSize = options.size();
        options.busyTimeoutMs = busyTimeoutMs;
        options.flags = mustExist ? 1 : 0;
        return new Store((out, err) -> Calls.polku_store_open(text, Text.size(text), options, out, err));
    }

    /** Another connection to the same file, for another thread. */
    public Store connect() {
        return use(store -> new Store((out, err) -> Calls.polku_store_clone(store, out, err)));
    }

    /** Makes a path known to the store, so that cases can run on it. */
    public void usePath(ServicePath path) {
        use(store -> path.use(given -> {
            Text.check(err -> Calls.polku_store_use_path(store, given, err));
            return null;
        }));
    }

    /** Takes a rule pack into use; the adoption and the answer are JSON ({@code docs/decisions.md}). */
    public String adopt(Pack pack, String adoptionJson) {
        byte[] adoption = Text.utf8(adoptionJson);
        return use(store -> pack.use(given -> Text.of((out, err) ->
            Calls.polku_store_adopt_pack(store, given, adoption, Text.size(adoption), out, err))));
    }

    /** Carries out one command, a JSON object; all of its events are stored, or none. */
    public String execute(String commandJson) {
        byte[] command = Text.utf8(commandJson);
        return use(store -> Text.of((out, err) ->
            Calls.polku_store_execute(store, command, Text.size(command), out, err)));
    }

    /**
     * How a case is looked at.
     *
     * @param asOf         the day, an ISO date
     * @param language     "fi", "sv", "en" or "fi-selko"; null is "en"
     * @param showProtected also what a non-disclosure order hides
     * @param readerJson   on whose behalf, a JSON object ({@code docs/access.md}); null: the host itself
     */
    public record View(String asOf, String language, boolean showProtected, String readerJson) {
        /** As the host sees it on a day. */
        public View(String asOf, String language) {
            this(asOf, language, false, null);
        }
    }

    /** One case as it stands on a day, a JSON object. */
    public String caseView(String caseId, View view) {
        byte[] id = Text.utf8(caseId);
        Calls.RawViewOptions options = new Calls.RawViewOptions();
        options.structSize = options.size();
        options.flags = view.showProtected() ? 1 : 0;
        options.asOf = Text.copied(view.asOf());
        options.language = Text.copied(view.language());
        options.reader = Text.copied(view.readerJson());
        return use(store -> Text.of((out, err) -> Calls.polku_store_case(store, id, Text.size(id), options, out, err)));
    }

    /** What is due by a day, soonest first, a JSON list. */
    public String due(String by) {
        byte[] day = Text.utf8(by);
        return use(store -> Text.of((out, err) -> Calls.polku_store_due(store, day, Text.size(day), out, err)));
    }

    /** Cases in order of id after one (or null), a JSON list of at most {@code limit}. */
    public String cases(String after, int limit) {
        byte[] id = Text.utf8(after);
        return use(store -> Text.of((out, err) -> Calls.polku_store_cases(store, id, Text.size(id), limit, out, err)));
    }

    /** A page of the feed: CloudEvents as a JSON list, and the position to go on from. */
    public record Page(String eventsJson, long cursor) {}

    /** Events after a position (0: from the start). The feed has ended when the cursor is the position asked from. */
    public Page eventsSince(long position, int limit) {
        LongByReference cursor = new LongByReference();
        String events = use(store -> Text.of((out, err) ->
            Calls.polku_store_feed(store, position, limit, null, out, cursor, err)));
        return new Page(events, cursor.getValue());
    }

    /** The head of the store, to be kept elsewhere as an anchor. */
    public String head() {
        return use(store -> Text.of((out, err) -> Calls.polku_store_head(store, out, err)));
    }

    /** Checks chains, commitments and the file; {@code anchor} may be null. Damage is in the report. */
    public String verify(String anchor) {
        byte[] text = Text.utf8(anchor);
        return use(store -> Text.of((out, err) -> Calls.polku_store_verify(store, text, Text.size(text), out, err)));
    }

    /** Moves the write-ahead log into the file. */
    public void checkpoint() {
        use(store -> {
            Text.check(err -> Calls.polku_store_checkpoint(store, err));
            return null;
        });
    }
}
