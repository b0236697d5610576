// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_TIME_INTERVAL_HPP
#define POLKU_TIME_INTERVAL_HPP

#include <polku/config.hpp>
#include <polku/time/date.hpp>

#include <cstdint>
#include <optional>

namespace polku::inline POLKU_V::time {

/// The days from `from` up to, but without, `to`; without `to` it goes on for ever. It always holds at least one day.
/// Intervals that follow each other (`a.to() == b.from()`) neither overlap nor leave a gap.
class date_interval {
public:
    /// Open at its end.
    constexpr explicit date_interval(date from) noexcept : from_(from) {}
    /// Empty when there would be no day in it (`to` is not after `from`).
    static constexpr std::optional<date_interval> between(date from, std::optional<date> to) noexcept {
        if (to && *to <= from) return std::nullopt;
        date_interval made(from);
        made.to_ = to;
        return made;
    }
    /// As laws and forms write it, with the last day inside. Empty when `last` is before `first`, or the last day there
    /// is.
    static constexpr std::optional<date_interval> inclusive(date first, date last) noexcept {
        const std::optional<date> to = last.plus_days(1);
        return to ? between(first, to) : std::nullopt;
    }

    constexpr date from() const noexcept { return from_; }
    /// The first day after it; none when it is open.
    constexpr std::optional<date> to() const noexcept { return to_; }
    /// True when it goes on for ever.
    constexpr bool is_open() const noexcept { return !to_; }

    /// True when the day, or every day of the other interval, is in it.
    constexpr bool contains(date day) const noexcept { return day >= from_ && (!to_ || day < *to_); }
    constexpr bool contains(const date_interval& other) const noexcept {
        return other.from_ >= from_ && (!to_ || (other.to_ && *other.to_ <= *to_));
    }
    /// True when there is a day that both have.
    constexpr bool overlaps(const date_interval& other) const noexcept {
        return (!to_ || other.from_ < *to_) && (!other.to_ || from_ < *other.to_);
    }
    /// True when the other begins on the day after this one's last.
    constexpr bool meets(const date_interval& other) const noexcept { return to_ && *to_ == other.from_; }
    /// The days that both have; empty when there are none.
    constexpr std::optional<date_interval> intersection(const date_interval& other) const noexcept {
        std::optional<date> end = to_ ? to_ : other.to_;
        if (to_ && other.to_) end = *to_ < *other.to_ ? to_ : other.to_;
        return between(from_ < other.from_ ? other.from_ : from_, end);
    }
    /// Number of days; empty when it is open.
    constexpr std::optional<std::int64_t> length() const noexcept {
        if (!to_) return std::nullopt;
        return to_->to_days() - from_.to_days();
    }

    constexpr bool operator==(const date_interval&) const noexcept = default;

private:
    date from_;
    std::optional<date> to_;
};

}  // namespace polku::inline POLKU_V::time

#endif
