// SPDX-License-Identifier: Apache-2.0
#include <polku/feel/regex.hpp>

#include <doctest/doctest.h>

using namespace polku;
using namespace polku::feel;

namespace {

/// "yes", "no", or what else came out.
std::string found(std::string_view pattern, std::string_view text, std::string_view flags = "") {
    const auto read = parse_regex_flags(flags);
    if (!read) return "bad flags";
    const result<regex> made = regex::try_compile(pattern, *read);
    if (!made) return "invalid";
    std::vector<regex::group> groups;
    switch (made->search(text, 0, 1'000'000, groups)) {
        case regex::outcome::matched: return "yes";
        case regex::outcome::no_match: return "no";
        case regex::outcome::over_limit: return "limit";
        default: return "bad text";
    }
}

}  // namespace

TEST_CASE("feel/regex: character classes, ranges and subtraction") {
    CHECK(found("^[a-z-[aeiou]]+$", "xyz") == "yes");
    CHECK(found("^[a-z-[aeiou]]+$", "xaz") == "no");
    CHECK(found("^[^a-z-[0-9]]$", "A") == "yes");
    CHECK(found("^[^a-z-[0-9]]$", "5") == "no");
    CHECK(found("^[a-z-[b-y-[m]]]+$", "amz") == "yes");
    CHECK(found("^[a-z-[b-y-[m]]]+$", "c") == "no");
    CHECK(found("^[-a]+$", "a-") == "yes");
    CHECK(found("^[a-]+$", "a-") == "yes");
    CHECK(found("^[\\-a\\]\\[^]+$", "[]-a^") == "yes");
    CHECK(found("^[\\d\\s]+$", "1 2") == "yes");
    CHECK(found("^[a\\-z]$", "b") == "no");
}

TEST_CASE("feel/regex: character classes that the dialect does not have are invalid") {
    for (const char* bad : {"[]", "[]a]", "[a", "[z-a]", "[a-z-9]", "[[:alpha:]]", "[a[b]]", "[\\1]", "[a-\\d]",
                            "[a-[b]c]", "[\\b]", "]", "a]", "[a-z-[b]"})
        CHECK_MESSAGE(found(bad, "a") == "invalid", bad);
}

TEST_CASE("feel/regex: escapes of XML Schema") {
    CHECK(found("^\\i\\c*$", "_a-b.c:1") == "yes");
    CHECK(found("^\\i\\c*$", "1a") == "no");
    CHECK(found("^\\I\\C$", "1 ") == "yes");
    CHECK(found("^[\\I]$", "a") == "no");
    CHECK(found("^\\w+$", "aä1$+") == "yes");
    CHECK(found("^\\w$", "_") == "no");
    CHECK(found("^\\W+$", "_-. ") == "yes");
    CHECK(found("^\\d$", "\xD9\xA3") == "yes");  // ARABIC-INDIC DIGIT THREE
    CHECK(found("^\\s+$", " \t\r\n") == "yes");
    CHECK(found("^\\s$", "\xC2\xA0") == "no");  // NO-BREAK SPACE
    CHECK(found("^\\S$", "\xC2\xA0") == "yes");
    CHECK(found("^\\p{Lu}\\P{Lu}$", "Ää") == "yes");
    CHECK(found("^\\p{IsGreek}+$", "\xCE\xB1") == "yes");
    CHECK(found("^\\p{IsLatin-1Supplement}$", "ä") == "yes");
    CHECK(found("^\\P{IsBasicLatin}$", "a") == "no");
    CHECK(found("\\$\\^\\-\\.\\n\\r\\t\\\\\\|\\?\\*\\+\\(\\)\\{\\}\\[\\]", "$^-.\n\r\t\\|?*+(){}[]") == "yes");
}

TEST_CASE("feel/regex: what XPath lacks is invalid") {
    for (const char* bad :
         {"(?=a)", "(?!a)",     "(?<=a)", "(?<!a)", "(?>a)",   "(?<n>a)",   "(?P<n>a)", "(?i)a",      "(?#c)",
          "a++",   "a*+",       "a?+",    "a??+",   "a{1}+",   "\\ba",      "\\Aa",     "a\\z",       "\\Ka",
          "\\Qa",  "\\R",       "\\h",    "\\x41",  "\\x{41}", "\\u0041",   "\\e",      "\\p{Greek}", "\\p{L&}",
          "\\pL",  "\\p{IsNo}", "\\p{",   "\\",     "\\a",     "a{,3}",     "a{3,2}",   "a{x}",       "a{",
          "a}",    "{1}",       "*a",     "+",      "(?",      "(*ACCEPT)", "a)",       "(a",         "a{70000}"})
        CHECK_MESSAGE(found(bad, "a") == "invalid", bad);
}

TEST_CASE("feel/regex: back-references need a complete group before them") {
    CHECK(found("^(a)(b)\\2\\1$", "abba") == "yes");
    CHECK(found("^(a)\\11$", "aa1") == "yes");
    CHECK(found("^(a)|b\\1$", "b") == "yes");
    CHECK(found("(.)\\2", "h") == "invalid");
    CHECK(found("(a\\1)", "a") == "invalid");
    CHECK(found("\\0", "a") == "invalid");
    CHECK(found("(?:a)\\1", "aa") == "invalid");
}

TEST_CASE("feel/regex: the dot, anchors and the flags s and m") {
    CHECK(found("a.b", "a\nb") == "no");
    CHECK(found("a.b", "a\rb") == "no");
    CHECK(found("a.b", "a\nb", "s") == "yes");
    CHECK(found("^.$", "\xF0\x9F\x98\x80") == "yes");
    CHECK(found("b$", "ab\n") == "no");
    CHECK(found("^b", "a\nb") == "no");
    CHECK(found("^b$", "a\nb\nc", "m") == "yes");
    CHECK(found("^*a$?", "a") == "yes");
    CHECK(found("a$*", "a", "m") == "yes");
}

TEST_CASE("feel/regex: the flag i leaves categories alone") {
    CHECK(found("^[A-Z-[OI]]$", "x", "i") == "yes");
    CHECK(found("^[A-Z-[OI]]$", "o", "i") == "no");
    CHECK(found("[^Q]", "q", "i") == "no");
    CHECK(found("^\\p{Lu}$", "a", "i") == "no");
    CHECK(found("^[\\p{Lu}]$", "a", "i") == "no");
    CHECK(found("^[x\\p{Lu}]$", "X", "i") == "yes");
    CHECK(found("^[x\\p{Lu}]$", "a", "i") == "no");
    CHECK(found("^[^x\\p{Lu}]$", "a", "i") == "yes");
    CHECK(found("^[^x\\p{Lu}]$", "X", "i") == "no");
    CHECK(found("^ÄÖ$", "äö", "i") == "yes");
}

TEST_CASE("feel/regex: the flags x and q, and letters that are no flag") {
    CHECK(found("he ll o[ ]w", "hello w", "x") == "yes");
    CHECK(found("hello world", "hello world", "x") == "no");
    CHECK(found("a.b*", "a.b*", "q") == "yes");
    CHECK(found("a.b", "axb", "q") == "no");
    CHECK(found("[ä#", "x[Ä#", "qi") == "yes");
    CHECK(found("a", "a", "smixq") == "yes");
    CHECK(found("a", "a", "g") == "bad flags");
}

TEST_CASE("feel/regex: quantifiers, reluctant too, and empty branches") {
    CHECK(found("^a{2}b{1,}c{0,2}?d??$", "aabbcd") == "yes");
    CHECK(found("^a{2}$", "aaa") == "no");
    CHECK(found("^(|b)$", "") == "yes");
    CHECK(found("", "") == "yes");
    CHECK(found("^(?:ab)+$", "abab") == "yes");
}

TEST_CASE("feel/regex: backtracking past the limit and text that is no UTF-8 are told apart") {
    CHECK(found("^(a+)+$", std::string(64, 'a') + "b") == "limit");
    CHECK(found("a", "\xFF") == "bad text");
    CHECK(found("\xFF", "a") == "invalid");
    CHECK(found(std::string(5000, '('), "a") == "invalid");
    CHECK(found(std::string(5000, '['), "a") == "invalid");
    CHECK(found(std::string(70'000, 'a'), "a") == "invalid");
}

TEST_CASE("feel/regex: the error says what is wrong and where") {
    const result<regex> bad = regex::try_compile("ab(?=c)", {});
    REQUIRE_FALSE(bad);
    CHECK(bad.error().code() == error_code::invalid_argument);
    CHECK(bad.error().message().find("at character 3") != std::string::npos);
}
