// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_FEEL_VALUE_HPP
#define POLKU_FEEL_VALUE_HPP

#include <polku/feel/number.hpp>
#include <polku/time/date_time.hpp>

#include <atomic>
#include <cassert>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::feel {

class evaluation_context;
class function;
class value;

/// The kinds of FEEL values (DMN 1.5 clause 10.3.2.2). The numbers stand in the C ABI and are append-only.
enum class kind : std::uint8_t {
    null = 0,
    boolean = 1,
    number = 2,
    string = 3,
    date = 4,
    time = 5,
    date_time = 6,
    months_duration = 7,
    days_duration = 8,
    list = 9,
    context = 10,
    range = 11,
    function = 12,
};

/// `null`, `boolean`, `number`, `date and time`, ...: the name that FEEL gives a kind.
POLKU_DECL std::string_view name_of(kind of) noexcept;

/// Why a value is null. Kept for explanations; it takes no part in equality.
enum class null_reason : std::uint8_t {
    none = 0,       ///< a null that was written or given
    unknown_input,  ///< an input that nobody gave
    type_mismatch,  ///< an operand or argument has a type that the operation does not take
    division_by_zero,
    out_of_range,      ///< a number past 34 digits or decimal128's exponents, a date past nine digits of year
    no_such_entry,     ///< a path names an entry that the context does not have
    no_such_item,      ///< an index outside the list
    invalid_argument,  ///< an argument of the right type whose value the built-in refuses
    wrong_arguments,   ///< too few, too many or wrongly named arguments
    not_a_function,
    no_rule_matched,      ///< a decision table without a hit and without a default
    hit_policy_violated,  ///< several hits under UNIQUE, or different ones under ANY
    constraint_violated,  ///< a value outside its item definition
    not_comparable,       ///< values whose kinds have no order or no equality
    external_failed,      ///< an external function is not registered or reported an error
    no_logic,             ///< a decision without decision logic
};
POLKU_DECL std::string_view text_of(null_reason reason) noexcept;

namespace detail {

/// A heap cell: counted by an atomic, destroyed by kind. Cells are immutable once shared.
struct cell {
    mutable std::atomic<std::uint32_t> references{1};
    virtual ~cell() = default;
};

struct cell_access;
struct context_access;

}  // namespace detail

class context;
struct range;

/// A FEEL value: sixteen bytes, cheap to copy, immutable, shareable between threads. Small numbers (64-bit
/// coefficient), booleans, dates, local times and durations live inside; everything else in a counted cell.
class value {
public:
    value() noexcept = default;  ///< null
    explicit value(null_reason reason) noexcept : extra_(static_cast<std::int32_t>(reason)) {}
    value(bool truth) noexcept : word_{.integer = truth ? 1 : 0}, kind_(feel::kind::boolean) {}
    value(const number& amount)
        : word_{.integer = amount.small_coefficient()}, extra_(amount.scale()), kind_(feel::kind::number) {
        if (POLKU_UNLIKELY(!amount.is_small())) hold_big(amount);
    }
    value(int amount) noexcept : word_{.integer = amount}, kind_(feel::kind::number) {}
    value(std::int64_t amount) noexcept : word_{.integer = amount}, kind_(feel::kind::number) {}
    value(double) = delete;
    POLKU_DECL value(std::string_view text);
    value(const char* text) : value(std::string_view(text)) {}
    value(const std::string& text) : value(std::string_view(text)) {}
    value(time::date day) noexcept : word_{.integer = day.packed()}, kind_(feel::kind::date) {}
    POLKU_DECL value(const time::clock_time& clock);
    POLKU_DECL value(const time::date_time& when);
    value(time::months_duration span) noexcept : word_{.integer = span.months}, kind_(feel::kind::months_duration) {}
    value(time::days_duration span) noexcept
        : word_{.integer = span.seconds}, extra_(span.nanoseconds), kind_(feel::kind::days_duration) {}
    POLKU_DECL value(std::vector<value> items);
    POLKU_DECL value(context entries);
    POLKU_DECL value(range bounds);
    /// Takes over one reference of a function (see function.hpp).
    POLKU_DECL explicit value(const function* callee) noexcept;

    value(const value& other) noexcept
        : word_(other.word_), extra_(other.extra_), kind_(other.kind_), counted_(other.counted_) {
        if (counted_) word_.cell->references.fetch_add(1, std::memory_order_relaxed);
    }
    value(value&& other) noexcept
        : word_(other.word_), extra_(other.extra_), kind_(other.kind_), counted_(other.counted_) {
        other.counted_ = false;
        other.kind_ = feel::kind::null;
        other.extra_ = 0;
    }
    value& operator=(const value& other) noexcept {
        value copy(other);
        swap(copy);
        return *this;
    }
    value& operator=(value&& other) noexcept {
        value taken(std::move(other));
        swap(taken);
        return *this;
    }
    ~value() {
        if (counted_) release();
    }
    void swap(value& other) noexcept {
        std::swap(word_, other.word_);
        std::swap(extra_, other.extra_);
        std::swap(kind_, other.kind_);
        std::swap(counted_, other.counted_);
    }

    feel::kind kind() const noexcept { return kind_; }
    bool is(feel::kind wanted) const noexcept { return kind_ == wanted; }
    bool is_null() const noexcept { return kind_ == feel::kind::null; }
    bool is_true() const noexcept { return kind_ == feel::kind::boolean && word_.integer != 0; }
    bool is_false() const noexcept { return kind_ == feel::kind::boolean && word_.integer == 0; }
    /// The reason of a null.
    null_reason reason() const noexcept { return is_null() ? static_cast<null_reason>(extra_) : null_reason::none; }

    // Each accessor is only for its own kind (asserted).
    bool as_boolean() const noexcept {
        assert(is(feel::kind::boolean));
        return word_.integer != 0;
    }
    number as_number() const noexcept {
        assert(is(feel::kind::number));
        return counted_ ? big_number() : number::from_scaled(word_.integer, extra_);
    }
    POLKU_DECL std::string_view as_string() const noexcept;
    time::date as_date() const noexcept {
        assert(is(feel::kind::date));
        return time::date::from_packed(word_.integer);
    }
    POLKU_DECL time::clock_time as_time() const;
    POLKU_DECL const time::date_time& as_date_time() const noexcept;
    time::months_duration as_months_duration() const noexcept {
        assert(is(feel::kind::months_duration));
        return {word_.integer};
    }
    time::days_duration as_days_duration() const noexcept {
        assert(is(feel::kind::days_duration));
        return {word_.integer, extra_};
    }
    POLKU_DECL std::span<const value> as_list() const noexcept;
    POLKU_DECL const context& as_context() const noexcept;
    POLKU_DECL const range& as_range() const noexcept;
    POLKU_DECL const function& as_function() const noexcept;

    /// Identity of structure, for containers and tests: same kind and equal parts, null equals null, numbers by value,
    /// date-times by parts and zone, contexts regardless of entry order. FEEL's own `=` is `equal` in operations.hpp.
    friend POLKU_DECL bool operator==(const value& left, const value& right) noexcept;

private:
    friend struct detail::cell_access;
    POLKU_DECL void release() noexcept;
    POLKU_DECL number big_number() const noexcept;
    POLKU_DECL void hold_big(const number& amount);
    value(feel::kind of, const detail::cell* adopted) noexcept : kind_(of), counted_(true) { word_.cell = adopted; }

    union word {
        std::int64_t integer;
        const detail::cell* cell;
    };
    word word_{.integer = 0};
    std::int32_t extra_ = 0;  // scale of a small number, nanoseconds of a duration, reason of a null
    feel::kind kind_ = feel::kind::null;
    bool counted_ = false;
};
static_assert(sizeof(value) == 16);

/// A FEEL context: named entries in the order in which they were made. Few entries are the rule, so look-up is linear.
class context {
public:
    struct entry {
        std::string name;
        feel::value value;
    };

    context() = default;
    context(std::initializer_list<entry> entries) : entries_(entries) {}

    std::size_t size() const noexcept { return entries_.size(); }
    bool empty() const noexcept { return entries_.empty(); }
    const entry& operator[](std::size_t index) const noexcept { return entries_[index]; }
    auto begin() const noexcept { return entries_.begin(); }
    auto end() const noexcept { return entries_.end(); }
    /// The entry's value, or null pointer when there is none of that name.
    const value* find(std::string_view name) const noexcept {
        for (const entry& each : entries_)
            if (each.name == name) return &each.value;
        return nullptr;
    }
    /// Adds an entry, or replaces the value of the one with that name (its place is kept).
    POLKU_DECL context& set(std::string_view name, value of);
    /// Adds an entry whose name the caller knows to be new (`set` would look for it first).
    void append(std::string name, value of) { entries_.push_back({std::move(name), std::move(of)}); }
    void reserve(std::size_t entries) { entries_.reserve(entries); }

private:
    friend struct detail::context_access;
    std::vector<entry> entries_;
};

/// A FEEL range: endpoints with their openness, and how it was written. `< 10` has a null, open low end and holds 5,
/// but
/// `(null..10)` is an interval with an unknown end: it is not equal to `< 10`, and membership in it is null. `= 10` has
/// both ends 10 and closed; `!= 10` has both ends 10 and open, and holds what is not 10.
struct range {
    enum class form : std::uint8_t { interval, less, less_or_equal, greater, greater_or_equal, equal, not_equal };

    value low;
    value high;
    bool low_closed = false;
    bool high_closed = false;
    range::form is = form::interval;

    /// The range that a unary comparison with `operand` makes; `how` is not `interval`.
    POLKU_DECL static range comparison(form how, value operand);
};

/// FEEL text of a value as `string()` gives it for the kinds that have one (DMN 1.5 clause 10.3.4.3), and for the rest
/// the literal that would make it; strings inside lists and contexts are quoted.
POLKU_DECL std::string to_string(const value& of);

}  // namespace polku::inline POLKU_V::feel

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/feel/value.ipp>
#include <polku/impl/feel/value_text.ipp>
#endif

#endif
