// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_POPULATION_PATH_CHANCE_HPP
#define POLKU_SRC_POPULATION_PATH_CHANCE_HPP

#include <polku/config.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::population::detail {

/// One place of a tree of chances: the numbers of SplitMix64 (as path/random_walk.hpp has them), but each by what it is
/// for rather than by when it is asked for. So the same client meets the same chances whatever happens to others, in
/// whichever order things are reckoned, and on both sides of a comparison.
class chance {
public:
    explicit constexpr chance(std::uint64_t seed) noexcept : state_(mixed(seed)) {}

    constexpr chance at(std::uint64_t key) const noexcept { return chance(state_ + (key + 1) * 0x9E3779B97F4A7C15ULL); }
    constexpr chance at(std::string_view name) const noexcept { return at(hash(name)); }
    /// A number from 0 to `bound - 1`; a bound of 0 counts as 1.
    constexpr std::uint64_t below(std::uint64_t bound) const noexcept { return bound == 0 ? 0 : state_ % bound; }
    constexpr std::uint64_t number() const noexcept { return state_; }

    /// FNV-1a.
    static constexpr std::uint64_t hash(std::string_view name) noexcept {
        std::uint64_t made = 0xCBF29CE484222325ULL;
        for (const char each : name) {
            made ^= static_cast<unsigned char>(each);
            made *= 0x100000001B3ULL;
        }
        return made;
    }

private:
    static constexpr std::uint64_t mixed(std::uint64_t of) noexcept {
        of += 0x9E3779B97F4A7C15ULL;
        of = (of ^ (of >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        of = (of ^ (of >> 27U)) * 0x94D049BB133111EBULL;
        return of ^ (of >> 31U);
    }

    std::uint64_t state_;
};

/// Parts of one: what shares are kept in.
inline constexpr std::int64_t millionths = 1'000'000;

/// A figure in millionths that is not known well.
struct ranged {
    std::int64_t low = 0;
    std::int64_t likely = 0;
    std::int64_t high = 0;

    bool may_be() const noexcept { return high > 0; }
    /// A value of the triangle over the three, for figures up to 10^12: left of the likely one the greater of two even
    /// draws, right of it the lesser.
    std::int64_t draw(chance by) const noexcept {
        constexpr std::uint64_t grain = 1U << 20U;
        if (high == low) return low;
        const bool is_left =
            by.at(0).below(static_cast<std::uint64_t>(high - low)) < static_cast<std::uint64_t>(likely - low);
        const std::uint64_t first = by.at(1).below(grain);
        const std::uint64_t second = by.at(2).below(grain);
        const auto part = static_cast<std::int64_t>(is_left ? std::max(first, second) : std::min(first, second));
        const std::int64_t from = is_left ? low : likely;
        return from + (is_left ? likely - low : high - likely) * part / static_cast<std::int64_t>(grain);
    }
};

/// Things drawn by weight.
class weighted {
public:
    void add(std::int64_t weight) { upto_.push_back(total() + weight); }
    std::int64_t total() const noexcept { return upto_.empty() ? 0 : upto_.back(); }
    /// The place of the thing that a draw of 0 to total - 1 falls on.
    std::size_t at(std::int64_t drawn) const noexcept {
        return static_cast<std::size_t>(std::upper_bound(upto_.begin(), upto_.end(), drawn) - upto_.begin());
    }
    std::size_t draw(chance by) const noexcept {
        return at(static_cast<std::int64_t>(by.below(static_cast<std::uint64_t>(total()))));
    }
    /// The weight of all things before one.
    std::int64_t before(std::size_t place) const noexcept { return place == 0 ? 0 : upto_[place - 1]; }

private:
    std::vector<std::int64_t> upto_;
};

/// How long stays last.
class stay_times {
public:
    /// Days grow from one call to the next.
    void add(std::int32_t days, std::int64_t weight) {
        days_.push_back(days);
        weights_.add(weight);
        running_.add(weight * days);
    }
    std::int32_t longest() const noexcept { return days_.back(); }

    std::int32_t draw(chance by) const noexcept { return days_[weights_.draw(by)]; }
    /// Days that are left of a stay found under way: one is met the likelier the longer it lasts, on any of its days.
    std::int32_t draw_rest(chance by) const noexcept {
        const std::int32_t whole = days_[running_.draw(by.at(0))];
        return static_cast<std::int32_t>(by.at(1).below(static_cast<std::uint64_t>(whole)));
    }
    /// Days that are left of a stay that has lasted so long already; 0 where none lasts longer.
    std::int32_t draw_rest(chance by, std::int32_t so_far) const noexcept {
        const auto first =
            static_cast<std::size_t>(std::lower_bound(days_.begin(), days_.end(), so_far) - days_.begin());
        if (first == days_.size()) return 0;
        const std::int64_t past = weights_.before(first);
        const auto drawn = static_cast<std::int64_t>(by.below(static_cast<std::uint64_t>(weights_.total() - past)));
        return days_[weights_.at(past + drawn)] - so_far;
    }

private:
    std::vector<std::int32_t> days_;
    weighted weights_;
    weighted running_;
};

}  // namespace polku::inline POLKU_V::population::detail

#endif
