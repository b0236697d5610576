// SPDX-License-Identifier: Apache-2.0
#include <polku/detail/nearest_name.hpp>
#include <polku/population/simulation.hpp>

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace polku::inline POLKU_V::population {

namespace {

/// One object of the question, whose members are taken by name; what is left over is a slip.
class question_members {
public:
    question_members(const feel::context& of, std::string at) : of_(of), at_(std::move(at)) {}

    error wrong(std::string_view member, const std::string& what) const {
        position at;
        at.pointer = pointer_to(at_, member);
        return error(error_code::simulation_shape, what, std::move(at));
    }
    result<void> check_names(std::initializer_list<std::string_view> known) const {
        for (const auto& each : of_) {
            if (std::find(known.begin(), known.end(), each.name) != known.end()) continue;
            const std::string_view near = polku::detail::nearest_name(each.name, {known.begin(), known.end()});
            return wrong(each.name, "a simulation has no '" + each.name + "'" +
                                        (near.empty() ? "" : "; did you mean '" + std::string(near) + "'?"));
        }
        return {};
    }

    /// Null pointer where the member is not there.
    result<const feel::value*> try_member(std::string_view name, feel::kind is, const char* wanted) const {
        const feel::value* const found = of_.find(name);
        if (found == nullptr || found->is(is)) return found;
        return wrong(name,
                     "'" + std::string(name) + "' is " + feel::to_string(*found) + ", where " + wanted + " is needed");
    }
    result<void> take(std::string_view name, std::string& into) const {
        POLKU_TRY(const feel::value* const found, try_member(name, feel::kind::string, "a text"));
        if (found != nullptr) into = std::string(found->as_string());
        return {};
    }
    result<void> take(std::string_view name, bool& into) const {
        POLKU_TRY(const feel::value* const found, try_member(name, feel::kind::boolean, "true or false"));
        if (found != nullptr) into = found->as_boolean();
        return {};
    }
    result<void> take(std::string_view name, std::optional<time::date>& into) const {
        std::string text;
        POLKU_CHECK(take(name, text));
        if (of_.find(name) == nullptr) return {};
        const auto day = time::parse_date(text);
        if (!day) return wrong(name, "'" + text + "' is no date; write it as 2026-01-31");
        into = *day;
        return {};
    }
    result<void> take(std::string_view name, feel::context& into) const {
        POLKU_TRY(const feel::value* const found, try_member(name, feel::kind::context, "an object"));
        if (found != nullptr) into = found->as_context();
        return {};
    }
    result<void> take(std::string_view name, std::vector<std::string>& into) const {
        POLKU_TRY(const feel::value* const found, try_member(name, feel::kind::list, "a list of texts"));
        if (found == nullptr) return {};
        for (const feel::value& each : found->as_list()) {
            if (!each.is(feel::kind::string))
                return wrong(name, "an item of '" + std::string(name) + "' is " + feel::to_string(each) +
                                       ", where a text is needed");
            into.emplace_back(each.as_string());
        }
        return {};
    }
    result<void> take(std::string_view name, std::size_t& into) const {
        POLKU_TRY(const feel::value* const found, try_member(name, feel::kind::number, "a number of rows"));
        if (found == nullptr) return {};
        const auto rows = found->as_number().to_int64();
        if (!rows || *rows < 1 || *rows > 1'000'000)
            return wrong(name, "'" + std::string(name) + "' is " + feel::to_string(*found) +
                                   ", where a whole number from 1 to 1000000 is needed");
        into = static_cast<std::size_t>(*rows);
        return {};
    }

private:
    const feel::context& of_;
    std::string at_;
};

result<void> take_side(const question_members& from, simulated_rules& into) {
    POLKU_CHECK(from.take("variant", into.variant));
    feel::context figures;
    POLKU_CHECK(from.take("figures", figures));
    for (const auto& each : figures) into.figures.set(each.name, each.value);
    return {};
}

result<void> take_other_side(const question_members& from, const rules::pack* other, simulation_options& into) {
    POLKU_TRY(const feel::value* const said, from.try_member("against", feel::kind::context, "an object"));
    if (said == nullptr && other == nullptr) return {};
    simulated_rules side = into.is;
    if (other != nullptr) side = simulated_rules{*other, {}, {}, {}};
    if (said != nullptr) {
        const question_members members(said->as_context(), "/against");
        POLKU_CHECK(members.check_names({"variant", "figures", "decided"}));
        POLKU_CHECK(take_side(members, side));
        POLKU_CHECK(members.take("decided", side.decided));
    }
    into.against = std::move(side);
    return {};
}

}  // namespace

result<std::vector<time::date>> try_simulated_days(time::date first, std::optional<time::date> last) {
    std::vector<time::date> days{first};
    if (!last) return days;
    if (*last < first)
        return error(error_code::invalid_argument,
                     "the last day, " + time::to_string(*last) + ", is before the first, " + time::to_string(first));
    constexpr std::int64_t most = 1200;
    for (std::int64_t month = 1; month <= most; ++month) {
        const auto next = first.plus_months(month);
        if (!next || *last < *next) return days;
        days.push_back(*next);
    }
    return error(error_code::invalid_argument, "more than " + std::to_string(most) + " months from " +
                                                   time::to_string(first) + " to " + time::to_string(*last));
}

result<simulation_options> try_read_simulation(const feel::value& says, const rules::pack& pack,
                                               const rules::pack* other) {
    if (!says.is(feel::kind::context))
        return error(error_code::simulation_shape, "what is simulated is an object with 'decision' and 'decided'");
    const question_members members(says.as_context(), {});
    POLKU_CHECK(members.check_names({"decision", "decided", "until", "variant", "figures", "against", "by", "keep",
                                     "outcome", "municipality", "reasons", "block"}));
    simulation_options made;
    made.is.pack = pack;
    POLKU_CHECK(members.take("decision", made.decision));
    if (made.decision.empty()) return members.wrong("decision", "'decision' is needed: the name of one of the pack's");
    std::optional<time::date> first;
    std::optional<time::date> last;
    POLKU_CHECK(members.take("decided", first));
    POLKU_CHECK(members.take("until", last));
    if (!first) return members.wrong("decided", "'decided' is needed: the day of the decisions, such as 2026-01-31");
    POLKU_TRY(made.days, try_simulated_days(*first, last));
    POLKU_CHECK(take_side(members, made.is));
    POLKU_CHECK(take_other_side(members, other, made));
    POLKU_CHECK(members.take("by", made.by));
    POLKU_CHECK(members.take("keep", made.keep));
    POLKU_CHECK(members.take("outcome", made.outcome));
    POLKU_CHECK(members.take("reasons", made.reasons));
    POLKU_CHECK(members.take("block", made.block));
    std::string municipality;
    POLKU_CHECK(members.take("municipality", municipality));
    if (!municipality.empty()) made.municipality = std::move(municipality);
    return made;
}

}  // namespace polku::inline POLKU_V::population
