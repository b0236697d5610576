// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_RESULT_HPP
#define POLKU_RESULT_HPP

#include <polku/error.hpp>

#include <cassert>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace polku::inline POLKU_V {

/// A value or the error that kept it from being made; the names follow `std::expected`. Using `value()` without looking
/// first throws `polku::exception` (asserts where exceptions are off). A value's move must not throw. What is moved
/// from has what its value's or its error's move leaves.
template <class Value>
class [[nodiscard]] result {
    // A union by hand: `std::variant` cost each translation unit several tables of functions for each type of value.
public:
    /// What is held when there is no error.
    using value_type = Value;

    result() requires std::is_default_constructible_v<Value> : value_(), has_value_(true) {}
    /// Holds a value made of what is given.
    template <class Other>
    requires(std::is_constructible_v<Value, Other&&> && !std::is_same_v<std::remove_cvref_t<Other>, result> &&
             !std::is_same_v<std::remove_cvref_t<Other>, polku::error>) result(Other&& value)
        : value_(std::forward<Other>(value)), has_value_(true) {}
    /// Holds an error.
    result(polku::error what) noexcept : error_(std::move(what)), has_value_(false) {}

    result(const result& other) requires std::is_copy_constructible_v<Value> : has_value_(other.has_value_) {
        if (has_value_)
            std::construct_at(std::addressof(value_), other.value_);
        else
            std::construct_at(std::addressof(error_), other.error_);
    }
    result(result&& other) noexcept : has_value_(other.has_value_) { take(other); }
    result& operator=(const result& other) requires std::is_copy_constructible_v<Value> {
        return *this = result(other);
    }
    result& operator=(result&& other) noexcept {
        if (this == &other) return *this;
        end();
        has_value_ = other.has_value_;
        take(other);
        return *this;
    }
    ~result() { end(); }

    /// True when there is a value, false when there is an error.
    bool has_value() const noexcept { return has_value_; }
    /// The same as `has_value`.
    explicit operator bool() const noexcept { return has_value(); }

    Value& value() & {
        ensure();
        return value_;
    }
    const Value& value() const& {
        ensure();
        return value_;
    }
    Value&& value() && {
        ensure();
        return std::move(value_);
    }
    /// The value; only when there is one.
    Value& operator*() & noexcept { return value_; }
    const Value& operator*() const& noexcept { return value_; }
    Value&& operator*() && noexcept { return std::move(value_); }
    /// A member of the value; only when there is one.
    Value* operator->() noexcept { return std::addressof(value_); }
    const Value* operator->() const noexcept { return std::addressof(value_); }

    /// The error; only when there is no value.
    polku::error& error() & noexcept {
        assert(!has_value());
        return error_;
    }
    const polku::error& error() const& noexcept {
        assert(!has_value());
        return error_;
    }
    polku::error&& error() && noexcept {
        assert(!has_value());
        return std::move(error_);
    }

private:
    void ensure() const {
#if POLKU_EXCEPTIONS
        if (!has_value()) throw polku::exception(error_);
#else
        assert(has_value());
#endif
    }

    /// The part that is in use, out of `other`; the flag says already which.
    void take(result& other) noexcept {
        static_assert(std::is_nothrow_move_constructible_v<Value>);
        if (has_value_)
            std::construct_at(std::addressof(value_), std::move(other.value_));
        else
            std::construct_at(std::addressof(error_), std::move(other.error_));
    }
    void end() noexcept {
        if (has_value_)
            std::destroy_at(std::addressof(value_));
        else
            std::destroy_at(std::addressof(error_));
    }

    union {
        Value value_;
        polku::error error_;
    };
    bool has_value_;
};

/// What a function answers that makes nothing: done, or an error.
template <>
class [[nodiscard]] result<void> {
public:
    /// Nothing is held when there is no error.
    using value_type = void;

    result() = default;
    /// Holds an error; the default is done without one.
    result(polku::error what) : error_(std::move(what)) {}

    /// True when there is no error.
    bool has_value() const noexcept { return !error_.has_value(); }
    /// The same as `has_value`.
    explicit operator bool() const noexcept { return has_value(); }
    /// Throws `polku::exception` when there is an error (asserts where exceptions are off).
    void value() const {
#if POLKU_EXCEPTIONS
        if (!has_value()) throw polku::exception(*error_);
#else
        assert(has_value());
#endif
    }
    /// The error; only when there is one.
    polku::error& error() & noexcept { return *error_; }
    const polku::error& error() const& noexcept { return *error_; }
    polku::error&& error() && noexcept { return std::move(*error_); }

private:
    std::optional<polku::error> error_;
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
