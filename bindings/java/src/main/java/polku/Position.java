// SPDX-License-Identifier: Apache-2.0
package polku;

/**
 * A place that an error concerns; empty texts and 0 mean that a part is not known.
 *
 * @param source  the file or text
 * @param element id of the element in it
 * @param pointer JSON pointer
 * @param line    from 1
 * @param column  from 1
 */
public record Position(String source, String element, String pointer, int line, int column) {}
