// SPDX-License-Identifier: Apache-2.0
package polku;

import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;

/** Every error of polku: {@link #status()} says what to do, {@link #code()} is the stable number of {@code docs/errors.md}. */
public final class PolkuException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final Status status;
    private final int code;
    private final String sentence;
    private final transient List<Position> positions;

    PolkuException(Status status, String text) {
        this(status, 0, text, text, List.of());
    }

    private PolkuException(Status status, int code, String sentence, String text, List<Position> positions) {
        super(text);
        this.status = status;
        this.code = code;
        this.sentence = sentence;
        this.positions = positions;
    }

    /** What became of the call. */
    public Status status() {
        return status;
    }

    /** The stable number; 0 when the call gave none. */
    public int code() {
        return code;
    }

    /** The sentence alone; {@link #getMessage()} has places and causes besides. */
    public String sentence() {
        return sentence;
    }

    /** The places that the error concerns. */
    public List<Position> positions() {
        return positions == null ? List.of() : positions;
    }

    /** Takes over an owned error; it may be null. */
    static PolkuException take(int number, Pointer err) {
        Status status = Status.of(number);
        if (err == null) {
            return new PolkuException(status, status.name());
        }
        try {
            List<Position> positions = new ArrayList<>();
            for (long i = 0; i < Calls.polku_error_position_count(err); ++i) {
                Calls.RawPosition raw = new Calls.RawPosition();
                Calls.polku_error_position_at(err, i, raw);
                positions.add(new Position(Text.borrowed(raw.source), Text.borrowed(raw.element), Text.borrowed(raw.pointer),
                                           raw.line, raw.column));
            }
            return new PolkuException(status, Calls.polku_error_code(err), Text.borrowed(Calls.polku_error_message(err)),
                                      Text.borrowed(Calls.polku_error_text(err)), List.copyOf(positions));
        } finally {
            Calls.polku_error_destroy(err);
        }
    }
}
