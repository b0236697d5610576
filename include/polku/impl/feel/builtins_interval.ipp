// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_BUILTINS_INTERVAL_IPP
#define POLKU_IMPL_FEEL_BUILTINS_INTERVAL_IPP

#include <polku/feel/operations.hpp>
#include <polku/impl/feel/builtins_support.hpp>

// Range built-ins (DMN 1.5 clause 10.3.4.9). Each relation is written once, over ends that know their openness; an end
// that a range leaves out lies beyond every point.

namespace polku::inline POLKU_V::feel::detail {

/// One end of a range. `infinite` is -1 or 1 where the range leaves the end out.
struct interval_end {
    const value* point = nullptr;
    int infinite = 0;
    bool closed = false;
};

/// A point (both ends the same and closed) or a range.
struct interval {
    interval_end start;
    interval_end end;
    bool is_point = false;
};

/// Compares ends; remembers when two of them have no order, which makes the whole answer null.
struct end_order {
    const evaluation_context& with;
    bool comparable = true;

    int operator()(const interval_end& left, const interval_end& right) {
        if (left.infinite != 0 || right.infinite != 0) return left.infinite - right.infinite;
        bool ordered = true;
        const int order = compare(*left.point, *right.point, with, ordered);
        comparable = comparable && ordered;
        return ordered ? order : 0;
    }
};

POLKU_DECL bool take_interval(const value& from, interval& out) noexcept {
    const value& only = unwrapped(from);
    if (only.is_null() || only.is(kind::list) || only.is(kind::context) || only.is(kind::function)) return false;
    out.is_point = !only.is(kind::range);
    if (out.is_point) {
        out.start = out.end = {&only, 0, true};
        return true;
    }
    const range& bounds = only.as_range();
    out.start = {&bounds.low, bounds.low.is_null() ? -1 : 0, bounds.low_closed};
    out.end = {&bounds.high, bounds.high.is_null() ? 1 : 0, bounds.high_closed};
    return true;
}

using interval_relation = bool (*)(const interval& a, const interval& b, end_order& order);

POLKU_DECL bool interval_before(const interval& a, const interval& b, end_order& order) {
    const int meeting = order(a.end, b.start);
    return meeting < 0 || (meeting == 0 && !(a.end.closed && b.start.closed));
}

POLKU_DECL bool interval_meets(const interval& a, const interval& b, end_order& order) {
    return order(a.end, b.start) == 0 && a.end.closed && b.start.closed;
}

POLKU_DECL bool interval_overlaps(const interval& a, const interval& b, end_order& order) {
    const int high = order(a.end, b.start);
    const int low = order(a.start, b.end);
    return (high > 0 || (high == 0 && a.end.closed && b.start.closed)) &&
           (low < 0 || (low == 0 && a.start.closed && b.end.closed));
}

POLKU_DECL bool interval_overlaps_before(const interval& a, const interval& b, end_order& order) {
    const int starts = order(a.start, b.start);
    const int meeting = order(a.end, b.start);
    const int ends = order(a.end, b.end);
    return (starts < 0 || (starts == 0 && a.start.closed && !b.start.closed)) &&
           (meeting > 0 || (meeting == 0 && a.end.closed && b.start.closed)) &&
           (ends < 0 || (ends == 0 && (!a.end.closed || b.end.closed)));
}

POLKU_DECL bool interval_overlaps_after(const interval& a, const interval& b, end_order& order) {
    const int starts = order(b.start, a.start);
    const int meeting = order(b.end, a.start);
    const int ends = order(b.end, a.end);
    return (starts < 0 || (starts == 0 && b.start.closed && !a.start.closed)) &&
           (meeting > 0 || (meeting == 0 && b.end.closed && a.start.closed)) &&
           (ends < 0 || (ends == 0 && (!b.end.closed || a.end.closed)));
}

POLKU_DECL bool interval_finishes(const interval& a, const interval& b, end_order& order) {
    const int ends = order(a.end, b.end);
    if (a.is_point) return ends == 0 && b.end.closed;
    const int starts = order(a.start, b.start);
    return ends == 0 && a.end.closed == b.end.closed &&
           (starts > 0 || (starts == 0 && (!a.start.closed || b.start.closed)));
}

POLKU_DECL bool interval_starts(const interval& a, const interval& b, end_order& order) {
    const int starts = order(a.start, b.start);
    if (a.is_point) return starts == 0 && b.start.closed;
    const int ends = order(a.end, b.end);
    return starts == 0 && a.start.closed == b.start.closed &&
           (ends < 0 || (ends == 0 && (!a.end.closed || b.end.closed)));
}

/// `a` lies within `b`; for a point the standard's two forms are the same condition, a point being closed at both ends.
POLKU_DECL bool interval_during(const interval& a, const interval& b, end_order& order) {
    const int starts = order(b.start, a.start);
    const int ends = order(b.end, a.end);
    return (starts < 0 || (starts == 0 && (b.start.closed || !a.start.closed))) &&
           (ends > 0 || (ends == 0 && (b.end.closed || !a.end.closed)));
}

POLKU_DECL bool interval_coincides(const interval& a, const interval& b, end_order& order) {
    const int starts = order(a.start, b.start);
    const int ends = order(a.end, b.end);
    return starts == 0 && ends == 0 && a.start.closed == b.start.closed && a.end.closed == b.end.closed;
}

/// Which combinations of points and ranges a relation is defined for.
enum class interval_forms : std::uint8_t { all, same, ranges, range_second };

POLKU_DECL bool interval_form_fits(interval_forms wanted, const interval& a, const interval& b) noexcept {
    switch (wanted) {
        case interval_forms::all: return true;
        case interval_forms::same: return a.is_point == b.is_point;
        case interval_forms::ranges: return !a.is_point && !b.is_point;
        case interval_forms::range_second: return !b.is_point;
    }
    return false;
}

/// Relation of the first argument to the second, or of the second to the first when `Mirrored`.
template <interval_relation Relation, interval_forms Forms, bool Mirrored = false>
value builtin_interval(evaluation_context& with, std::size_t, arguments given) {
    interval a;
    interval b;
    const value& first = given[Mirrored ? 1 : 0];
    const value& second = given[Mirrored ? 0 : 1];
    if (!take_interval(first, a)) return refuse(first);
    if (!take_interval(second, b)) return refuse(second);
    if (!interval_form_fits(Forms, a, b)) return value(null_reason::type_mismatch);
    end_order order{with};
    const bool truth = Relation(a, b, order);
    return order.comparable ? value(truth) : value(null_reason::not_comparable);
}

POLKU_DECL std::span<const builtin> interval_builtins() noexcept {
    using forms = interval_forms;
    static constexpr signature all[] = {{"point1: Any, point2: Any"},
                                        {"point: Any, range: Any"},
                                        {"range: Any, point: Any"},
                                        {"range1: Any, range2: Any"}};
    static constexpr signature ranges[] = {{"range1: Any, range2: Any"}};
    static constexpr signature point_first[] = {{"point: Any, range: Any"}, {"range1: Any, range2: Any"}};
    static constexpr signature range_first[] = {{"range: Any, point: Any"}, {"range1: Any, range2: Any"}};
    static constexpr signature alike[] = {{"point1: Any, point2: Any"}, {"range1: Any, range2: Any"}};
    static constexpr builtin family[] = {
        {"before", all, builtin_interval<interval_before, forms::all>, "boolean"},
        {"after", all, builtin_interval<interval_before, forms::all, true>, "boolean"},
        {"meets", ranges, builtin_interval<interval_meets, forms::ranges>, "boolean"},
        {"met by", ranges, builtin_interval<interval_meets, forms::ranges, true>, "boolean"},
        {"overlaps", ranges, builtin_interval<interval_overlaps, forms::ranges>, "boolean"},
        {"overlaps before", ranges, builtin_interval<interval_overlaps_before, forms::ranges>, "boolean"},
        {"overlaps after", ranges, builtin_interval<interval_overlaps_after, forms::ranges>, "boolean"},
        {"finishes", point_first, builtin_interval<interval_finishes, forms::range_second>, "boolean"},
        {"finished by", range_first, builtin_interval<interval_finishes, forms::range_second, true>, "boolean"},
        {"includes", range_first, builtin_interval<interval_during, forms::range_second, true>, "boolean"},
        {"during", point_first, builtin_interval<interval_during, forms::range_second>, "boolean"},
        {"starts", point_first, builtin_interval<interval_starts, forms::range_second>, "boolean"},
        {"started by", range_first, builtin_interval<interval_starts, forms::range_second, true>, "boolean"},
        {"coincides", alike, builtin_interval<interval_coincides, forms::same>, "boolean"},
    };
    return family;
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
