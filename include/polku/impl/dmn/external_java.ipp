// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_EXTERNAL_JAVA_IPP
#define POLKU_IMPL_DMN_EXTERNAL_JAVA_IPP

#include <polku/feel/operations.hpp>
#include <polku/impl/dmn/external_java.hpp>
#include <polku/impl/dmn/external_java_text.hpp>

#include <algorithm>
#include <optional>

namespace polku::inline POLKU_V::dmn::detail {

using java_arguments = std::span<const feel::value>;

POLKU_DECL feel::value java_refusal() { return feel::value(feel::null_reason::invalid_argument); }
POLKU_DECL feel::value java_answer(const std::optional<feel::number>& made) {
    return made ? feel::value(*made) : feel::value(feel::null_reason::out_of_range);
}
POLKU_DECL feel::number java_number(java_arguments from, std::size_t at = 0) { return from[at].as_number(); }

/// Whether a value is one of a Java type; names without a meaning here take everything.
POLKU_DECL bool is_of_java_type(const feel::value& of, std::string_view type) {
    struct whole_type {
        std::string_view name;
        int bits;
    };
    constexpr whole_type wholes[] = {{"byte", 8}, {"short", 16}, {"int", 32}, {"long", 64}};
    for (const whole_type& each : wholes) {
        if (each.name != type) continue;
        const auto whole = of.is(feel::kind::number) ? of.as_number().to_int64() : std::nullopt;
        if (!whole || each.bits == 64) return whole.has_value();
        const std::int64_t edge = std::int64_t{1} << static_cast<unsigned>(each.bits - 1);
        return *whole >= -edge && *whole < edge;
    }
    if (type == "double" || type == "float" || type == "java.math.BigDecimal") return of.is(feel::kind::number);
    if (type == "boolean") return of.is(feel::kind::boolean);
    if (type == "java.lang.String" || type == "java.lang.CharSequence") return of.is(feel::kind::string);
    if (type == "char") return of.is(feel::kind::string) && java_length(of.as_string()) == 1;
    return type != "java.lang.Iterable" || of.is(feel::kind::list);
}

POLKU_DECL std::string_view java_parameters(const java_function& of) noexcept {
    const std::size_t open = of.signature.find('(') + 1;
    return of.signature.substr(open, of.signature.size() - open - 1);
}

POLKU_DECL std::size_t parameter_count(const java_function& of) noexcept {
    const std::string_view list = java_parameters(of);
    return list.empty() ? 0 : 1 + static_cast<std::size_t>(std::count(list.begin(), list.end(), ','));
}

POLKU_DECL feel::value call_java(const java_function& callee, feel::evaluation_context& with,
                                 java_arguments arguments) {
    if (arguments.size() != parameter_count(callee)) return feel::value(feel::null_reason::wrong_arguments);
    std::string_view rest = java_parameters(callee);
    for (const feel::value& each : arguments) {
        const std::size_t comma = std::min(rest.find(','), rest.size());
        if (!is_of_java_type(each, rest.substr(0, comma))) return feel::value(feel::null_reason::type_mismatch);
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    feel::value made = with.step() ? callee.body(with, arguments) : feel::value();
    if (made.is_null() || is_of_java_type(made, callee.result)) return made;
    return feel::value(feel::null_reason::out_of_range);
}

// java.lang.Math. `double` is a decimal of 34 digits here, so 0.1 + 0.2 is 0.3.

template <std::optional<feel::number> (*Operation)(const feel::number&, const feel::number&) noexcept>
feel::value java_binary(feel::evaluation_context&, java_arguments from) {
    return java_answer(Operation(java_number(from), java_number(from, 1)));
}
inline std::optional<feel::number> java_sum(const feel::number& a, const feel::number& b) noexcept { return add(a, b); }
inline std::optional<feel::number> java_difference(const feel::number& a, const feel::number& b) noexcept {
    return subtract(a, b);
}
inline std::optional<feel::number> java_product(const feel::number& a, const feel::number& b) noexcept {
    return multiply(a, b);
}
inline std::optional<feel::number> java_larger(const feel::number& a, const feel::number& b) noexcept {
    return a < b ? b : a;
}
inline std::optional<feel::number> java_smaller(const feel::number& a, const feel::number& b) noexcept {
    return b < a ? b : a;
}
inline std::optional<feel::number> java_floor_quotient(const feel::number& a, const feel::number& b) noexcept {
    const auto quotient = divide(a, b);
    return quotient ? quantize(*quotient, 0, feel::rounding::floor) : std::nullopt;
}
inline std::optional<feel::number> java_floor_rest(const feel::number& a, const feel::number& b) noexcept {
    return modulo(a, b);
}
inline std::optional<feel::number> java_compare(const feel::number& a, const feel::number& b) noexcept {
    return feel::number(a < b ? -1 : b < a ? 1 : 0);
}

template <feel::rounding Mode>
feel::value java_round(feel::evaluation_context&, java_arguments from) {
    const feel::number given = java_number(from);
    return given.is_integer() ? feel::value(given) : java_answer(quantize(given, 0, Mode));
}
/// `Math.round` goes up at a half, towards positive infinity.
POLKU_DECL feel::value java_round_half_up(feel::evaluation_context&, java_arguments from) {
    const feel::number given = java_number(from);
    if (given.is_integer()) return given;
    const auto raised = add(given, feel::number::from_scaled(5, 1));
    return java_answer(raised ? quantize(*raised, 0, feel::rounding::floor) : std::nullopt);
}
POLKU_DECL feel::value java_absolute(feel::evaluation_context&, java_arguments from) {
    return java_number(from).absolute();
}
POLKU_DECL feel::value java_negate(feel::evaluation_context&, java_arguments from) {
    return java_number(from).negated();
}
POLKU_DECL feel::value java_sign(feel::evaluation_context&, java_arguments from) {
    const feel::number given = java_number(from);
    return given.is_zero() ? 0 : given.is_negative() ? -1 : 1;
}
POLKU_DECL feel::value java_power(feel::evaluation_context& with, java_arguments from) {
    return feel::power(from[0], from[1], with);
}
POLKU_DECL feel::value java_square_root(feel::evaluation_context&, java_arguments from) {
    return java_answer(square_root(java_number(from)));
}
POLKU_DECL feel::value java_exponential(feel::evaluation_context&, java_arguments from) {
    return java_answer(exponential(java_number(from)));
}
POLKU_DECL feel::value java_logarithm(feel::evaluation_context&, java_arguments from) {
    return java_answer(natural_logarithm(java_number(from)));
}
/// In 30 decimals, so that a power of ten gives its whole exponent.
POLKU_DECL feel::value java_logarithm_10(feel::evaluation_context&, java_arguments from) {
    const auto top = natural_logarithm(java_number(from));
    const auto ten = natural_logarithm(feel::number(10));
    const auto made = top ? divide(*top, *ten) : std::nullopt;
    const auto cut = made ? quantize(*made, 30, feel::rounding::half_even) : std::nullopt;
    return cut ? feel::value(cut->normalized()) : java_answer(std::nullopt);
}
POLKU_DECL feel::value java_hypotenuse(feel::evaluation_context&, java_arguments from) {
    const auto a = multiply(java_number(from), java_number(from));
    const auto b = multiply(java_number(from, 1), java_number(from, 1));
    const auto sum = a && b ? add(*a, *b) : std::nullopt;
    return java_answer(sum ? square_root(*sum) : std::nullopt);
}

/// Pi in the 34 digits of a number.
POLKU_DECL feel::number java_pi() noexcept {
    return feel::number::parse("3.141592653589793238462643383279503").value_or(feel::number());
}

/// sin (`Start` 1) or cos (0) by its series over the angle less its whole turns, in 30 decimals; past a million turns
/// the turns themselves would decide the digits, so there is no answer.
template <int Start>
std::optional<feel::number> java_series(const feel::number& angle) {
    const auto turn = multiply(java_pi(), feel::number(2));
    if (angle.absolute() > feel::number(6'283'185)) return std::nullopt;
    auto x = modulo(angle, *turn);
    if (x && *x > java_pi()) x = subtract(*x, *turn);
    if (!x) return std::nullopt;
    const auto square = multiply(*x, *x);
    std::optional<feel::number> term = Start == 0 ? feel::number(1) : *x;
    std::optional<feel::number> sum = term;
    for (int i = Start + 1; i < 60 && term && sum && !term->is_zero(); i += 2) {
        term = divide(multiply(*term, *square)->negated(), feel::number(i * (i + 1)));
        sum = term ? add(*sum, *term) : std::nullopt;
    }
    return sum;
}

POLKU_DECL feel::value java_in_30_decimals(const std::optional<feel::number>& made) {
    const auto cut = made ? quantize(*made, 30, feel::rounding::half_even) : std::nullopt;
    return cut ? feel::value(cut->normalized()) : java_answer(std::nullopt);
}
POLKU_DECL feel::value java_sine(feel::evaluation_context&, java_arguments from) {
    return java_in_30_decimals(java_series<1>(java_number(from)));
}
POLKU_DECL feel::value java_cosine(feel::evaluation_context&, java_arguments from) {
    return java_in_30_decimals(java_series<0>(java_number(from)));
}
POLKU_DECL feel::value java_tangent(feel::evaluation_context&, java_arguments from) {
    const auto sine = java_series<1>(java_number(from));
    const auto cosine = java_series<0>(java_number(from));
    return java_in_30_decimals(sine && cosine ? divide(*sine, *cosine) : std::nullopt);
}
template <bool ToRadians>
feel::value java_degrees(feel::evaluation_context&, java_arguments from) {
    const feel::number half_turn(180);
    const auto product = multiply(java_number(from), ToRadians ? java_pi() : half_turn);
    return java_in_30_decimals(product ? divide(*product, ToRadians ? half_turn : java_pi()) : std::nullopt);
}

// The classes of values.

POLKU_DECL feel::value java_same(feel::evaluation_context&, java_arguments from) { return from[0]; }
POLKU_DECL feel::value java_number_of_text(feel::evaluation_context&, java_arguments from) {
    const auto made = feel::number::parse(from[0].as_string());
    return made ? feel::value(*made) : java_refusal();
}
/// Digits with an optional sign, as `Integer.parseInt` takes them.
POLKU_DECL feel::value java_whole_of_text(feel::evaluation_context&, java_arguments from) {
    std::string_view text = from[0].as_string();
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) text.remove_prefix(1);
    if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) return java_refusal();
    const auto made = feel::number::parse(text);
    return made ? feel::value(negative ? made->negated() : *made) : java_refusal();
}
/// True for the text "true" in any case of letters, as `Boolean.parseBoolean` says.
POLKU_DECL feel::value java_truth_of_text(feel::evaluation_context&, java_arguments from) {
    const std::string_view text = from[0].as_string();
    constexpr std::string_view wanted = "true";
    return text.size() == wanted.size() && std::equal(text.begin(), text.end(), wanted.begin(), [](char a, char b) {
               return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
           });
}
POLKU_DECL feel::value java_both(feel::evaluation_context&, java_arguments from) {
    return from[0].as_boolean() && from[1].as_boolean();
}
POLKU_DECL feel::value java_either(feel::evaluation_context&, java_arguments from) {
    return from[0].as_boolean() || from[1].as_boolean();
}
POLKU_DECL feel::value java_one_of(feel::evaluation_context&, java_arguments from) {
    return from[0].as_boolean() != from[1].as_boolean();
}

struct java_table {
    static constexpr std::string_view math = "java.lang.Math";
    static constexpr std::string_view whole = "java.lang.Integer";
    static constexpr std::string_view wide = "java.lang.Long";
    static constexpr std::string_view real = "java.lang.Double";
    static constexpr std::string_view single = "java.lang.Float";
    static constexpr std::string_view truth = "java.lang.Boolean";
    static constexpr std::string_view text = "java.lang.String";
    static constexpr std::string_view decimal = "java.math.BigDecimal";

    static constexpr java_function rows[] = {
        {math, "max(double,double)", "double", java_binary<java_larger>},
        {math, "max(float,float)", "float", java_binary<java_larger>},
        {math, "max(int,int)", "int", java_binary<java_larger>},
        {math, "max(long,long)", "long", java_binary<java_larger>},
        {math, "min(double,double)", "double", java_binary<java_smaller>},
        {math, "min(float,float)", "float", java_binary<java_smaller>},
        {math, "min(int,int)", "int", java_binary<java_smaller>},
        {math, "min(long,long)", "long", java_binary<java_smaller>},
        {math, "abs(double)", "double", java_absolute},
        {math, "abs(float)", "float", java_absolute},
        {math, "abs(int)", "int", java_absolute},
        {math, "abs(long)", "long", java_absolute},
        {math, "ceil(double)", "double", java_round<feel::rounding::ceiling>},
        {math, "floor(double)", "double", java_round<feel::rounding::floor>},
        {math, "rint(double)", "double", java_round<feel::rounding::half_even>},
        {math, "round(double)", "long", java_round_half_up},
        {math, "round(float)", "int", java_round_half_up},
        {math, "signum(double)", "double", java_sign},
        {math, "signum(float)", "float", java_sign},
        {math, "pow(double,double)", "double", java_power},
        {math, "sqrt(double)", "double", java_square_root},
        {math, "exp(double)", "double", java_exponential},
        {math, "log(double)", "double", java_logarithm},
        {math, "log10(double)", "double", java_logarithm_10},
        {math, "hypot(double,double)", "double", java_hypotenuse},
        {math, "sin(double)", "double", java_sine},
        {math, "cos(double)", "double", java_cosine},
        {math, "tan(double)", "double", java_tangent},
        {math, "toRadians(double)", "double", java_degrees<true>},
        {math, "toDegrees(double)", "double", java_degrees<false>},
        {math, "addExact(int,int)", "int", java_binary<java_sum>},
        {math, "addExact(long,long)", "long", java_binary<java_sum>},
        {math, "subtractExact(int,int)", "int", java_binary<java_difference>},
        {math, "subtractExact(long,long)", "long", java_binary<java_difference>},
        {math, "multiplyExact(int,int)", "int", java_binary<java_product>},
        {math, "multiplyExact(long,long)", "long", java_binary<java_product>},
        {math, "negateExact(int)", "int", java_negate},
        {math, "negateExact(long)", "long", java_negate},
        {math, "floorDiv(int,int)", "int", java_binary<java_floor_quotient>},
        {math, "floorDiv(long,long)", "long", java_binary<java_floor_quotient>},
        {math, "floorMod(int,int)", "int", java_binary<java_floor_rest>},
        {math, "floorMod(long,long)", "long", java_binary<java_floor_rest>},
        {"java.lang.Byte", "valueOf(byte)", "byte", java_same},
        {"java.lang.Byte", "valueOf(java.lang.String)", "byte", java_whole_of_text},
        {"java.lang.Byte", "parseByte(java.lang.String)", "byte", java_whole_of_text},
        {"java.lang.Short", "valueOf(short)", "short", java_same},
        {"java.lang.Short", "valueOf(java.lang.String)", "short", java_whole_of_text},
        {"java.lang.Short", "parseShort(java.lang.String)", "short", java_whole_of_text},
        {whole, "valueOf(int)", "int", java_same},
        {whole, "valueOf(java.lang.String)", "int", java_whole_of_text},
        {whole, "parseInt(java.lang.String)", "int", java_whole_of_text},
        {whole, "toString(int)", "java.lang.String", java_text},
        {whole, "max(int,int)", "int", java_binary<java_larger>},
        {whole, "min(int,int)", "int", java_binary<java_smaller>},
        {whole, "sum(int,int)", "int", java_binary<java_sum>},
        {whole, "compare(int,int)", "int", java_binary<java_compare>},
        {whole, "signum(int)", "int", java_sign},
        {wide, "valueOf(long)", "long", java_same},
        {wide, "valueOf(java.lang.String)", "long", java_whole_of_text},
        {wide, "parseLong(java.lang.String)", "long", java_whole_of_text},
        {wide, "toString(long)", "java.lang.String", java_text},
        {wide, "max(long,long)", "long", java_binary<java_larger>},
        {wide, "min(long,long)", "long", java_binary<java_smaller>},
        {wide, "sum(long,long)", "long", java_binary<java_sum>},
        {wide, "compare(long,long)", "int", java_binary<java_compare>},
        {wide, "signum(long)", "int", java_sign},
        {single, "valueOf(float)", "float", java_same},
        {single, "valueOf(java.lang.String)", "float", java_number_of_text},
        {single, "parseFloat(java.lang.String)", "float", java_number_of_text},
        {single, "max(float,float)", "float", java_binary<java_larger>},
        {single, "min(float,float)", "float", java_binary<java_smaller>},
        {single, "sum(float,float)", "float", java_binary<java_sum>},
        {real, "valueOf(double)", "double", java_same},
        {real, "valueOf(java.lang.String)", "double", java_number_of_text},
        {real, "parseDouble(java.lang.String)", "double", java_number_of_text},
        {real, "max(double,double)", "double", java_binary<java_larger>},
        {real, "min(double,double)", "double", java_binary<java_smaller>},
        {real, "sum(double,double)", "double", java_binary<java_sum>},
        {real, "compare(double,double)", "int", java_binary<java_compare>},
        {decimal, "valueOf(long)", "java.math.BigDecimal", java_same},
        {decimal, "valueOf(double)", "java.math.BigDecimal", java_same},
        {truth, "valueOf(boolean)", "boolean", java_same},
        {truth, "valueOf(java.lang.String)", "boolean", java_truth_of_text},
        {truth, "parseBoolean(java.lang.String)", "boolean", java_truth_of_text},
        {truth, "toString(boolean)", "java.lang.String", java_text},
        {truth, "logicalAnd(boolean,boolean)", "boolean", java_both},
        {truth, "logicalOr(boolean,boolean)", "boolean", java_either},
        {truth, "logicalXor(boolean,boolean)", "boolean", java_one_of},
        {"java.lang.Character", "valueOf(char)", "char", java_same},
        {"java.lang.Character", "toString(char)", "java.lang.String", java_text},
        {text, "valueOf(char)", "java.lang.String", java_text},
        {text, "valueOf(int)", "java.lang.String", java_text},
        {text, "valueOf(long)", "java.lang.String", java_text},
        {text, "valueOf(boolean)", "java.lang.String", java_text},
        {text, "format(java.lang.String,[Ljava.lang.Object;)", "java.lang.String", java_format},
        {text, "format(java.lang.String,java.lang.Object[])", "java.lang.String", java_format},
        {text, "join(java.lang.CharSequence,java.lang.Iterable)", "java.lang.String", java_join},
    };
};

POLKU_DECL const java_function* find_java_function(std::string_view class_name, std::string_view signature) noexcept {
    for (const java_function& each : java_table::rows)
        if (each.signature == signature && each.class_name == class_name) return &each;
    return nullptr;
}

}  // namespace polku::inline POLKU_V::dmn::detail

#endif
