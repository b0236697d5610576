// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_BUILTINS_SUPPORT_IPP
#define POLKU_IMPL_FEEL_BUILTINS_SUPPORT_IPP

#include <polku/feel/operations.hpp>
#include <polku/impl/feel/builtins_support.hpp>

namespace polku::inline POLKU_V::feel::detail {

POLKU_DECL value refuse(const value& culprit) {
    return culprit.is_null() && culprit.reason() != null_reason::none ? culprit : value(null_reason::type_mismatch);
}

POLKU_DECL const value& unwrapped(const value& from) noexcept {
    if (!from.is(kind::list)) return from;
    const std::span<const value> items = from.as_list();
    return items.size() == 1 ? items.front() : from;
}

POLKU_DECL bool take_string(const value& from, std::string_view& out) noexcept {
    const value& only = unwrapped(from);
    if (!only.is(kind::string)) return false;
    out = only.as_string();
    return true;
}

POLKU_DECL bool take_number(const value& from, number& out) noexcept {
    const value& only = unwrapped(from);
    if (!only.is(kind::number)) return false;
    out = only.as_number();
    return true;
}

POLKU_DECL bool take_integer(const value& from, std::int64_t& out) noexcept {
    number given;
    if (!take_number(from, given)) return false;
    std::optional<std::int64_t> whole = given.to_int64();
    if (!whole) {
        const std::optional<number> cut = quantize(given, 0, rounding::down);
        if (cut) whole = cut->to_int64();
    }
    if (!whole) return false;
    out = *whole;
    return true;
}

POLKU_DECL bool take_context(const value& from, const context*& out) noexcept {
    const value& only = unwrapped(from);
    if (!only.is(kind::context)) return false;
    out = &only.as_context();
    return true;
}

POLKU_DECL bool take_function(const value& from, const function*& out) noexcept {
    const value& only = unwrapped(from);
    if (!only.is(kind::function)) return false;
    out = &only.as_function();
    return true;
}

POLKU_DECL bool take_date(const value& from, time::date& out) noexcept {
    const value& only = unwrapped(from);
    if (only.is(kind::date)) {
        out = only.as_date();
        return true;
    }
    if (!only.is(kind::date_time)) return false;
    out = only.as_date_time().date;
    return true;
}

POLKU_DECL bool take_list(const value& from, std::span<const value>& out) noexcept {
    if (from.is_null()) return false;
    out = from.is(kind::list) ? from.as_list() : std::span<const value>(&from, 1);
    return true;
}

POLKU_DECL value bounded_text(evaluation_context& with, std::string_view text) {
    if (text.size() > with.bounds().text_bytes) {
        with.set_fault({error_code::limit_length, "a string would have " + std::to_string(text.size()) +
                                                      " bytes where at most " +
                                                      std::to_string(with.bounds().text_bytes) +
                                                      " are allowed; build shorter strings or raise the limit"});
        return {};
    }
    return with.step(1 + text.size() / 64) ? value(text) : value();
}

POLKU_DECL value bounded_list(evaluation_context& with, std::vector<value> items) {
    if (items.size() > with.bounds().list_length) {
        with.set_fault({error_code::limit_length, "a list would have " + std::to_string(items.size()) +
                                                      " items where at most " +
                                                      std::to_string(with.bounds().list_length) +
                                                      " are allowed; build shorter lists or raise the limit"});
        return {};
    }
    return with.step(1 + items.size()) ? value(std::move(items)) : value();
}

POLKU_DECL bool same(const value& left, const value& right, const evaluation_context& with) {
    return equal(left, right, with).is_true();
}

POLKU_DECL bool take_position(std::int64_t position, std::size_t size, std::size_t& index) noexcept {
    const auto length = static_cast<std::int64_t>(size);
    if (position == 0 || position > length || position < -length) return false;
    index = static_cast<std::size_t>(position > 0 ? position - 1 : length + position);
    return true;
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
