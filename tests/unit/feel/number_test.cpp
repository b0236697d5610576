// SPDX-License-Identifier: Apache-2.0
#include <polku/feel/number.hpp>

#include <polku/impl/feel/detail/decimal.hpp>

#include "property_count.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <vector>

using namespace polku::feel;

namespace {

number read(std::string_view text) {
    const std::optional<number> made = number::parse(text);
    REQUIRE_MESSAGE(made.has_value(), "not a number: ", std::string(text));
    return *made;
}

std::string text_of(const std::optional<number>& made) { return made ? made->to_string() : ""; }

std::array<std::string, 4> split(const std::string& line) {
    std::array<std::string, 4> out;
    std::size_t column = 0;
    for (const char each : line) {
        if (each == ';')
            ++column;
        else if (column < out.size())
            out[column] += each;
    }
    return out;
}

std::string compare_text(const number& left, const number& right) {
    const auto order = left <=> right;
    return order < 0 ? "-1" : (order > 0 ? "1" : "0");
}

rounding mode_named(std::string_view name) {
    static const std::map<std::string_view, rounding> modes = {
        {"half_even", rounding::half_even}, {"half_up", rounding::half_up},
        {"half_down", rounding::half_down}, {"up", rounding::up},
        {"down", rounding::down},           {"floor", rounding::floor},
        {"ceiling", rounding::ceiling}};
    return modes.at(name);
}

std::string answer_of(const std::array<std::string, 4>& row) {
    const std::string& operation = row[0];
    if (operation == "parse") return text_of(number::parse(row[1]));
    const number first = read(row[1]);
    if (operation == "square_root") return text_of(square_root(first));
    if (operation == "exponential") return text_of(exponential(first));
    if (operation == "natural_logarithm") return text_of(natural_logarithm(first));
    const number second = read(row[2]);
    if (operation == "add") return text_of(add(first, second));
    if (operation == "subtract") return text_of(subtract(first, second));
    if (operation == "multiply") return text_of(multiply(first, second));
    if (operation == "divide") return text_of(divide(first, second));
    if (operation == "power") return text_of(power(first, second));
    if (operation == "modulo") return text_of(modulo(first, second));
    if (operation == "compare") return compare_text(first, second);
    REQUIRE(operation.starts_with("quantize_"));
    const auto scale = static_cast<std::int32_t>(second.to_int64().value());
    return text_of(quantize(first, scale, mode_named(std::string_view(operation).substr(9))));
}

void check_vectors(const std::string& path) {
    std::ifstream file(path);
    REQUIRE_MESSAGE(file.good(), "cannot read ", path);
    std::string line;
    std::getline(file, line);
    std::size_t rows = 0;
    std::size_t wrong = 0;
    while (std::getline(file, line)) {
        const auto row = split(line);
        const std::string answer = answer_of(row);
        ++rows;
        if (answer == row[3]) continue;
        if (++wrong <= 20) FAIL_CHECK(line, " but polku says ", answer);
    }
    MESSAGE(rows, " vectors checked, ", wrong, " wrong");
    CHECK(wrong == 0);
    CHECK(rows > 0);
}

}  // namespace

TEST_CASE("feel/number: every operation agrees with Python's decimal module to the last digit") {
    check_vectors(POLKU_SOURCE_DIR "/tests/tables/feel/number_vectors.csv");
}

TEST_CASE("feel/number: vectors made at test time agree too (POLKU_NUMBER_VECTORS names their file)") {
    if (const char* const path = std::getenv("POLKU_NUMBER_VECTORS")) check_vectors(path);
}

namespace {

/// A number with a 64-bit coefficient, often at the ends of its range.
number small_number(std::mt19937_64& random) {
    constexpr std::int64_t ends[] = {INT64_MAX, INT64_MIN, INT64_MAX / 10, 1'000'000'000'000'000'000, 4'294'967'296, 0};
    std::int64_t coefficient = 0;
    if (random() % 3 == 0)
        coefficient = ends[random() % std::size(ends)] / static_cast<std::int64_t>(1 + random() % 3);
    else
        coefficient = static_cast<std::int64_t>(random()) >> (random() % 63);
    return number::from_scaled(coefficient, static_cast<std::int32_t>(random() % 24) - 4);
}

bool same_digits(const std::optional<number>& left, const std::optional<number>& right) {
    return text_of(left) == text_of(right);
}

}  // namespace

TEST_CASE("feel/number: the fast path of 64-bit coefficients gives what the wide path gives, digit by digit") {
    std::mt19937_64 random(20261121);
    std::size_t wrong = 0;
    const std::size_t count = property_count(100'000);
    for (std::size_t i = 0; i < count && wrong < 20; ++i) {
        const number a = small_number(random);
        const number b = random() % 16 == 0 ? a : small_number(random);
        const bool fine = same_digits(add(a, b), detail::add_wide(a, b, false)) &&
                          same_digits(subtract(a, b), detail::add_wide(a, b, true)) &&
                          same_digits(multiply(a, b), detail::multiply_wide(a, b)) &&
                          (b.is_zero() || same_digits(divide(a, b), detail::divide_wide(a, b))) &&
                          (a <=> b) == detail::compare_wide(a, b);
        if (fine) continue;
        ++wrong;
        FAIL_CHECK("the paths differ for ", a.to_string(), " and ", b.to_string());
    }
    CHECK(wrong == 0);
}

TEST_CASE("feel/number: one third has 34 digits, and division by zero is empty") {
    CHECK(text_of(divide(1, 3)) == "0.3333333333333333333333333333333333");
    CHECK(text_of(divide(2, 3)) == "0.6666666666666666666666666666666667");
    CHECK(text_of(divide(1, 4)) == "0.25");
    CHECK_FALSE(divide(1, 0));
    CHECK_FALSE(modulo(1, 0));
}

TEST_CASE("feel/number: values are equal across scales") {
    CHECK(read("1.0") == read("1.00"));
    CHECK(read("1E3") == number(1000));
    CHECK(read("0E-6176") == read("0E6111"));
    CHECK(read("1E-6176") > number(0));
    CHECK(read("-1E6144") < read("-9.999E6143"));
    CHECK(read("1E6111") > read("9223372036854775807"));
    CHECK_FALSE(read("1.000000000000000000000000000000001") == number(1));
}

TEST_CASE("feel/number: what leaves decimal128's range upwards is empty, downwards it falls to zero in steps") {
    const number largest = read("9.999999999999999999999999999999999E6144");
    CHECK(text_of(largest) == "9.999999999999999999999999999999999E+6144");
    CHECK_FALSE(add(largest, largest));
    CHECK_FALSE(multiply(largest, 10));
    CHECK_FALSE(number::parse("1E6145"));
    CHECK_FALSE(number::parse("1E99999999999999999999"));
    CHECK_FALSE(exponential(14150));
    CHECK_FALSE(power(10, 6145));
    const number smallest = read("1E-6176");
    CHECK(text_of(divide(smallest, 2)) == "0");
    CHECK(text_of(divide(read("3E-6176"), 2)) == "2E-6176");
    CHECK(text_of(power(10, -6177)) == "0");
    CHECK(text_of(exponential(-20000)) == "0");
    CHECK(text_of(number::parse("0E99999999999999999999")) == "0");
}

TEST_CASE("feel/number: parse takes FEEL's and JSON's numbers and nothing else") {
    for (const auto& each : std::vector<std::pair<std::string, std::string>>{
             {"0", "0"},
             {"-0", "0"},
             {".5", "0.5"},
             {"-.5", "-0.5"},
             {"007", "7"},
             {"1.50", "1.5"},
             {"1e2", "100"},
             {"1E+2", "100"},
             {"12e-1", "1.2"},
             {"9223372036854775808", "9223372036854775808"},
             {"-9223372036854775808", "-9223372036854775808"},
             {"12345678901234567890123456789012345", "1.234567890123456789012345678901234E+34"},
             {"0.00000000000000000000000000000000000000001", "1E-41"}})
        CHECK_MESSAGE(text_of(number::parse(each.first)) == each.second, each.first);
    for (const char* const bad : {"", "-", "+1", "1.", ".", "e5", "1e", "1e+", "1e5.0", "1 ", " 1", "1,5", "--1",
                                  "0x10", "1_000", "NaN", "Infinity", "1e5e5", "1..2"})
        CHECK_FALSE_MESSAGE(number::parse(bad), bad);
}

TEST_CASE("feel/number: text is plain from 1e-34 to 1e34 and has an exponent outside") {
    CHECK(text_of(number::parse("1E34")) == "1" + std::string(34, '0'));
    CHECK(text_of(number::parse("1.1E34")) == "1.1E+34");
    CHECK(text_of(number::parse("9.9E33")) == "99" + std::string(32, '0'));
    CHECK(text_of(number::parse("1E-34")) == "0." + std::string(33, '0') + "1");
    CHECK(text_of(number::parse("9E-35")) == "9E-35");
    CHECK(text_of(number::parse("-1.5E40")) == "-1.5E+40");
    CHECK(number::from_scaled(1260, -2).to_string() == "126000");
    CHECK(number::from_scaled(-126000, 5).to_string() == "-1.26");
}

TEST_CASE("feel/number: the ends of the 64-bit coefficient pass into 34 digits and back") {
    const number most = INT64_MAX;
    const number least = INT64_MIN;
    CHECK(text_of(add(most, 1)) == "9223372036854775808");
    CHECK(text_of(subtract(least, 1)) == "-9223372036854775809");
    CHECK(text_of(multiply(least, -1)) == "9223372036854775808");
    CHECK(text_of(divide(least, -1)) == "9223372036854775808");
    CHECK(least.negated().to_string() == "9223372036854775808");
    CHECK(least.absolute() == least.negated());
    CHECK(text_of(add(least.negated(), -1)) == "9223372036854775807");
    CHECK(subtract(add(most, 1).value(), 1)->is_small());
    CHECK(text_of(multiply(most, most)) == "8.50705917302346158473969077842325E+37");
}

TEST_CASE("feel/number: whole numbers are recognised at every scale") {
    CHECK(read("1.00").is_integer());
    CHECK(read("1E6000").is_integer());
    CHECK_FALSE(read("1.01").is_integer());
    CHECK_FALSE(read("1E-6000").is_integer());
    CHECK(read("0E-6000").is_integer());
    CHECK(read("12.0").to_int64() == 12);
    CHECK(read("1E18").to_int64() == 1'000'000'000'000'000'000);
    CHECK(read("-9223372036854775808").to_int64() == INT64_MIN);
    CHECK_FALSE(read("9223372036854775808").to_int64());
    CHECK_FALSE(read("1E19").to_int64());
    CHECK_FALSE(read("0.5").to_int64());
}

TEST_CASE("feel/number: words of 34 digits make a number, longer ones do not") {
    const number largest = read("9999999999999999999999999999999999");
    const auto again = number::from_words(largest.lo(), largest.hi(), largest.scale());
    REQUIRE(again);
    CHECK(*again == largest);
    CHECK_FALSE(number::from_words(0, INT64_MAX, 0));
    CHECK_FALSE(number::from_words(0, INT64_MIN, 0));
    CHECK_FALSE(number::from_words(1, 0, 6177));
    CHECK_FALSE(number::from_words(1, 0, -6112));
    const number negative = largest.negated();
    CHECK(number::from_words(negative.lo(), negative.hi(), negative.scale()) == negative);
}

TEST_CASE("feel/number: normalized keeps the value, drops zeros and negative scales") {
    const number made = read("120.00").normalized();
    CHECK(made.small_coefficient() == 120);
    CHECK(made.scale() == 0);
    CHECK(read("1.20").normalized().scale() == 1);
    CHECK(read("12E5").normalized().small_coefficient() == 1'200'000);
    CHECK(read("12E40").normalized().scale() == -40);
    CHECK(read("0.000").normalized().scale() == 0);
    CHECK(read("-1.50").normalized() == read("-1.5"));
}

TEST_CASE("feel/number: quantize rounds ties in seven ways, and is empty when 34 digits cannot hold the answer") {
    const auto at_one = [](const char* text, rounding mode) { return text_of(quantize(read(text), 0, mode)); };
    CHECK(at_one("2.5", rounding::half_even) == "2");
    CHECK(at_one("3.5", rounding::half_even) == "4");
    CHECK(at_one("2.5", rounding::half_up) == "3");
    CHECK(at_one("-2.5", rounding::half_up) == "-3");
    CHECK(at_one("2.5", rounding::half_down) == "2");
    CHECK(at_one("2.1", rounding::up) == "3");
    CHECK(at_one("-2.1", rounding::up) == "-3");
    CHECK(at_one("2.9", rounding::down) == "2");
    CHECK(at_one("-2.1", rounding::floor) == "-3");
    CHECK(at_one("-2.9", rounding::ceiling) == "-2");
    CHECK(at_one("1E-6000", rounding::up) == "1");
    CHECK(text_of(quantize(1260, -2, rounding::half_even)) == "1300");
    CHECK_FALSE(quantize(1, 34, rounding::half_even));
    CHECK(text_of(quantize(0, 6176, rounding::half_even)) == "0");
    CHECK_FALSE(quantize(0, 6177, rounding::half_even));
}

TEST_CASE("feel/number: powers of whole exponents are exact before their one rounding") {
    CHECK(text_of(power(2, 10)) == "1024");
    CHECK(text_of(power(2, -49)) == "0.000000000000001776356839400250464677810668945312");  // a tie, to even
    CHECK(text_of(power(read("1.000000000000000000000000000000001"), read("1E33"))) ==
          "2.718281828459045235360287471352661");
    CHECK(text_of(power(-2, 3)) == "-8");
    CHECK(text_of(power(-1, read("1E30"))) == "1");
    CHECK(text_of(power(0, 0)) == "1");
    CHECK(text_of(power(4, read("0.5"))) == "2");
    CHECK_FALSE(power(0, -1));
    CHECK_FALSE(power(-2, read("0.5")));
    CHECK_FALSE(power(2, read("1E30")));
    CHECK(text_of(power(2, read("-1E30"))) == "0");
    CHECK(text_of(power(10, 6144)) == "1E+6144");
    CHECK(text_of(power(read("0.1"), 6176)) == "1E-6176");
}

TEST_CASE("feel/number: roots and logarithms have no value below their domain") {
    CHECK(text_of(square_root(2)) == "1.414213562373095048801688724209698");
    CHECK(text_of(square_root(read("1E-6176"))) == "1E-3088");
    CHECK(text_of(square_root(0)) == "0");
    CHECK_FALSE(square_root(-1));
    CHECK(text_of(exponential(0)) == "1");
    CHECK(text_of(natural_logarithm(1)) == "0");
    CHECK_FALSE(natural_logarithm(0));
    CHECK_FALSE(natural_logarithm(-1));
}

TEST_CASE("feel/number: modulo has the divisor's sign") {
    CHECK(text_of(modulo(12, 5)) == "2");
    CHECK(text_of(modulo(-12, 5)) == "3");
    CHECK(text_of(modulo(12, -5)) == "-3");
    CHECK(text_of(modulo(-12, -5)) == "-2");
    CHECK(text_of(modulo(read("10.1"), read("4.5"))) == "1.1");
    CHECK(text_of(modulo(read("1E6000"), 7)) == text_of(modulo(power(10, 6000).value(), 7)));
}
