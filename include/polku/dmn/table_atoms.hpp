// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_DMN_TABLE_ATOMS_HPP
#define POLKU_DMN_TABLE_ATOMS_HPP

#include <polku/dmn/places.hpp>
#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/expression.hpp>
#include <polku/feel/value.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::dmn {

/// The kinds of scalar values that have an axis of their own in a column.
enum class lane : std::uint8_t {
    number,           ///< all decimals
    string,           ///< texts, by code points
    boolean,          ///< false below true
    date,             ///< civil dates
    local_time,       ///< times without a zone
    zoned_time,       ///< times with one
    local_date_time,  ///< dates and times without a zone
    zoned_date_time,  ///< dates and times with one
    months_duration,  ///< by months
    days_duration,    ///< by seconds
};
inline constexpr std::size_t lane_count = 10;  ///< number of enumerators of `lane`

/// The lane of a scalar value; false for null and for kinds without one.
POLKU_DECL bool lane_of(const feel::value& of, lane& out) noexcept;

/// The atoms of one column: null; any kind that no cell names; and for each kind that cells name the points that they
/// name and the open intervals around them (texts that are only compared for equality: the points and any other text).
/// Inside an atom every simple cell answers the same.
///
/// Atoms are found from a `feel::value`, or straight from what a column of data holds: `of_number`, `of_text`,
/// `of_boolean`, `of_date`. All of them answer `none` for an atom without a representative; such values, and those of
/// kinds without an axis (lists, contexts, ranges, functions), are tested by the cells themselves. Immutable once
/// built.
class column_atoms {
public:
    static constexpr std::uint32_t none = 0xFFFFFFFF;
    static constexpr std::uint32_t null_atom = 0;   ///< the atom of null, in every column
    static constexpr std::uint32_t other_atom = 1;  ///< scalars of kinds that no cell names

    /// From the distinct cells of a column. A cell that is no simple test, or names a point that no axis has, is
    /// opaque: its place in `opaque` is set.
    POLKU_DECL void build(std::span<const feel::unary_tests* const> cells, const feel::evaluation_context& with,
                          std::vector<bool>& opaque);

    /// How many atoms there are.
    std::uint32_t count() const noexcept { return first_[lane_count]; }
    /// True when a cell names a value of the lane.
    bool has(lane of) const noexcept { return first_of(of) != first_[static_cast<std::size_t>(of) + 1]; }
    /// First atom of a lane and one past its last; empty for a lane that no cell names.
    std::uint32_t first_of(lane of) const noexcept { return first_[static_cast<std::size_t>(of)]; }
    /// One past the last atom of a lane.
    std::uint32_t end_of(lane of) const noexcept { return first_[static_cast<std::size_t>(of) + 1]; }

    /// The atom of any value; `none` where the cells must be asked.
    POLKU_DECL std::uint32_t locate(const feel::value& of, const feel::evaluation_context& with) const;
    /// The atom of coefficient x 10^-scale; exact at any scale.
    std::uint32_t of_number(std::int64_t coefficient, std::int32_t scale) const {
        if (POLKU_LIKELY(numbers_plain_)) return first_of(lane::number) + numbers_.find(coefficient, scale);
        return of_any_number(feel::number::from_scaled(coefficient, scale));
    }
    std::uint32_t of_number(const feel::number& of) const {
        if (POLKU_LIKELY(numbers_plain_)) return first_of(lane::number) + numbers_.find(of);
        return of_any_number(of);
    }
    std::uint32_t of_text(std::string_view text) const noexcept {
        const std::uint32_t point = texts_.find(text);
        if (POLKU_UNLIKELY(texts_ordered_)) return of_ordered_text(text, point);
        if (POLKU_LIKELY(point != text_places::none)) return first_of(lane::string) + point;
        return has(lane::string) ? end_of(lane::string) - 1 : other_atom;
    }
    std::uint32_t of_boolean(bool truth) const noexcept {
        return has(lane::boolean) ? first_of(lane::boolean) + (truth ? 1U : 0U) : other_atom;
    }
    std::uint32_t of_date(time::date day) const noexcept {
        return has(lane::date) ? sure(first_of(lane::date) + dates_.find(day.packed())) : other_atom;
    }

    /// A value inside the atom; false when none could be made (then nothing above answers the atom).
    POLKU_DECL bool representative(std::uint32_t atom, feel::value& out) const;
    /// The atoms of the points that a cell names, ascending, each once; only for one that is not opaque.
    POLKU_DECL void points_of(const feel::unary_tests& cell, const feel::evaluation_context& with,
                              std::vector<std::uint32_t>& out) const;
    /// Heap bytes held.
    POLKU_DECL std::size_t memory() const noexcept;

private:
    struct gathered;  // points while they are collected

    POLKU_DECL static void gather(const feel::unary_tests& cell, gathered& into, bool& opaque);
    POLKU_DECL static void gather_point(const feel::value& point, bool ordered, gathered& into, bool& opaque);
    POLKU_DECL void keep_points(gathered& from, const feel::evaluation_context& with);
    POLKU_DECL void number_atoms(const gathered& from);
    POLKU_DECL std::uint32_t of_any_number(const feel::number& of) const;
    POLKU_DECL std::uint32_t of_ordered_text(std::string_view text, std::uint32_t point) const noexcept;
    POLKU_DECL std::uint32_t place_among(lane in, const feel::value& of, const feel::evaluation_context& with) const;
    POLKU_DECL std::size_t point_count(lane in) const noexcept;
    POLKU_DECL feel::value point(lane in, std::size_t index) const;
    POLKU_DECL bool other_representative(feel::value& out) const;
    std::uint32_t sure(std::uint32_t atom) const noexcept { return !unsure_.empty() && unsure_[atom] ? none : atom; }

    std::array<std::uint32_t, lane_count + 1> first_{};
    bool numbers_plain_ = false;  // all in numbers_, and there are some
    bool texts_ordered_ = false;
    decimal_places numbers_;
    text_places texts_;
    integer_places dates_;                                     // packed
    std::array<std::vector<feel::value>, lane_count> points_;  // of the other lanes, and of numbers past 64 bits
    std::vector<bool> unsure_;  // atoms without a representative; empty when there are none
};

namespace detail {

/// Order inside one lane. Only for values of the same lane.
POLKU_DECL int lane_order(lane of, const feel::value& left, const feel::value& right,
                          const feel::evaluation_context& with);
/// A value between two points of a lane, or outside one of them; false when there is none or none can be made.
POLKU_DECL bool value_between(lane of, const feel::value* low, const feel::value* high, feel::value& out);

}  // namespace detail

}  // namespace polku::inline POLKU_V::dmn

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/dmn/table_atoms.ipp>
#endif

#endif
