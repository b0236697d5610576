// SPDX-License-Identifier: Apache-2.0
package polku;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/** Texts over the C ABI: UTF-8 with a length on the way in, owned or borrowed on the way out. */
final class Text {
    private Text() {}

    /** A call whose answer is a status, with places for a result and an error. */
    @FunctionalInterface
    interface Call {
        int run(PointerByReference out, PointerByReference err);
    }

    static byte[] utf8(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    static long size(byte[] text) {
        return text == null ? 0 : text.length;
    }

    /** A borrowed NUL-terminated text; null stays null. */
    static String borrowed(Pointer text) {
        return text == null ? null : text.getString(0, "UTF-8");
    }

    /** Runs a call that gives a {@code polku_string}, and takes its text over. */
    static String of(Call call) {
        Pointer owned = made(call);
        try {
            int size = Math.toIntExact(Calls.polku_string_size(owned));
            return new String(Calls.polku_string_data(owned).getByteArray(0, size), StandardCharsets.UTF_8);
        } finally {
            Calls.polku_string_destroy(owned);
        }
    }

    /** Runs a call that gives something owned. */
    static Pointer made(Call call) {
        PointerByReference out = new PointerByReference();
        check(err -> call.run(out, err));
        return out.getValue();
    }

    /** A call that only succeeds or fails. */
    @FunctionalInterface
    interface Act {
        int run(PointerByReference err);
    }

    static void check(Act act) {
        PointerByReference err = new PointerByReference();
        int status = act.run(err);
        if (status != 0) {
            throw PolkuException.take(status, err.getValue());
        }
    }

    /** A copy in native memory, NUL-terminated; null stays null. */
    static Memory copied(String text) {
        if (text == null) {
            return null;
        }
        byte[] bytes = utf8(text);
        Memory memory = new Memory(bytes.length + 1L);
        memory.write(0, bytes, 0, bytes.length);
        memory.setByte(bytes.length, (byte) 0);
        return memory;
    }

    /** A function that compiles an array of {@code polku_file}. */
    @FunctionalInterface
    interface Compile {
        int run(Pointer files, long count, PointerByReference out, PointerByReference err);
    }

    /** Compiles files, whose copies live until the call has returned. */
    static Pointer compiled(Compile call, SourceFile... files) {
        Files copies = new Files(List.of(files));
        try {
            return made((out, err) -> call.run(copies.array, copies.count, out, err));
        } finally {
            Reference.reachabilityFence(copies);
        }
    }

    /** An array of {@code polku_file} that keeps alive what it points at. */
    private static final class Files {
        private static final int STRIDE = 4 * 8;
        private final List<Memory> parts = new ArrayList<>();
        final Memory array;
        final long count;

        Files(List<SourceFile> files) {
            count = files.size();
            array = new Memory(Math.max(1, count) * STRIDE);
            long at = 0;
            for (SourceFile file : files) {
                Memory name = copied(file.name());
                Memory data = new Memory(Math.max(1, file.bytes().length));
                data.write(0, file.bytes(), 0, file.bytes().length);
                parts.add(name);
                parts.add(data);
                array.setPointer(at, name);
                array.setLong(at + 8, Calls.NUL_TERMINATED);
                array.setPointer(at + 16, data);
                array.setLong(at + 24, file.bytes().length);
                at += STRIDE;
            }
        }
    }

    /** Reads texts by index until the library says that there are no more. */
    static List<String> all(long count, LongFunction<Pointer> at) {
        List<String> found = new ArrayList<>();
        for (long i = 0; i < count; ++i) {
            found.add(borrowed(at.apply(i)));
        }
        return List.copyOf(found);
    }
}
