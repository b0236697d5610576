// SPDX-License-Identifier: Apache-2.0
#include <polku/feel/lexer.hpp>

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("feel/lexer");

using namespace polku::feel::detail;

TEST_CASE("feel/lexer: decodes UTF-8 and refuses what is none") {
    std::size_t length = 0;
    CHECK(decode("a", 0, length) == U'a');
    CHECK(decode("\xC3\xA4", 0, length) == U'\u00E4');
    CHECK(length == 2);
    CHECK(decode("\xF0\x9F\x90\x8E", 0, length) == U'\U0001F40E');
    CHECK(length == 4);
    CHECK(decode("", 0, length) == no_character);
    CHECK(length == 0);
    for (const std::string_view bad :
         {"\x80", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xC3"}) {
        CHECK(decode(bad, 0, length) == no_character);
        CHECK(length == 1);
        CHECK(find_invalid_utf8(bad) == 0);
    }
    CHECK(find_invalid_utf8("ä\xFFx") == 2);
    CHECK(find_invalid_utf8("äö") == no_place);
}

TEST_CASE("feel/lexer: appends code points as UTF-8") {
    std::string out;
    for (const char32_t each : {U'a', U'\u00E4', U'\u20AC', U'\U0001F40E'}) append_utf8(out, each);
    CHECK(out == "aä€🐎");
}

TEST_CASE("feel/lexer: knows the characters of names and white space") {
    CHECK(is_name_start(U'?'));
    CHECK(is_name_start(U'_'));
    CHECK(is_name_start(U'Ä'));
    CHECK(is_name_start(U'\U0001F40E'));
    CHECK_FALSE(is_name_start(U'1'));
    CHECK_FALSE(is_name_start(U'-'));
    CHECK_FALSE(is_name_start(U'\u00D7'));  // the multiplication sign
    CHECK_FALSE(is_name_start(U'\u00B7'));
    CHECK(is_name_part(U'1'));
    CHECK(is_name_part(U'\u00B7'));
    CHECK(is_name_part(U'\u0308'));  // a combining mark
    CHECK(is_space(U' '));
    CHECK(is_space(U'\u00A0'));
    CHECK(is_space(U'\u2028'));
    CHECK_FALSE(is_space(U'\u200C'));
    CHECK_FALSE(is_name_start(U'\u1680'));  // white space inside a range of name characters
}

TEST_CASE("feel/lexer: skips white space and comments") {
    CHECK(skip_space("  x", 0) == 2);
    CHECK(skip_space("/* a */ // b\n x", 0) == 14);
    CHECK(skip_space("// to the end", 0) == 13);
    CHECK(skip_space(" /* open", 0) == 1);
    CHECK(skip_blanks(" /**/", 0) == 1);
}

TEST_CASE("feel/lexer: finds where numbers end") {
    CHECK(number_end("12.5e-3x", 0) == 7);
    CHECK(number_end("1..2", 0) == 1);
    CHECK(number_end(".5", 0) == 2);
    CHECK(number_end("1.e5", 0) == 1);
    CHECK(number_end("1e", 0) == 1);
    CHECK(number_end("1e+", 0) == 1);
    CHECK(number_end("x", 0) == 0);
    CHECK(number_end(".", 0) == 0);
}

TEST_CASE("feel/lexer: folds names") {
    CHECK(fold_name("  loan \t\n amount ") == "loan amount");
    CHECK(fold_name("a + b") == "a + b");
    CHECK(fold_name("") == "");
    CHECK(fold_name("a\u0308") == "ä");  // to NFC
}

TEST_CASE("feel/lexer: matches names whatever the white space") {
    CHECK(match_name("loan amount", "loan   amount + 1", 0) == 13);
    CHECK(match_name("a-b", "a - b", 0) == 5);
    CHECK(match_name("a - b", "a-b", 0) == 3);
    CHECK(match_name("ä", "a\u0308", 0) == 3);
    CHECK(match_name("loan", "loans", 0) == no_place);
    CHECK(match_name("loan amount", "loan", 0) == no_place);
    CHECK(match_name("loan amount", "loanamount", 0) == no_place);
    CHECK(match_name("", "x", 0) == no_place);
    CHECK(match_name("x", "", 0) == no_place);
    CHECK(same_name("a + b", "a+b"));
    CHECK_FALSE(same_name("a b", "ab"));
}

TEST_CASE("feel/lexer: counts edits up to a limit") {
    CHECK(edit_distance("kitten", "sitting", 9) == 3);
    CHECK(edit_distance("same", "same", 3) == 0);
    CHECK(edit_distance("short", "much longer text", 3) == 3);
}

TEST_SUITE_END();
