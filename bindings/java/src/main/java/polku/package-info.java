// SPDX-License-Identifier: Apache-2.0
/** Service paths and their rules over polku's C ABI, for Java 17 and newer. */
package polku;
