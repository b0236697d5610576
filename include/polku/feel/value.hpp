// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_FEEL_VALUE_HPP
#define POLKU_FEEL_VALUE_HPP

#include <polku/feel/number.hpp>
#include <polku/time/date_time.hpp>

#include <atomic>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::feel {

class context;
class evaluation_context;
class function;
class value;
struct range;

/// The kinds of FEEL values (DMN 1.5 clause 10.3.2.2). The numbers stand in the C ABI and are append-only.
enum class kind : std::uint8_t {
    null = 0,             ///< unknown, or without a value; carries a reason
    boolean = 1,          ///< true or false
    number = 2,           ///< exact decimal
    string = 3,           ///< UTF-8 text
    date = 4,             ///< civil date
    time = 5,             ///< time of day
    date_time = 6,        ///< date and time of day
    months_duration = 7,  ///< years and months duration
    days_duration = 8,    ///< days and time duration
    list = 9,             ///< ordered items of any kinds
    context = 10,         ///< named entries
    range = 11,           ///< the values between two ends
    function = 12,        ///< what can be invoked
};

/// `null`, `boolean`, `number`, `date and time`, ...: the name that FEEL gives a kind.
POLKU_DECL std::string_view name_of(kind of) noexcept;

/// Why a value is null. Kept for explanations; it takes no part in equality.
enum class null_reason : std::uint8_t {
    none = 0,             ///< a null that was written or given
    unknown_input,        ///< an input that nobody gave
    type_mismatch,        ///< an operand or argument has a type that the operation does not take
    division_by_zero,     ///< a division or modulo by zero, or zero to a negative power
    out_of_range,         ///< a number past 34 digits or decimal128's exponents, a date past nine digits of year
    no_such_entry,        ///< a path names an entry that the context does not have
    no_such_item,         ///< an index outside the list
    invalid_argument,     ///< an argument of the right type whose value the built-in refuses
    wrong_arguments,      ///< too few, too many or wrongly named arguments
    not_a_function,       ///< what is invoked is no function
    no_rule_matched,      ///< a decision table without a hit and without a default
    hit_policy_violated,  ///< several hits under UNIQUE, or different ones under ANY
    constraint_violated,  ///< a value outside its item definition
    not_comparable,       ///< values whose kinds have no order or no equality
    external_failed,      ///< an external function is not registered or reported an error
    no_logic,             ///< a decision without decision logic
};
/// What the reason means, in a few English words; static text.
POLKU_DECL std::string_view text_of(null_reason reason) noexcept;

namespace detail {

/// A heap cell: counted by an atomic, destroyed by kind. Cells are immutable once shared.
struct cell {
    mutable std::atomic<std::uint32_t> references{1};
    virtual ~cell() = default;
};

struct cell_access;
struct context_cell;
struct list_cell;
struct quick_access;
struct text_cell;

}  // namespace detail

/// A FEEL value: sixteen bytes, cheap to copy, immutable, shareable between threads. Small numbers (64-bit
/// coefficient), booleans, dates, local times, durations and texts of at most twelve bytes live inside; everything else
/// in a counted cell.
class value {
public:
    /// Texts up to here take no memory.
    static constexpr std::size_t short_text = 12;

    value() noexcept = default;  ///< null
    explicit value(null_reason reason) noexcept : value(feel::kind::null, 0, static_cast<std::int32_t>(reason)) {}
    value(bool truth) noexcept : value(feel::kind::boolean, truth ? 1 : 0) {}
    value(const number& amount) : value(feel::kind::number, amount.small_coefficient(), amount.scale()) {
        if (POLKU_UNLIKELY(!amount.is_small())) hold_big(amount);
    }
    value(int amount) noexcept : value(feel::kind::number, amount) {}
    value(std::int64_t amount) noexcept : value(feel::kind::number, amount) {}
    value(double) = delete;
    value(std::string_view text) {
        if (POLKU_LIKELY(text.size() <= short_text)) {
            if (!text.empty()) std::memcpy(state_.bytes, text.data(), text.size());
            state_.is = feel::kind::string;
            state_.length = static_cast<std::uint8_t>(text.size());
        } else {
            hold_long(text);
        }
    }
    value(const char* text) : value(std::string_view(text)) {}
    value(const std::string& text) : value(std::string_view(text)) {}
    value(time::date day) noexcept : value(feel::kind::date, day.packed()) {}
    POLKU_DECL value(const time::clock_time& clock);
    POLKU_DECL value(const time::date_time& when);
    value(time::months_duration span) noexcept : value(feel::kind::months_duration, span.months) {}
    value(time::days_duration span) noexcept : value(feel::kind::days_duration, span.seconds, span.nanoseconds) {}
    POLKU_DECL value(std::vector<value> items);
    POLKU_DECL value(context entries);
    POLKU_DECL value(range bounds);
    /// Takes over one reference of a function (see function.hpp).
    POLKU_DECL explicit value(const function* callee) noexcept;

    value(const value& other) noexcept : state_(other.state_) {
        if (state_.counted) held()->references.fetch_add(1, std::memory_order_relaxed);
    }
    value(value&& other) noexcept : state_(other.state_) { other.state_ = state(); }
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
        if (state_.counted) release();
    }
    /// Never copies.
    void swap(value& other) noexcept { std::swap(state_, other.state_); }

    /// What it holds.
    feel::kind kind() const noexcept { return state_.is; }
    /// True when it holds that kind.
    bool is(feel::kind wanted) const noexcept { return state_.is == wanted; }
    /// Whatever the reason.
    bool is_null() const noexcept { return is(feel::kind::null); }
    /// True for `true` alone: null and other kinds are not.
    bool is_true() const noexcept { return is(feel::kind::boolean) && integer() != 0; }
    /// True for `false` alone: null and other kinds are not.
    bool is_false() const noexcept { return is(feel::kind::boolean) && integer() == 0; }
    /// The reason of a null.
    null_reason reason() const noexcept { return is_null() ? static_cast<null_reason>(extra()) : null_reason::none; }

    // Each accessor is only for its own kind (asserted). Views and references hold while this very object does: a short
    // text lies inside it.
    /// The truth; only for booleans, as all `as_...` are only for their kinds.
    bool as_boolean() const noexcept {
        assert(is(feel::kind::boolean));
        return integer() != 0;
    }
    /// Only for numbers.
    number as_number() const noexcept {
        assert(is(feel::kind::number));
        return POLKU_UNLIKELY(state_.counted) ? big_number() : number::from_scaled(integer(), extra());
    }
    /// Only for strings. Borrowed: a short text stands in the value itself, so it holds while this value lives
    /// unchanged.
    std::string_view as_string() const noexcept {
        assert(is(feel::kind::string));
        if (POLKU_UNLIKELY(state_.counted)) return long_string();
        return {reinterpret_cast<const char*>(state_.bytes), state_.length};
    }
    /// Only for dates.
    time::date as_date() const noexcept {
        assert(is(feel::kind::date));
        return time::date::from_packed(integer());
    }
    /// Only for times.
    POLKU_DECL time::clock_time as_time() const;
    /// Only for dates and times. Borrowed, as long as a copy of the value lives.
    POLKU_DECL const time::date_time& as_date_time() const noexcept;
    /// Only for durations of years and months.
    time::months_duration as_months_duration() const noexcept {
        assert(is(feel::kind::months_duration));
        return {integer()};
    }
    /// Only for durations of days and time.
    time::days_duration as_days_duration() const noexcept {
        assert(is(feel::kind::days_duration));
        return {integer(), extra()};
    }
    /// Only for lists. Borrowed, as long as a copy of the value lives.
    inline std::span<const value> as_list() const noexcept;
    /// Only for contexts. Borrowed, as long as a copy of the value lives.
    inline const context& as_context() const noexcept;
    /// For makers of many values, who use the memory of one again: the items, where nobody else holds them, and null
    /// pointer otherwise; the context likewise, taken out of this value, or an empty one.
    inline std::vector<value>* own_list() noexcept;
    /// Only for makers of values, as `own_list`.
    inline context take_own_context() noexcept;
    /// Only for ranges. Borrowed, as long as a copy of the value lives.
    POLKU_DECL const range& as_range() const noexcept;
    /// Only for functions. Borrowed, as long as a copy of the value lives.
    POLKU_DECL const function& as_function() const noexcept;

    /// Identity of structure, for containers and tests: same kind and equal parts, null equals null, numbers by value,
    /// date-times by parts and zone, contexts regardless of entry order. FEEL's own `=` is `equal` in operations.hpp.
    friend POLKU_DECL bool operator==(const value& left, const value& right) noexcept;

private:
    friend struct detail::cell_access;
    friend struct detail::quick_access;
    /// What a value is made of: a number's coefficient or a cell's address in the first eight bytes, then a scale,
    /// nanoseconds or the reason of a null; or a short text. Unused bytes are zero.
    struct state {
        alignas(8) unsigned char bytes[short_text] = {};
        feel::kind is = feel::kind::null;
        bool counted = false;
        std::uint8_t length = 0;  ///< of a short text
        std::uint8_t unused = 0;
    };

    value(feel::kind of, std::int64_t word, std::int32_t extra = 0) noexcept {
        std::memcpy(state_.bytes, &word, sizeof word);
        std::memcpy(state_.bytes + sizeof word, &extra, sizeof extra);
        state_.is = of;
    }
    value(feel::kind of, const detail::cell* adopted) noexcept { hold(of, adopted); }
    void hold(feel::kind of, const detail::cell* adopted) noexcept {
        state_ = state();
        std::memcpy(state_.bytes, &adopted, sizeof adopted);
        state_.is = of;
        state_.counted = true;
    }
    std::int64_t integer() const noexcept {
        std::int64_t word;
        std::memcpy(&word, state_.bytes, sizeof word);
        return word;
    }
    std::int32_t extra() const noexcept {
        std::int32_t word;
        std::memcpy(&word, state_.bytes + sizeof(std::int64_t), sizeof word);
        return word;
    }
    const detail::cell* held() const noexcept {
        const detail::cell* address;
        std::memcpy(&address, state_.bytes, sizeof address);
        return address;
    }
    POLKU_DECL void release() noexcept;
    POLKU_DECL number big_number() const noexcept;
    POLKU_DECL std::string_view long_string() const noexcept;
    POLKU_DECL void hold_big(const number& amount);
    POLKU_DECL void hold_long(std::string_view text);

    state state_;
};
static_assert(sizeof(value) == 16);

/// A FEEL range: endpoints with their openness, and how it was written. `< 10` has a null, open low end and holds 5,
/// but
/// `(null..10)` is an interval with an unknown end: it is not equal to `< 10`, and membership in it is null. `= 10` has
/// both ends 10 and closed; `!= 10` has both ends 10 and open, and holds what is not 10.
struct range {
    /// How it was written: as an `interval`, or as the comparison `less`, `less_or_equal`, `greater`,
    /// `greater_or_equal`, `equal` or `not_equal`.
    enum class form : std::uint8_t { interval, less, less_or_equal, greater, greater_or_equal, equal, not_equal };

    value low;                        ///< null: open to that side, or unknown
    value high;                       ///< null: open to that side, or unknown
    bool low_closed = false;          ///< the low end belongs to it
    bool high_closed = false;         ///< the high end belongs to it
    range::form is = form::interval;  ///< how it was written

    /// The range that a unary comparison with `operand` makes; `how` is not `interval`.
    POLKU_DECL static range comparison(form how, value operand);
};

/// FEEL text of a value as `string()` gives it for the kinds that have one (DMN 1.5 clause 10.3.4.3), and for the rest
/// the literal that would make it; strings inside lists and contexts are quoted. A text of more than `most` bytes is
/// cut and ends with `...`: values share their parts, so a small one can have a text past all bounds.
POLKU_DECL std::string to_string(const value& of, std::size_t most = std::size_t{64} << 20U);

}  // namespace polku::inline POLKU_V::feel

#include <polku/feel/context.hpp>  // after the class that it builds on

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/feel/value.ipp>
#include <polku/impl/feel/value_text.ipp>
#endif

#endif
