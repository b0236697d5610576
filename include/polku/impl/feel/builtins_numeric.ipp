// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_BUILTINS_NUMERIC_IPP
#define POLKU_IMPL_FEEL_BUILTINS_NUMERIC_IPP

#include <polku/impl/feel/builtins_support.hpp>

// Numeric built-ins (DMN 1.5 clause 10.3.4.5).

namespace polku::inline POLKU_V::feel::detail {

POLKU_DECL value number_or_null(const std::optional<number>& made, null_reason otherwise) {
    return made ? value(*made) : value(otherwise);
}

/// Rounds at `scale` decimals; a number that has no more decimals than that is itself.
POLKU_DECL value round_at(const number& n, std::int64_t scale, rounding mode) {
    if (scale < number::min_scale || scale > number::max_scale) return refuse_value();
    if (scale >= n.scale()) return n;
    const auto wanted = static_cast<std::int32_t>(scale);
    const std::int32_t drop = n.scale() - wanted;
    if (n.is_small() && drop < small_powers) {
        if (n.small_coefficient() % small_power_of_ten[drop] == 0) return n;
    } else if (scale >= n.normalized().scale()) {
        return n;
    }
    return number_or_null(quantize(n, wanted, mode), null_reason::out_of_range);
}

template <rounding Mode>
value builtin_round(evaluation_context&, std::size_t, arguments given) {
    number n;
    std::int64_t scale = 0;
    if (!take_number(given[0], n)) return refuse(given[0]);
    if (given.size() > 1 && !take_integer(given[1], scale)) return refuse(given[1]);
    return round_at(n, scale, Mode);
}

POLKU_DECL value builtin_abs(evaluation_context&, std::size_t, arguments given) {
    const value& n = unwrapped(given[0]);
    if (n.is(kind::number)) return n.as_number().absolute();
    if (n.is(kind::months_duration)) {
        const std::int64_t months = n.as_months_duration().months;
        if (months == INT64_MIN) return value(null_reason::out_of_range);
        return time::months_duration{months < 0 ? -months : months};
    }
    if (!n.is(kind::days_duration)) return refuse(n);
    const time::days_duration span = n.as_days_duration();
    if (span.seconds == INT64_MIN) return value(null_reason::out_of_range);
    const bool negative = span.seconds < 0 || span.nanoseconds < 0;
    return negative ? time::days_duration{-span.seconds, -span.nanoseconds} : span;
}

POLKU_DECL value builtin_modulo(evaluation_context&, std::size_t, arguments given) {
    number dividend;
    number divisor;
    if (!take_number(given[0], dividend)) return refuse(given[0]);
    if (!take_number(given[1], divisor)) return refuse(given[1]);
    if (divisor.is_zero()) return value(null_reason::division_by_zero);
    return number_or_null(modulo(dividend, divisor), null_reason::out_of_range);
}

POLKU_DECL value builtin_sqrt(evaluation_context&, std::size_t, arguments given) {
    number n;
    if (!take_number(given[0], n)) return refuse(given[0]);
    return number_or_null(square_root(n), null_reason::invalid_argument);
}

POLKU_DECL value builtin_log(evaluation_context&, std::size_t, arguments given) {
    number n;
    if (!take_number(given[0], n)) return refuse(given[0]);
    return number_or_null(natural_logarithm(n), null_reason::invalid_argument);
}

POLKU_DECL value builtin_exp(evaluation_context&, std::size_t, arguments given) {
    number n;
    if (!take_number(given[0], n)) return refuse(given[0]);
    return number_or_null(exponential(n), null_reason::out_of_range);
}

/// A number with a fraction is neither even nor odd.
template <bool Even>
value builtin_parity(evaluation_context&, std::size_t, arguments given) {
    number n;
    if (!take_number(given[0], n)) return refuse(given[0]);
    const std::optional<number> rest = modulo(n, number(2));
    return rest ? value(*rest == number(Even ? 0 : 1)) : value(null_reason::out_of_range);
}

POLKU_DECL std::span<const builtin> numeric_builtins() noexcept {
    static constexpr signature n[] = {{"n: number"}};
    static constexpr signature of_number[] = {{"number: number"}};
    static constexpr signature n_scale[] = {{"n: number, scale: number"}};
    static constexpr signature n_and_scale[] = {{"n: number"}, {"n: number, scale: number"}};
    static constexpr signature division[] = {{"dividend: number, divisor: number"}};
    static constexpr builtin family[] = {
        {"decimal", n_scale, builtin_round<rounding::half_even>, "number"},
        {"floor", n_and_scale, builtin_round<rounding::floor>, "number"},
        {"ceiling", n_and_scale, builtin_round<rounding::ceiling>, "number"},
        {"round up", n_scale, builtin_round<rounding::up>, "number"},
        {"round down", n_scale, builtin_round<rounding::down>, "number"},
        {"round half up", n_scale, builtin_round<rounding::half_up>, "number"},
        {"round half down", n_scale, builtin_round<rounding::half_down>, "number"},
        {"abs", n, builtin_abs, "number"},
        {"modulo", division, builtin_modulo, "number"},
        {"sqrt", of_number, builtin_sqrt, "number"},
        {"log", of_number, builtin_log, "number"},
        {"exp", of_number, builtin_exp, "number"},
        {"odd", of_number, builtin_parity<false>, "boolean"},
        {"even", of_number, builtin_parity<true>, "boolean"},
    };
    return family;
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
