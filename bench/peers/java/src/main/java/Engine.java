// SPDX-License-Identifier: Apache-2.0
import java.util.Map;

/** One engine with one model loaded. */
interface Engine {
    /** The engine's input of one row, made before anything is timed. */
    default Object prepare(Map<String, Object> row) {
        return row;
    }

    /** One evaluation, the part that is timed; the answer as the engine gives it. */
    Object run(Object input) throws Exception;

    /** The answer as maps, lists, BigDecimal, String, Boolean, temporal values and null. */
    default Object plain(Object answer) {
        return answer;
    }
}
