// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_EXTERNAL_IPP
#define POLKU_IMPL_DMN_EXTERNAL_IPP

#include <polku/dmn/external.hpp>
#include <polku/feel/function.hpp>
#include <polku/feel/operations.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace polku::inline POLKU_V::dmn {

namespace detail {

POLKU_DECL std::string without_blanks(std::string_view text) {
    std::string out;
    for (const char letter : text)
        if (letter != ' ' && letter != '\t' && letter != '\n' && letter != '\r') out += letter;
    return out;
}

class external_function : public feel::function {
public:
    external_function(std::vector<feel::parameter> parameters, external_registry::entry body)
        : parameters_(std::move(parameters)), body_(std::move(body)) {}
    std::span<const feel::parameter> parameters() const noexcept override { return parameters_; }
    std::string_view name() const noexcept override { return body_.signature; }
    feel::value call(feel::evaluation_context& with, std::span<const feel::value> arguments) const override {
        if (arguments.size() != parameters_.size() || arguments.size() != body_.argument_count)
            return feel::value(feel::null_reason::wrong_arguments);
        return body_.body(body_.user_data, with, arguments);
    }

private:
    std::vector<feel::parameter> parameters_;
    external_registry::entry body_;
};

using external_arguments = std::span<const feel::value>;

POLKU_DECL feel::value external_refusal() { return feel::value(feel::null_reason::type_mismatch); }

POLKU_DECL feel::value external_larger(void*, feel::evaluation_context&, external_arguments from) {
    if (!from[0].is(feel::kind::number) || !from[1].is(feel::kind::number)) return external_refusal();
    return from[0].as_number() < from[1].as_number() ? from[1] : from[0];
}

POLKU_DECL feel::value external_smaller(void*, feel::evaluation_context&, external_arguments from) {
    if (!from[0].is(feel::kind::number) || !from[1].is(feel::kind::number)) return external_refusal();
    return from[1].as_number() < from[0].as_number() ? from[1] : from[0];
}

POLKU_DECL feel::value external_absolute(void*, feel::evaluation_context&, external_arguments from) {
    if (!from[0].is(feel::kind::number)) return external_refusal();
    return feel::value(from[0].as_number().absolute());
}

POLKU_DECL feel::value external_power(void*, feel::evaluation_context& with, external_arguments from) {
    return feel::power(from[0], from[1], with);
}

/// Functions of Java's `double`: computed in binary and read back with 17 digits, as Java itself would print them.
template <double (*Body)(double)>
feel::value external_binary(void*, feel::evaluation_context&, external_arguments from) {
    if (!from[0].is(feel::kind::number)) return external_refusal();
    const std::string text = from[0].as_number().to_string();
    double given = 0;
    std::from_chars(text.data(), text.data() + text.size(), given);
    const double made = Body(given);
    if (!std::isfinite(made)) return feel::value(feel::null_reason::out_of_range);
    // Digits by integer arithmetic: printing functions look at the locale.
    int exponent = 0;
    const double fraction = std::frexp(made, &exponent);
    const auto coefficient = static_cast<std::int64_t>(std::ldexp(fraction, 53));
    const auto scale = feel::power(feel::number(2), feel::number(exponent - 53));
    const auto exact = scale ? feel::multiply(feel::number(coefficient), *scale) : std::nullopt;
    const auto rounded = exact ? feel::quantize(*exact, 15, feel::rounding::half_even) : std::nullopt;
    return rounded ? feel::value(rounded->normalized()) : feel::value(feel::null_reason::out_of_range);
}

inline double binary_cosine(double of) { return std::cos(of); }
inline double binary_sine(double of) { return std::sin(of); }
inline double binary_tangent(double of) { return std::tan(of); }

POLKU_DECL feel::value external_number_of_text(void*, feel::evaluation_context&, external_arguments from) {
    if (!from[0].is(feel::kind::string)) return external_refusal();
    const auto made = feel::number::parse(from[0].as_string());
    return made ? feel::value(*made) : feel::value(feel::null_reason::invalid_argument);
}

POLKU_DECL feel::value external_integer_of_text(void* data, feel::evaluation_context& with, external_arguments from) {
    const feel::value made = external_number_of_text(data, with, from);
    if (!made.is_null() && !made.as_number().is_integer()) return feel::value(feel::null_reason::invalid_argument);
    return made;
}

POLKU_DECL feel::value external_same_number(void*, feel::evaluation_context&, external_arguments from) {
    return from[0].is(feel::kind::number) ? from[0] : external_refusal();
}

/// Whole numbers within the signed range of so many bits, which `user_data` carries.
template <int Bits>
feel::value external_whole(void*, feel::evaluation_context&, external_arguments from) {
    const auto whole = from[0].is(feel::kind::number) ? from[0].as_number().to_int64() : std::nullopt;
    constexpr std::int64_t edge = std::int64_t{1} << (Bits - 1);
    if (!whole || *whole < -edge || *whole >= edge) return external_refusal();
    return from[0];
}

POLKU_DECL feel::value external_character(void*, feel::evaluation_context&, external_arguments from) {
    if (!from[0].is(feel::kind::string)) return external_refusal();
    std::size_t points = 0;
    for (const char byte : from[0].as_string()) points += (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U ? 1 : 0;
    return points == 1 ? from[0] : external_refusal();
}

/// `String.format` with `%s` and `%%`, the two that need no locale.
POLKU_DECL feel::value external_format(void*, feel::evaluation_context&, external_arguments from) {
    if (!from[0].is(feel::kind::string)) return external_refusal();
    std::vector<feel::value> items;
    if (from[1].is(feel::kind::list))
        items.assign(from[1].as_list().begin(), from[1].as_list().end());
    else
        items.push_back(from[1]);
    const std::string_view text = from[0].as_string();
    std::string out;
    std::size_t next = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            out += text[at];
            continue;
        }
        ++at;
        if (at < text.size() && text[at] == '%')
            out += '%';
        else if (at < text.size() && text[at] == 's' && next < items.size())
            out += feel::to_string(items[next++]);
        else
            return feel::value(feel::null_reason::invalid_argument);
    }
    return feel::value(out);
}

POLKU_DECL void add_java_math(external_registry& into) {
    constexpr std::string_view math = "java.lang.Math";
    for (const std::string_view type : {"double", "float", "int", "long"}) {
        const std::string one(type);
        into.add(math, "max(" + one + "," + one + ")", 2, &external_larger);
        into.add(math, "min(" + one + "," + one + ")", 2, &external_smaller);
        into.add(math, "abs(" + one + ")", 1, &external_absolute);
    }
    into.add(math, "pow(double,double)", 2, &external_power);
    into.add(math, "cos(double)", 1, &external_binary<&binary_cosine>);
    into.add(math, "sin(double)", 1, &external_binary<&binary_sine>);
    into.add(math, "tan(double)", 1, &external_binary<&binary_tangent>);
}

POLKU_DECL void add_java_values(external_registry& into) {
    into.add("java.lang.Byte", "valueOf(byte)", 1, &external_whole<8>);
    into.add("java.lang.Short", "valueOf(short)", 1, &external_whole<16>);
    into.add("java.lang.Integer", "valueOf(int)", 1, &external_whole<32>);
    into.add("java.lang.Long", "valueOf(long)", 1, &external_whole<63>);
    into.add("java.lang.Integer", "valueOf(java.lang.String)", 1, &external_integer_of_text);
    into.add("java.lang.Long", "valueOf(java.lang.String)", 1, &external_integer_of_text);
    into.add("java.lang.Float", "valueOf(java.lang.String)", 1, &external_number_of_text);
    into.add("java.lang.Double", "valueOf(java.lang.String)", 1, &external_number_of_text);
    into.add("java.lang.Float", "valueOf(float)", 1, &external_same_number);
    into.add("java.lang.Double", "valueOf(double)", 1, &external_same_number);
    into.add("java.lang.String", "valueOf(char)", 1, &external_character);
    into.add("java.lang.String", "format(java.lang.String,[Ljava.lang.Object;)", 2, &external_format);
}

}  // namespace detail

POLKU_DECL const external_registry::entry* external_registry::find(std::string_view class_name,
                                                                   std::string_view signature) const {
    const std::string wanted = detail::without_blanks(signature);
    for (const entry& each : entries_)
        if (each.class_name == class_name && each.signature == wanted) return &each;
    return nullptr;
}

POLKU_DECL bool external_registry::knows(std::string_view class_name, std::string_view signature) const {
    return find(class_name, signature) != nullptr;
}

POLKU_DECL void external_registry::add(std::string_view class_name, std::string_view signature,
                                       std::size_t argument_count, callback body, void* user_data) {
    entry made{std::string(class_name), detail::without_blanks(signature), argument_count, body, user_data};
    for (entry& each : entries_) {
        if (each.class_name != made.class_name || each.signature != made.signature) continue;
        each = std::move(made);
        return;
    }
    entries_.push_back(std::move(made));
}

POLKU_DECL feel::value external_registry::make(std::span<const feel::parameter> parameters, std::string_view class_name,
                                               std::string_view signature) const {
    const entry* found = find(class_name, signature);
    if (!found) return feel::value(feel::null_reason::external_failed);
    return feel::value(
        new detail::external_function(std::vector<feel::parameter>(parameters.begin(), parameters.end()), *found));
}

POLKU_DECL feel::value external_registry::make(std::span<const feel::parameter> parameters,
                                               const feel::context& mapping) const {
    const feel::value* java = mapping.find("java");
    if (!java || !java->is(feel::kind::context)) return feel::value(feel::null_reason::external_failed);
    const feel::value* class_name = java->as_context().find("class");
    const feel::value* signature = java->as_context().find("method signature");
    if (!class_name || !signature || !class_name->is(feel::kind::string) || !signature->is(feel::kind::string))
        return feel::value(feel::null_reason::external_failed);
    return make(parameters, class_name->as_string(), signature->as_string());
}

POLKU_DECL std::shared_ptr<external_registry> standard_externals() {
    auto made = std::make_shared<external_registry>();
    detail::add_java_math(*made);
    detail::add_java_values(*made);
    return made;
}

}  // namespace polku::inline POLKU_V::dmn

#endif
