// SPDX-License-Identifier: Apache-2.0
package polku;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;

/** The functions of the C ABI as {@code capi/polku*.h} declares them; a test compares both. 64-bit systems only: {@code size_t} is a long. */
final class Calls {
    /** Major version of the interface that these declarations are of. */
    static final int ABI_MAJOR = 1;

    /** {@code POLKU_NUL_TERMINATED}: a length that the text itself tells. */
    static final long NUL_TERMINATED = -1;

    static {
        Native.register(Calls.class, "polku");
        int major = polku_abi_version() / 1_000_000;
        if (major != ABI_MAJOR) {
            throw new UnsatisfiedLinkError("libpolku has version " + major + " of the C interface, this package is made for " + ABI_MAJOR);
        }
    }

    private Calls() {}

    static native int polku_abi_version();
    static native Pointer polku_version();

    static native int polku_error_code(Pointer err);
    static native Pointer polku_error_message(Pointer err);
    static native Pointer polku_error_text(Pointer err);
    static native long polku_error_position_count(Pointer err);
    static native int polku_error_position_at(Pointer err, long index, RawPosition out);
    static native void polku_error_destroy(Pointer err);

    static native Pointer polku_string_data(Pointer text);
    static native long polku_string_size(Pointer text);
    static native void polku_string_destroy(Pointer text);

    static native int polku_context_create(RawContextOptions options, PointerByReference out, PointerByReference err);
    static native int polku_context_set_now(Pointer ctx, byte[] now, long length, PointerByReference err);
    static native int polku_context_set_numbers(Pointer ctx, int form, PointerByReference err);
    static native void polku_context_destroy(Pointer ctx);
    static native int polku_feel_evaluate(Pointer ctx, byte[] expression, long expressionLength, byte[] names, long namesLength,
                                          PointerByReference out, PointerByReference err);

    static native int polku_program_compile(Pointer files, long count, PointerByReference out, PointerByReference err);
    static native int polku_program_check(Pointer program, PointerByReference out, PointerByReference err);
    static native long polku_program_decision_count(Pointer program);
    static native Pointer polku_program_decision_name(Pointer program, long index);
    static native int polku_program_find(Pointer program, byte[] name, long length, int[] out, PointerByReference err);
    static native long polku_program_input_count(Pointer program, int decision);
    static native Pointer polku_program_input_name(Pointer program, int decision, long index);
    static native Pointer polku_program_input_type(Pointer program, int decision, long index);
    static native int polku_program_evaluate_json(Pointer program, Pointer ctx, int decision, byte[] input, long length,
                                                  PointerByReference out, PointerByReference err);
    static native int polku_program_explain_json(Pointer program, Pointer ctx, int decision, byte[] input, long length,
                                                 PointerByReference out, PointerByReference err);
    static native void polku_program_destroy(Pointer program);

    static native int polku_path_compile(Pointer files, long count, PointerByReference out, PointerByReference err);
    static native int polku_path_shipped(byte[] id, long length, PointerByReference out, PointerByReference err);
    static native long polku_path_shipped_count();
    static native Pointer polku_path_shipped_id(long index);
    static native Pointer polku_path_id(Pointer path);
    static native Pointer polku_path_version(Pointer path);
    static native Pointer polku_path_hash(Pointer path);
    static native int polku_path_prove(Pointer path, byte[] question, long length, PointerByReference out, PointerByReference err);
    static native void polku_path_destroy(Pointer path);
    static native int polku_schema(byte[] name, long length, PointerByReference out, PointerByReference err);

    static native int polku_pack_compile(Pointer files, long count, PointerByReference out, PointerByReference err);
    static native int polku_pack_shipped(byte[] id, long length, PointerByReference out, PointerByReference err);
    static native long polku_pack_shipped_count();
    static native Pointer polku_pack_shipped_id(long index);
    static native Pointer polku_pack_id(Pointer pack);
    static native Pointer polku_pack_hash(Pointer pack);
    static native int polku_pack_describe(Pointer pack, PointerByReference out, PointerByReference err);
    static native int polku_pack_decide(Pointer pack, byte[] question, long length, PointerByReference out, PointerByReference err);
    static native int polku_pack_explain(Pointer pack, byte[] question, long length, byte[] language, long languageLength,
                                         PointerByReference out, PointerByReference err);
    static native int polku_pack_explain_text(Pointer pack, byte[] question, long length, byte[] language, long languageLength,
                                              PointerByReference out, PointerByReference err);
    static native int polku_pack_missing(Pointer pack, byte[] question, long length, byte[] language, long languageLength,
                                         PointerByReference out, PointerByReference err);
    static native int polku_pack_what_if(Pointer pack, byte[] question, long length, byte[] wish, long wishLength,
                                         PointerByReference out, PointerByReference err);
    static native void polku_pack_destroy(Pointer pack);

    static native int polku_store_open(byte[] path, long length, RawStoreOptions options, PointerByReference out,
                                       PointerByReference err);
    static native int polku_store_clone(Pointer store, PointerByReference out, PointerByReference err);
    static native int polku_store_use_path(Pointer store, Pointer path, PointerByReference err);
    static native int polku_store_adopt_pack(Pointer store, Pointer pack, byte[] adoption, long length, PointerByReference out,
                                             PointerByReference err);
    static native int polku_store_execute(Pointer store, byte[] command, long length, PointerByReference out,
                                          PointerByReference err);
    static native int polku_store_case(Pointer store, byte[] caseId, long length, RawViewOptions options, PointerByReference out,
                                       PointerByReference err);
    static native int polku_store_due(Pointer store, byte[] by, long length, PointerByReference out, PointerByReference err);
    static native int polku_store_cases(Pointer store, byte[] after, long length, int limit, PointerByReference out,
                                        PointerByReference err);
    static native int polku_store_feed(Pointer store, long position, int limit, Pointer options, PointerByReference out,
                                       LongByReference cursor, PointerByReference err);
    static native int polku_store_head(Pointer store, PointerByReference out, PointerByReference err);
    static native int polku_store_verify(Pointer store, byte[] anchor, long length, PointerByReference out, PointerByReference err);
    static native int polku_store_checkpoint(Pointer store, PointerByReference err);
    static native void polku_store_destroy(Pointer store);

    /** {@code polku_position}. */
    @Structure.FieldOrder({"source", "element", "pointer", "line", "column"})
    public static final class RawPosition extends Structure {
        public Pointer source;
        public Pointer element;
        public Pointer pointer;
        public int line;
        public int column;
    }

    /** {@code polku_context_options}. */
    @Structure.FieldOrder({"structSize", "maxDepth", "maxSteps", "maxItems", "maxBytes", "reserved"})
    public static final class RawContextOptions extends Structure {
        public int structSize;
        public int maxDepth;
        public long maxSteps;
        public long maxItems;
        public long maxBytes;
        public long[] reserved = new long[4];
    }

    /** {@code polku_store_options}. */
    @Structure.FieldOrder({"structSize", "busyTimeoutMs", "flags", "reserved32", "reserved"})
    public static final class RawStoreOptions extends Structure {
        public int structSize;
        public int busyTimeoutMs;
        public int flags;
        public int reserved32;
        public long[] reserved = new long[6];
    }

    /** {@code polku_view_options}. */
    @Structure.FieldOrder({"structSize", "flags", "asOf", "asOfLength", "language", "languageLength", "reader", "readerLength", "reserved"})
    public static final class RawViewOptions extends Structure {
        public int structSize;
        public int flags;
        public Pointer asOf;
        public long asOfLength = NUL_TERMINATED;
        public Pointer language;
        public long languageLength = NUL_TERMINATED;
        public Pointer reader;
        public long readerLength = NUL_TERMINATED;
        public long[] reserved = new long[4];
    }
}
