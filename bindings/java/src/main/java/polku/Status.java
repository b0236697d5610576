// SPDX-License-Identifier: Apache-2.0
package polku;

/** What became of a call, in the order of the C ABI's numbers ({@code docs/c-abi.md} says what to do about each). */
public enum Status {
    /** Done. */
    OK,
    /** An argument, a text or a command is wrong. */
    INVALID,
    /** Nothing of that name or id. */
    NOT_FOUND,
    /** Another writer was first, or a command id was used for something else. */
    CONFLICT,
    /** The access rules say no. */
    DENIED,
    /** A limit of depth, steps, length or size was passed. */
    LIMIT,
    /** The callback asked to stop. */
    CANCELLED,
    /** The store was locked by others for longer than the busy time-out. */
    BUSY,
    /** The store file is damaged. */
    CORRUPT,
    /** A closed object was used, or one object by two threads at once. */
    MISUSE,
    /** Memory ran out. */
    NO_MEMORY,
    /** A fault of polku. */
    INTERNAL;

    static Status of(int number) {
        Status[] all = values();
        return number >= 0 && number < all.length ? all[number] : INTERNAL;
    }
}
