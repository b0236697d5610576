// SPDX-License-Identifier: Apache-2.0
#include "path_figures.hpp"

#include <polku/detail/nearest_name.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::population::detail {

namespace {

constexpr std::int64_t longest_stay = 3650;
constexpr std::int64_t most_places = 100'000'000;
constexpr std::int64_t most_weight = 1'000'000;  // of one number of days

/// In millionths; empty for more decimals than they have, or out of range.
std::optional<std::int64_t> in_millionths(const feel::number& of, std::int64_t most) {
    const auto scaled = feel::multiply(of, feel::number(millionths));
    if (!scaled) return {};
    const auto whole = scaled->to_int64();
    if (!whole || *whole < 0 || *whole > most * millionths) return {};
    return whole;
}

error wrong_figure(const feel::value& found, std::int64_t most, const plan_place& at) {
    return at.fault("found " + to_string(found) + ", expected a number from 0 to " + std::to_string(most) +
                    " with at most six decimals, or [low, likely, high]");
}

/// One time in a list of weights by days.
result<std::int64_t> try_days(std::int64_t days, const plan_place& at) {
    if (days >= 1 && days <= longest_stay) return days;
    return at.fault("found " + std::to_string(days) + " days, expected a whole number from 1 to " +
                    std::to_string(longest_stay) + ": nobody leaves on the day of coming");
}

/// The triangle over three numbers of days, with whole weights.
stay_times triangle(std::int64_t low, std::int64_t likely, std::int64_t high) {
    stay_times made;
    const std::int64_t rise = likely - low + 1;
    const std::int64_t fall = high - likely + 1;
    for (std::int64_t day = low; day <= high; ++day)
        made.add(static_cast<std::int32_t>(day), day <= likely ? (day - low + 1) * fall : (high - day + 1) * rise);
    return made;
}

result<stay_times> try_weights(const feel::context& from, const plan_place& at) {
    std::map<std::int64_t, std::int64_t> weights;
    for (const auto& each : from) {
        const auto number = feel::number::parse(each.name);
        const auto days = number ? number->to_int64() : std::nullopt;
        if (!days) return (at / each.name).fault("found '" + each.name + "', expected a whole number of days");
        POLKU_CHECK(try_days(*days, at / each.name));
        const auto weight = each.value.is(feel::kind::number) ? in_millionths(each.value.as_number(), most_weight)
                                                              : std::optional<std::int64_t>();
        if (!weight) return wrong_figure(each.value, most_weight, at / each.name);
        if (*weight > 0) weights[*days] += *weight;
    }
    if (weights.empty()) return at.fault("no number of days has a weight above 0; give at least one");
    stay_times made;
    for (const auto& [days, weight] : weights) made.add(static_cast<std::int32_t>(days), weight);
    return made;
}

}  // namespace

result<ranged> try_ranged(const feel::value& from, std::int64_t most, const plan_place& at) {
    if (from.is(feel::kind::number)) {
        const auto one = in_millionths(from.as_number(), most);
        if (!one) return wrong_figure(from, most, at);
        return ranged{*one, *one, *one};
    }
    if (!from.is(feel::kind::list) || from.as_list().size() != 3) return wrong_figure(from, most, at);
    std::int64_t read[3] = {};
    for (std::size_t each = 0; each < 3; ++each) {
        const feel::value& item = from.as_list()[each];
        const auto one =
            item.is(feel::kind::number) ? in_millionths(item.as_number(), most) : std::optional<std::int64_t>();
        if (!one) return wrong_figure(item, most, at / each);
        read[each] = *one;
    }
    if (read[0] > read[1] || read[1] > read[2])
        return at.fault("found " + to_string(from) + ", expected [low, likely, high] with low <= likely <= high");
    return ranged{read[0], read[1], read[2]};
}

result<ranged> try_share(const feel::value& from, const plan_place& at) { return try_ranged(from, 1, at); }

result<void> check_sum(const std::vector<ranged>& shares, const plan_place& at) {
    std::int64_t sum = 0;
    for (const ranged& each : shares) sum += each.likely;
    if (sum == millionths) return {};
    return at.fault("the likely shares add up to " + feel::number::from_scaled(sum, 6).to_string() +
                    ", expected 1; change one of them");
}

result<stay_times> try_times(const feel::value& from, const plan_place& at) {
    if (from.is(feel::kind::context)) return try_weights(from.as_context(), at);
    std::int64_t read[3] = {};
    if (from.is(feel::kind::number)) {
        POLKU_TRY(read[0], try_whole(from, longest_stay, at));
        POLKU_CHECK(try_days(read[0], at));
        read[1] = read[2] = read[0];
    } else if (from.is(feel::kind::list) && from.as_list().size() == 3) {
        for (std::size_t each = 0; each < 3; ++each) {
            POLKU_TRY(read[each], try_whole(from.as_list()[each], longest_stay, at / each));
            POLKU_CHECK(try_days(read[each], at / each));
        }
    } else {
        return at.fault("found " + to_string(from) +
                        ", expected a whole number of days, [shortest, likely, longest], or weights by number of days");
    }
    if (read[0] > read[1] || read[1] > read[2])
        return at.fault("found " + to_string(from) +
                        ", expected [shortest, likely, longest] with shortest <= likely <= longest");
    return triangle(read[0], read[1], read[2]);
}

result<planned_room> try_room(const std::optional<feel::value>& from, const std::vector<std::string>& codes,
                              const plan_place& at) {
    planned_room made;
    if (!from) return made;
    made.is_limited = true;
    if (!from->is(feel::kind::context)) {
        POLKU_TRY(const std::int64_t places, try_whole(*from, most_places, at));
        made.places = {places};
        return made;
    }
    made.is_shared = false;
    made.places.assign(codes.size(), -1);
    for (const auto& each : from->as_context()) {
        POLKU_TRY(const std::size_t code, try_find(each.name, codes, "municipality", at / each.name));
        POLKU_TRY(made.places[code], try_whole(each.value, most_places, at / each.name));
    }
    for (std::size_t each = 0; each < codes.size(); ++each)
        if (made.places[each] < 0)
            return at.fault("no places are given for the municipality '" + codes[each] +
                            "'; give 0 where there are none");
    return made;
}

result<std::int64_t> try_whole(const feel::value& from, std::int64_t most, const plan_place& at) {
    const auto whole = from.is(feel::kind::number) ? from.as_number().to_int64() : std::optional<std::int64_t>();
    if (whole && *whole >= 0 && *whole <= most) return *whole;
    return at.fault("found " + to_string(from) + ", expected a whole number from 0 to " + std::to_string(most));
}

result<time::date> try_month(const std::string& text, const plan_place& at) {
    const auto day = text.size() == 7 ? time::parse_date(text + "-01") : std::nullopt;
    if (day && day->year() >= 1900 && day->year() <= 2199) return *day;
    return at.fault("found '" + text + "', expected a month such as 2027-01");
}

result<std::size_t> try_find(std::string_view name, const std::vector<std::string>& among, std::string_view what,
                             const plan_place& at) {
    const auto found = std::find(among.begin(), among.end(), name);
    if (found != among.end()) return static_cast<std::size_t>(found - among.begin());
    const std::vector<std::string_view> known(among.begin(), among.end());
    const std::string_view near = polku::detail::nearest_name(name, known);
    std::string all;
    for (const std::string& each : among) all += (all.empty() ? "'" : ", '") + each + "'";
    return at.fault("there is no " + std::string(what) + " '" + std::string(name) + "'" +
                    (near.empty() ? "; there are " + (all.empty() ? std::string("none") : all)
                                  : "; did you mean '" + std::string(near) + "'?"));
}

}  // namespace polku::inline POLKU_V::population::detail
