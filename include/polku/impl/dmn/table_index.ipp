// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_TABLE_INDEX_IPP
#define POLKU_IMPL_DMN_TABLE_INDEX_IPP

#include <polku/dmn/table_index.hpp>
#include <polku/feel/operations.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>

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

POLKU_DECL std::optional<feel::value> value_between(lane of, const feel::value* low, const feel::value* high) {
    switch (of) {
        case lane::number: {
            const auto made = number_between(low, high);
            return made ? std::optional<feel::value>(*made) : std::nullopt;
        }
        case lane::string: {
            const auto made = string_between(low, high);
            return made ? std::optional<feel::value>(*made) : std::nullopt;
        }
        case lane::boolean: return std::nullopt;
        case lane::date: return date_between(low, high);
        case lane::local_time: return time_between(low, high);
        case lane::zoned_time: {
            time::clock_time made;
            made.zone = time::zone::utc();
            return feel::value(made);
        }
        case lane::local_date_time: return date_time_between(low, high, false);
        case lane::zoned_date_time: return date_time_between(low, high, true);
        case lane::months_duration: return duration_between(low, high, true);
        case lane::days_duration: return duration_between(low, high, false);
    }
    return std::nullopt;
}

/// Order inside one lane. Only for values of the same lane.
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

POLKU_DECL void column_index::add_point(const feel::value& point, bool& opaque) {
    if (point.is_null()) return;
    lane of{};
    // A time with a named zone has an offset that depends on the day of evaluation, so such cells stay opaque.
    if (!lane_of(point, of) || of == lane::zoned_time) {
        opaque = true;
        return;
    }
    axes_[static_cast<std::size_t>(of)].points.push_back(point);
}

POLKU_DECL void column_index::collect_points(std::span<const feel::unary_tests* const> cells,
                                             const feel::evaluation_context& with) {
    for (std::size_t rule = 0; rule < cells.size(); ++rule) {
        bool opaque = false;
        const auto tests = cells[rule]->simple_tests();
        if (!tests) opaque = true;
        for (std::size_t each = 0; tests && each < tests->size(); ++each) {
            const feel::simple_test& test = (*tests)[each];
            if (test.is == feel::simple_test::op::any) continue;
            if (test.operand.is(feel::kind::range)) {
                add_point(test.operand.as_range().low, opaque);
                add_point(test.operand.as_range().high, opaque);
            } else {
                add_point(test.operand, opaque);
            }
        }
        if (!opaque) continue;
        opaque_[rule / 64] |= std::uint64_t{1} << (rule % 64);
        has_opaque_ = true;
    }
    axes_[static_cast<std::size_t>(lane::boolean)].points = {feel::value(false), feel::value(true)};
    for (std::size_t each = 0; each < lane_count; ++each) {
        auto& points = axes_[each].points;
        const lane of = static_cast<lane>(each);
        std::sort(points.begin(), points.end(), [&](const feel::value& left, const feel::value& right) {
            return detail::lane_order(of, left, right, with) < 0;
        });
        points.erase(std::unique(points.begin(), points.end(),
                                 [&](const feel::value& left, const feel::value& right) {
                                     return detail::lane_order(of, left, right, with) == 0;
                                 }),
                     points.end());
    }
}

POLKU_DECL void column_index::number_atoms() {
    atoms_ = 1;  // null
    for (axis& each : axes_) {
        each.first_atom = atoms_;
        atoms_ += static_cast<std::uint32_t>(2 * each.points.size() + 1);
    }
    unsure_.assign(atoms_, false);
    feel::value ignored;
    for (std::uint32_t atom = 1; atom < atoms_; ++atom) unsure_[atom] = !representative(atom, ignored);
}

POLKU_DECL bool column_index::representative(std::uint32_t atom, feel::value& out) const {
    out = feel::value();
    if (atom == null_atom) return true;
    std::size_t at = lane_count - 1;
    while (axes_[at].first_atom > atom) --at;
    const axis& in = axes_[at];
    const lane of = static_cast<lane>(at);
    const std::uint32_t offset = atom - in.first_atom;
    if (offset % 2 == 1) {
        out = in.points[offset / 2];
        return true;
    }
    const feel::value* low = offset == 0 ? nullptr : &in.points[offset / 2 - 1];
    const feel::value* high = offset / 2 == in.points.size() ? nullptr : &in.points[offset / 2];
    auto made = detail::value_between(of, low, high);
    if (!made) return false;
    // Nothing lies between neighbours (two days in a row), and rounding may land on an end.
    const feel::evaluation_context plain;
    if (low && detail::lane_order(of, *low, *made, plain) >= 0) return false;
    if (high && detail::lane_order(of, *made, *high, plain) >= 0) return false;
    out = std::move(*made);
    return true;
}

POLKU_DECL std::uint32_t column_index::locate(const feel::value& of, const feel::evaluation_context& with) const {
    if (of.is_null()) return null_atom;
    lane in{};
    if (!lane_of(of, in)) return no_atom;
    const axis& at = axes_[static_cast<std::size_t>(in)];
    std::size_t low = 0;
    std::size_t high = at.points.size();
    std::uint32_t atom = no_atom;
    while (low < high && atom == no_atom) {
        const std::size_t mid = (low + high) / 2;
        const int order = detail::lane_order(in, at.points[mid], of, with);
        if (order == 0)
            atom = at.first_atom + static_cast<std::uint32_t>(2 * mid + 1);
        else if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    if (atom == no_atom) atom = at.first_atom + static_cast<std::uint32_t>(2 * low);
    return unsure_[atom] ? no_atom : atom;
}

/// The runs of atoms that a cell accepts, each atom decided by the cell itself on the atom's representative.
POLKU_DECL std::vector<column_index::atom_range> column_index::accepted_ranges(const feel::unary_tests& cell,
                                                                               feel::evaluation_context& with) {
    std::vector<atom_range> out;
    const auto accept = [&](std::uint32_t first, std::uint32_t last) {
        feel::value inside;
        if (!representative(first, inside) || !cell.accepts(with, {}, inside).is_true()) return;
        if (!out.empty() && out.back().second + 1 == first)
            out.back().second = last;
        else
            out.emplace_back(first, last);
    };
    if (dense_) {
        for (std::uint32_t atom = 0; atom < atoms_; ++atom) accept(atom, atom);
        return out;
    }
    // With very many atoms the cell is run once for each of its own atoms: those between its own boundaries.
    std::vector<bool> own(atoms_, false);
    const auto mark = [&](const feel::value& point) {
        const std::uint32_t at = locate(point, with);
        if (at != no_atom) own[at] = true;
    };
    const auto tests = cell.simple_tests();
    for (const feel::simple_test& test : *tests) {
        if (test.operand.is(feel::kind::range)) {
            mark(test.operand.as_range().low);
            mark(test.operand.as_range().high);
        } else {
            mark(test.operand);
        }
    }
    accept(null_atom, null_atom);
    for (const axis& each : axes_) {
        const auto end = each.first_atom + static_cast<std::uint32_t>(2 * each.points.size() + 1);
        const bool is_boolean = &each == &axes_[static_cast<std::size_t>(lane::boolean)];
        for (std::uint32_t first = each.first_atom; first < end;) {
            std::uint32_t last = first;
            if (!own[first] && !is_boolean)
                while (last + 1 < end && !own[last + 1]) ++last;
            // An unsure atom may open the run; the next one that has a representative speaks for the run.
            std::uint32_t speaker = first;
            while (speaker < last && unsure_[speaker]) ++speaker;
            accept(speaker, last);
            first = last + 1;
        }
    }
    return out;
}

POLKU_DECL void column_index::set_range(atom_range range, std::span<const std::uint32_t> rules) {
    for (std::uint32_t atom = range.first; atom <= range.second; ++atom)
        for (const std::uint32_t rule : rules) masks_[atom * words_ + rule / 64] |= std::uint64_t{1} << (rule % 64);
}

/// Puts the rules on the few nodes of the segment tree that together cover the range (bottom-up form: leaves at
/// `atoms_ + atom`).
POLKU_DECL void column_index::insert_range(atom_range range, std::span<const std::uint32_t> rules) {
    for (const std::uint32_t rule : rules) ranges_[rule].push_back(range);
    std::size_t low = range.first + atoms_;
    std::size_t high = range.second + atoms_ + 1;
    const auto put = [&](std::size_t node) { tree_[node].insert(tree_[node].end(), rules.begin(), rules.end()); };
    for (; low < high; low /= 2, high /= 2) {
        if (low % 2 == 1) put(low++);
        if (high % 2 == 1) put(--high);
    }
}

POLKU_DECL void column_index::fill_cell(const feel::unary_tests& cell, std::span<const std::uint32_t> rules,
                                        feel::evaluation_context& with) {
    std::vector<atom_range> ranges;
    if (is_opaque(rules.front()) || cell.is_any())
        ranges.emplace_back(0, atoms_ - 1);
    else
        ranges = accepted_ranges(cell, with);
    for (const atom_range& each : ranges) {
        if (dense_)
            set_range(each, rules);
        else
            insert_range(each, rules);
    }
}

POLKU_DECL void column_index::build(std::span<const feel::unary_tests* const> cells, feel::evaluation_context& with) {
    words_ = (cells.size() + 63) / 64;
    opaque_.assign(words_, 0);
    collect_points(cells, with);
    number_atoms();
    dense_ = atoms_ <= max_dense_atoms;
    if (dense_) {
        masks_.assign(atoms_ * words_, 0);
    } else {
        tree_.resize(2 * static_cast<std::size_t>(atoms_));
        ranges_.resize(cells.size());
    }
    // Cells repeat down a column; each distinct text is run once.
    std::map<std::string_view, std::vector<std::uint32_t>> by_text;
    for (std::size_t rule = 0; rule < cells.size(); ++rule)
        by_text[cells[rule]->text()].push_back(static_cast<std::uint32_t>(rule));
    for (const auto& [text, rules] : by_text) fill_cell(*cells[rules.front()], rules, with);
    for (auto& each : tree_) std::sort(each.begin(), each.end());
}

template <class Visit>
void column_index::visit_path(std::uint32_t atom, Visit visit) const {
    for (std::size_t node = static_cast<std::size_t>(atom) + atoms_; node >= 1; node /= 2) visit(tree_[node]);
}

POLKU_DECL std::size_t column_index::candidate_count(std::uint32_t atom) const {
    std::size_t count = 0;
    visit_path(atom, [&](const std::vector<std::uint32_t>& rules) { count += rules.size(); });
    return count;
}

POLKU_DECL void column_index::candidates(std::uint32_t atom, std::vector<std::uint32_t>& out) const {
    out.clear();
    visit_path(atom,
               [&](const std::vector<std::uint32_t>& rules) { out.insert(out.end(), rules.begin(), rules.end()); });
}

POLKU_DECL bool column_index::accepts(std::uint32_t atom, std::uint32_t rule) const {
    if (dense_) return ((mask(atom)[rule / 64] >> (rule % 64)) & 1U) != 0;
    const auto& ranges = ranges_[rule];
    const auto after = std::upper_bound(ranges.begin(), ranges.end(), atom,
                                        [](std::uint32_t at, const atom_range& range) { return at < range.first; });
    return after != ranges.begin() && std::prev(after)->second >= atom;
}

POLKU_DECL std::size_t column_index::memory() const noexcept {
    std::size_t bytes = masks_.size() * sizeof(std::uint64_t);
    for (const auto& each : tree_) bytes += sizeof(each) + each.size() * sizeof(std::uint32_t);
    for (const auto& each : ranges_) bytes += sizeof(each) + each.size() * sizeof(atom_range);
    return bytes;
}

}  // namespace polku::inline POLKU_V::dmn

#endif
