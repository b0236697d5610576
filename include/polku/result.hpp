// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_RESULT_HPP
#define POLKU_RESULT_HPP

#include <polku/error.hpp>

#include <cassert>
#include <type_traits>
#include <utility>
#include <variant>

namespace polku::inline POLKU_V {

/// A value or the error that kept it from being made; the names follow `std::expected`. Using `value()` without looking
/// first throws `polku::exception` (asserts where exceptions are off).
template <class Value>
class [[nodiscard]] result {
public:
    /// What is held when there is no error.
    using value_type = Value;

    result() requires std::is_default_constructible_v<Value>
    = default;
    /// Holds a value made of what is given.
    template <class Other>
    requires(std::is_constructible_v<Value, Other&&> && !std::is_same_v<std::remove_cvref_t<Other>, result> &&
             !std::is_same_v<std::remove_cvref_t<Other>, polku::error>) result(Other&& value)
        : state_(std::in_place_index<0>, std::forward<Other>(value)) {}
    /// Holds an error.
    result(polku::error what) : state_(std::in_place_index<1>, std::move(what)) {}

    /// True when there is a value, false when there is an error.
    bool has_value() const noexcept { return state_.index() == 0; }
    /// The same as `has_value`.
    explicit operator bool() const noexcept { return has_value(); }

    Value& value() & {
        ensure();
        return *std::get_if<0>(&state_);
    }
    const Value& value() const& {
        ensure();
        return *std::get_if<0>(&state_);
    }
    Value&& value() && {
        ensure();
        return std::move(*std::get_if<0>(&state_));
    }
    /// The value; only when there is one.
    Value& operator*() & noexcept { return *std::get_if<0>(&state_); }
    const Value& operator*() const& noexcept { return *std::get_if<0>(&state_); }
    Value&& operator*() && noexcept { return std::move(*std::get_if<0>(&state_)); }
    /// A member of the value; only when there is one.
    Value* operator->() noexcept { return std::get_if<0>(&state_); }
    const Value* operator->() const noexcept { return std::get_if<0>(&state_); }

    /// The error; only when there is no value.
    polku::error& error() & noexcept {
        assert(!has_value());
        return *std::get_if<1>(&state_);
    }
    const polku::error& error() const& noexcept {
        assert(!has_value());
        return *std::get_if<1>(&state_);
    }
    polku::error&& error() && noexcept {
        assert(!has_value());
        return std::move(*std::get_if<1>(&state_));
    }

private:
    void ensure() const {
#if POLKU_EXCEPTIONS
        if (!has_value()) throw polku::exception(*std::get_if<1>(&state_));
#else
        assert(has_value());
#endif
    }

    std::variant<Value, polku::error> state_;
};

/// What a function answers that makes nothing: done, or an error.
template <>
class [[nodiscard]] result<void> {
public:
    /// Nothing is held when there is no error.
    using value_type = void;

    result() = default;
    /// Holds an error; the default is done without one.
    result(polku::error what) : state_(std::in_place_index<1>, std::move(what)) {}

    /// True when there is no error.
    bool has_value() const noexcept { return state_.index() == 0; }
    /// The same as `has_value`.
    explicit operator bool() const noexcept { return has_value(); }
    /// Throws `polku::exception` when there is an error (asserts where exceptions are off).
    void value() const {
#if POLKU_EXCEPTIONS
        if (!has_value()) throw polku::exception(*std::get_if<1>(&state_));
#else
        assert(has_value());
#endif
    }
    /// The error; only when there is one.
    polku::error& error() & noexcept { return *std::get_if<1>(&state_); }
    const polku::error& error() const& noexcept { return *std::get_if<1>(&state_); }
    polku::error&& error() && noexcept { return std::move(*std::get_if<1>(&state_)); }

private:
    std::variant<std::monostate, polku::error> state_;
};

/// Hands an error on: `POLKU_TRY(auto x, try_x());` defines `x` or returns the error.
#define POLKU_TRY(declaration, expression) POLKU_TRY_(declaration, expression, POLKU_CAT(polku_try_, __LINE__))
/// What `POLKU_TRY` is made of; not for use by itself.
#define POLKU_TRY_(declaration, expression, name) \
    auto name = (expression);                     \
    if (!name) return std::move(name).error();    \
    declaration = std::move(name).value()
/// Hands an error on from something that makes no value: `POLKU_CHECK(try_done());`.
#define POLKU_CHECK(expression) \
    if (auto polku_check = (expression); !polku_check) return std::move(polku_check).error()
/// Joins two names after both are expanded; not for use by itself.
#define POLKU_CAT(a, b) POLKU_CAT_(a, b)
/// What `POLKU_CAT` is made of.
#define POLKU_CAT_(a, b) a##b

}  // namespace polku::inline POLKU_V

#endif
