// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_TABLE_ATOMS_IPP
#define POLKU_IMPL_DMN_TABLE_ATOMS_IPP

#include <polku/dmn/table_atoms.hpp>
#include <polku/feel/operations.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace polku::inline POLKU_V::dmn {

namespace detail {

/// A point below, between or above; empty when there is none or none can be made.
POLKU_DECL std::optional<feel::number> number_between(const feel::value* low, const feel::value* high) {
    using feel::number;
    if (!low && !high) return number(0);
    if (low && high) {
        const auto sum = feel::add(low->as_number(), high->as_number());
        return sum ? feel::divide(*sum, number(2)) : std::nullopt;
    }
    const number edge = low ? low->as_number() : high->as_number();
    const number one(low ? 1 : -1);
    const auto near = feel::add(edge, one);
    if (near && *near != edge) return near;
    // One is lost beside 34 digits: step by the magnitude instead.
    return low ? feel::add(edge, edge.absolute()) : feel::subtract(edge, edge.absolute());
}

POLKU_DECL std::optional<std::string> string_between(const feel::value* low, const feel::value* high) {
    if (low) return std::string(low->as_string()) + '\x01';
    if (high && high->as_string().empty()) return std::nullopt;
    return std::string();
}

POLKU_DECL std::int64_t middle(std::int64_t low, std::int64_t high) noexcept { return low + (high - low) / 2; }

/// A whole number between two others, which may be open to either side.
POLKU_DECL std::int64_t integer_between(const std::int64_t* low, const std::int64_t* high) noexcept {
    if (low && high) return middle(*low, *high);
    if (low) return *low + 1;
    if (high) return *high - 1;
    return 0;
}

POLKU_DECL std::optional<feel::value> date_between(const feel::value* low, const feel::value* high) {
    const std::int64_t from = low ? low->as_date().to_days() : 0;
    const std::int64_t to = high ? high->as_date().to_days() : 0;
    const auto made = time::date::from_days(integer_between(low ? &from : nullptr, high ? &to : nullptr));
    return made ? std::optional<feel::value>(*made) : std::nullopt;
}

POLKU_DECL std::optional<feel::value> time_between(const feel::value* low, const feel::value* high) {
    const std::int64_t from = low ? low->as_time().nanoseconds : 0;
    const std::int64_t to = high ? high->as_time().nanoseconds : 0;
    time::clock_time made;
    made.nanoseconds = integer_between(low ? &from : nullptr, high ? &to : nullptr);
    if (made.nanoseconds < 0 || made.nanoseconds >= time::nanoseconds_per_day) return std::nullopt;
    return feel::value(made);
}

POLKU_DECL std::optional<feel::value> date_time_between(const feel::value* low, const feel::value* high, bool zoned) {
    const time::zone_source& zones = time::builtin_zones();
    const auto seconds = [&](const feel::value* of) {
        return of ? time::moment_of(of->as_date_time(), zones).seconds : 0;
    };
    const std::int64_t from = seconds(low);
    const std::int64_t to = seconds(high);
    time::moment made{integer_between(low ? &from : nullptr, high ? &to : nullptr), 500'000'000};
    return feel::value(time::at_zone(made, zoned ? time::zone::utc() : time::zone{}, zones));
}

POLKU_DECL std::optional<feel::value> duration_between(const feel::value* low, const feel::value* high, bool months) {
    const auto count = [&](const feel::value* of) {
        if (!of) return std::int64_t{0};
        return months ? of->as_months_duration().months : of->as_days_duration().seconds;
    };
    const std::int64_t from = count(low);
    const std::int64_t to = count(high);
    const std::int64_t made = integer_between(low ? &from : nullptr, high ? &to : nullptr);
    if (months) return feel::value(time::months_duration{made});
    // Half a second off, so that the middle of two neighbouring seconds lies between them.
    return feel::value(time::days_duration{made, made < 0 ? -500'000'000 : 500'000'000});
}

POLKU_DECL bool value_between(lane of, const feel::value* low, const feel::value* high, feel::value& out) {
    const auto keep = [&](auto made) {
        if (!made) return false;
        out = feel::value(*std::move(made));
        return true;
    };
    switch (of) {
        case lane::number: return keep(number_between(low, high));
        case lane::string: return keep(string_between(low, high));
        case lane::boolean: return false;
        case lane::date: return keep(date_between(low, high));
        case lane::local_time: return keep(time_between(low, high));
        case lane::zoned_time: {
            time::clock_time made;
            made.zone = time::zone::utc();
            out = feel::value(made);
            return true;
        }
        case lane::local_date_time: return keep(date_time_between(low, high, false));
        case lane::zoned_date_time: return keep(date_time_between(low, high, true));
        case lane::months_duration: return keep(duration_between(low, high, true));
        case lane::days_duration: return keep(duration_between(low, high, false));
    }
    return false;
}

POLKU_DECL int lane_order(lane of, const feel::value& left, const feel::value& right,
                          const feel::evaluation_context& with) {
    switch (of) {
        case lane::number: {
            const auto order = left.as_number() <=> right.as_number();
            return order < 0 ? -1 : order > 0 ? 1 : 0;
        }
        case lane::string: {
            const int order = left.as_string().compare(right.as_string());
            return order < 0 ? -1 : order > 0 ? 1 : 0;
        }
        case lane::boolean: return static_cast<int>(left.as_boolean()) - static_cast<int>(right.as_boolean());
        case lane::date: {
            const auto order = left.as_date() <=> right.as_date();
            return order < 0 ? -1 : order > 0 ? 1 : 0;
        }
        default: {
            bool comparable = false;
            return feel::compare(left, right, with, comparable);
        }
    }
}

/// The middle of each lane: what stands for a kind that no cell names.
POLKU_DECL feel::value value_of_lane(lane of) {
    feel::value made;
    if (of == lane::boolean) return feel::value(false);
    value_between(of, nullptr, nullptr, made);
    return made;
}

}  // namespace detail

POLKU_DECL bool lane_of(const feel::value& of, lane& out) noexcept {
    switch (of.kind()) {
        case feel::kind::number: out = lane::number; return true;
        case feel::kind::string: out = lane::string; return true;
        case feel::kind::boolean: out = lane::boolean; return true;
        case feel::kind::date: out = lane::date; return true;
        case feel::kind::time:
            out = of.as_time().zone.is == time::zone::kind::none ? lane::local_time : lane::zoned_time;
            return true;
        case feel::kind::date_time:
            out = of.as_date_time().clock.zone.is == time::zone::kind::none ? lane::local_date_time
                                                                            : lane::zoned_date_time;
            return true;
        case feel::kind::months_duration: out = lane::months_duration; return true;
        case feel::kind::days_duration: out = lane::days_duration; return true;
        default: return false;
    }
}

struct column_atoms::gathered {
    std::array<std::vector<feel::value>, lane_count> points;
    bool ordered_texts = false;
};

POLKU_DECL void column_atoms::gather_point(const feel::value& point, bool ordered, gathered& into, bool& opaque) {
    if (point.is_null()) return;
    lane of{};
    // A time with a named zone has an offset that depends on the day of evaluation, so such cells stay opaque.
    if (!lane_of(point, of) || of == lane::zoned_time) {
        opaque = true;
        return;
    }
    into.ordered_texts = into.ordered_texts || (ordered && of == lane::string);
    into.points[static_cast<std::size_t>(of)].push_back(point);
}

POLKU_DECL void column_atoms::gather(const feel::unary_tests& cell, gathered& into, bool& opaque) {
    using op = feel::simple_test::op;
    const auto tests = cell.simple_tests();
    opaque = !tests;
    for (std::size_t each = 0; tests && each < tests->size(); ++each) {
        const feel::simple_test& test = (*tests)[each];
        if (test.is == op::any) continue;
        if (test.operand.is(feel::kind::range)) {
            gather_point(test.operand.as_range().low, true, into, opaque);
            gather_point(test.operand.as_range().high, true, into, opaque);
        } else {
            gather_point(test.operand, test.is != op::equal && test.is != op::not_equal, into, opaque);
        }
    }
}

POLKU_DECL void column_atoms::keep_points(gathered& from, const feel::evaluation_context& with) {
    for (std::size_t each = 0; each < lane_count; ++each) {
        auto& points = from.points[each];
        const lane of = static_cast<lane>(each);
        if (of == lane::boolean) continue;
        if (of == lane::number && !points.empty()) {
            std::vector<feel::number> numbers;
            numbers.reserve(points.size());
            for (const feel::value& point : points) numbers.push_back(point.as_number());
            numbers_plain_ = numbers_.build(numbers);
            if (numbers_plain_) continue;
        }
        std::sort(points.begin(), points.end(), [&](const feel::value& left, const feel::value& right) {
            return detail::lane_order(of, left, right, with) < 0;
        });
        points.erase(std::unique(points.begin(), points.end(),
                                 [&](const feel::value& left, const feel::value& right) {
                                     return detail::lane_order(of, left, right, with) == 0;
                                 }),
                     points.end());
        if (of == lane::string) {
            std::vector<std::string_view> texts;
            for (const feel::value& point : points) texts.push_back(point.as_string());
            texts_.build(texts);
        } else if (of == lane::date) {
            std::vector<std::int64_t> days;
            for (const feel::value& point : points) days.push_back(point.as_date().packed());
            dates_.build(std::move(days));
        } else {
            points_[each].assign(points.begin(), points.end());
        }
    }
}

POLKU_DECL std::size_t column_atoms::point_count(lane in) const noexcept {
    if (in == lane::number && numbers_plain_) return numbers_.coefficients().points().size();
    if (in == lane::string) return texts_.size();
    if (in == lane::date) return dates_.points().size();
    return points_[static_cast<std::size_t>(in)].size();
}

POLKU_DECL feel::value column_atoms::point(lane in, std::size_t index) const {
    if (in == lane::number && numbers_plain_) return feel::value(numbers_.point(index));
    if (in == lane::string) return feel::value(texts_[index]);
    if (in == lane::date) return feel::value(time::date::from_packed(dates_.points()[index]));
    return points_[static_cast<std::size_t>(in)][index];
}

POLKU_DECL void column_atoms::number_atoms(const gathered& from) {
    const auto named = [&](lane of) { return !from.points[static_cast<std::size_t>(of)].empty(); };
    // Times with and without a zone are one kind: a cell that names one of them answers false for the other, not null.
    const bool times = named(lane::local_time) || named(lane::zoned_time);
    const bool date_times = named(lane::local_date_time) || named(lane::zoned_date_time);
    std::uint32_t next = other_atom + 1;
    for (std::size_t each = 0; each < lane_count; ++each) {
        const lane of = static_cast<lane>(each);
        first_[each] = next;
        const bool is_time = of == lane::local_time || of == lane::zoned_time;
        const bool is_date_time = of == lane::local_date_time || of == lane::zoned_date_time;
        if (is_time ? !times : is_date_time ? !date_times : !named(of)) continue;
        const auto points = static_cast<std::uint32_t>(point_count(of));
        next += of == lane::boolean ? 2 : of == lane::string && !texts_ordered_ ? points + 1 : 2 * points + 1;
    }
    first_[lane_count] = next;
    unsure_.assign(next, false);
    bool any = false;
    feel::value ignored;
    const auto look = [&](std::uint32_t from_atom, std::uint32_t end) {
        for (std::uint32_t atom = from_atom; atom < end; ++atom) {
            unsure_[atom] = !representative(atom, ignored);
            any = any || unsure_[atom];
        }
    };
    look(other_atom, other_atom + 1);
    for (std::size_t each = 0; each < lane_count; ++each) {
        const lane of = static_cast<lane>(each);
        const bool always =
            of == lane::boolean || (of == lane::number && numbers_plain_) || (of == lane::string && !texts_ordered_);
        if (!always) look(first_[each], first_[each + 1]);
    }
    if (!any) unsure_ = {};
}

POLKU_DECL void column_atoms::build(std::span<const feel::unary_tests* const> cells,
                                    const feel::evaluation_context& with, std::vector<bool>& opaque) {
    opaque.assign(cells.size(), false);
    gathered all;
    for (std::size_t each = 0; each < cells.size(); ++each) {
        bool is_opaque = false;
        gather(*cells[each], all, is_opaque);
        opaque[each] = is_opaque;
    }
    texts_ordered_ = all.ordered_texts;
    keep_points(all, with);
    number_atoms(all);
}

POLKU_DECL bool column_atoms::other_representative(feel::value& out) const {
    for (std::size_t each = 0; each < lane_count; ++each) {
        if (has(static_cast<lane>(each))) continue;
        out = detail::value_of_lane(static_cast<lane>(each));
        return true;
    }
    return false;
}

POLKU_DECL bool column_atoms::representative(std::uint32_t atom, feel::value& out) const {
    out = feel::value();
    if (atom == null_atom) return true;
    if (atom == other_atom) return other_representative(out);
    std::size_t at = 0;
    while (first_[at + 1] <= atom) ++at;
    const lane of = static_cast<lane>(at);
    const std::uint32_t place = atom - first_[at];
    if (of == lane::boolean) {
        out = feel::value(place == 1);
        return true;
    }
    const bool pairs = of != lane::string || texts_ordered_;
    const std::size_t points = point_count(of);
    if (pairs ? place % 2 == 1 : place < points) {
        out = point(of, pairs ? place / 2 : place);
        return true;
    }
    const std::size_t above = pairs ? place / 2 : points;
    feel::value low;
    feel::value high;
    if (above > 0) low = point(of, above - 1);
    if (above < points) high = point(of, above);
    if (!detail::value_between(of, above > 0 ? &low : nullptr, above < points ? &high : nullptr, out)) return false;
    // Nothing lies between neighbours (two days in a row), and rounding may land on an end.
    const feel::evaluation_context plain;
    return (above == 0 || detail::lane_order(of, low, out, plain) < 0) &&
           (above == points || detail::lane_order(of, out, high, plain) < 0);
}

POLKU_DECL std::uint32_t column_atoms::place_among(lane in, const feel::value& of,
                                                   const feel::evaluation_context& with) const {
    const auto& points = points_[static_cast<std::size_t>(in)];
    std::size_t low = 0;
    std::size_t high = points.size();
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        const int order = detail::lane_order(in, points[middle], of, with);
        if (order == 0) return static_cast<std::uint32_t>(2 * middle + 1);
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return static_cast<std::uint32_t>(2 * low);
}

POLKU_DECL std::uint32_t column_atoms::of_any_number(const feel::number& of) const {
    if (!has(lane::number)) return other_atom;
    const feel::evaluation_context plain;
    return sure(first_of(lane::number) + place_among(lane::number, feel::value(of), plain));
}

POLKU_DECL std::uint32_t column_atoms::of_ordered_text(std::string_view text, std::uint32_t point) const noexcept {
    const std::uint32_t place = point == text_places::none ? 2 * texts_.count_below(text) : 2 * point + 1;
    return sure(first_of(lane::string) + place);
}

POLKU_DECL std::uint32_t column_atoms::locate(const feel::value& of, const feel::evaluation_context& with) const {
    switch (of.kind()) {
        case feel::kind::null: return null_atom;
        case feel::kind::number: return of_number(of.as_number());
        case feel::kind::string: return of_text(of.as_string());
        case feel::kind::boolean: return of_boolean(of.as_boolean());
        case feel::kind::date: return of_date(of.as_date());
        default: break;
    }
    lane in{};
    if (!lane_of(of, in)) return none;
    return has(in) ? sure(first_of(in) + place_among(in, of, with)) : other_atom;
}

POLKU_DECL void column_atoms::points_of(const feel::unary_tests& cell, const feel::evaluation_context& with,
                                        std::vector<std::uint32_t>& out) const {
    out.clear();
    const auto add = [&](const feel::value& point) {
        if (point.is_null()) return;
        if (const std::uint32_t at = locate(point, with); at != none) out.push_back(at);
    };
    const auto tests = cell.simple_tests();
    for (std::size_t each = 0; tests && each < tests->size(); ++each) {
        const feel::simple_test& test = (*tests)[each];
        if (test.is == feel::simple_test::op::any) continue;
        if (test.operand.is(feel::kind::range)) {
            add(test.operand.as_range().low);
            add(test.operand.as_range().high);
        } else {
            add(test.operand);
        }
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
}

POLKU_DECL std::size_t column_atoms::memory() const noexcept {
    std::size_t bytes = numbers_.coefficients().memory() + texts_.memory() + dates_.memory() + unsure_.capacity() / 8;
    for (const auto& each : points_) bytes += each.capacity() * sizeof(feel::value);
    return bytes;
}

}  // namespace polku::inline POLKU_V::dmn

#endif
