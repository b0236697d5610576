// SPDX-License-Identifier: Apache-2.0
#include <polku/report/municipal_cost.hpp>

#include "report/money_input.hpp"
#include "report/money_pack.hpp"
#include "report/money_page.hpp"

#include <polku/json/rule_pack.hpp>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

namespace polku::inline POLKU_V::report {

namespace {

constexpr std::int64_t most_days = 3'660;           // ten years
constexpr std::int64_t most_benefit_days = 20'000;  // more than a working life has

result<void> check_days(const benefit_row& of) {
    if (of.horizon < of.first_day)
        return detail::row_fault("horizon", "the horizon " + to_string(of.horizon) + " is before the first day " +
                                                to_string(of.first_day) + "; give a day not before it");
    if (of.horizon.to_days() - of.first_day.to_days() > most_days)
        return detail::row_fault("horizon", "the horizon is more than ten years from the first day; give a nearer one");
    if (of.resolution_day && *of.resolution_day < of.first_day)
        return detail::row_fault("resolution_day", "the resolution " + to_string(*of.resolution_day) +
                                                       " is before the first day " + to_string(of.first_day) +
                                                       "; give a day not before it, or leave it out");
    if (of.service_to && !of.service_from)
        return detail::row_fault("service_from", "the service has an end and no beginning; give both or neither");
    if (of.service_to && *of.service_to < *of.service_from)
        return detail::row_fault(
            "service_to", "the service ends before it begins; give a day not before " + to_string(*of.service_from));
    return {};
}

result<void> check_row(const benefit_row& of) {
    POLKU_CHECK(check_days(of));
    const bool is_code =
        of.municipality.size() == 3 && of.municipality.find_first_not_of("0123456789") == std::string::npos;
    if (!is_code)
        return detail::row_fault("municipality", "found '" + of.municipality +
                                                     "', expected a municipality code of three digits such as 698");
    const std::pair<std::string_view, std::int64_t> counts[] = {
        {"days_so_far", of.days_so_far},
        {"service_days_so_far", of.service_days_so_far.value_or(0)},
        {"preceding_allowance_days", of.preceding_allowance_days.value_or(0)}};
    for (const auto& each : counts)
        if (each.second < 0 || each.second > most_benefit_days)
            return detail::row_fault(each.first, "found " + std::to_string(each.second) +
                                                     " benefit days, expected 0 to " +
                                                     std::to_string(most_benefit_days));
    if (of.daily_amount && (of.daily_amount->is_negative() || of.daily_amount->is_zero()))
        return detail::row_fault("daily_amount",
                                 "found " + of.daily_amount->to_string() +
                                     ", expected euros a day above 0; leave it out for the full amount");
    return {};
}

/// One version of the ladder, ready to answer.
struct ladder {
    detail::pack_model model;
    detail::pack_decision benefit_day;
    detail::pack_decision share;

    const rules::pack_version& version() const noexcept { return model.version(); }
    bool holds(time::date day) const { return day >= version().from && (!version().before || day < *version().before); }
    result<bool> try_pays_on(time::date day) {
        POLKU_CHECK(benefit_day.set_day(day));
        POLKU_TRY(const feel::value paid, benefit_day.try_evaluate({feel::value(day)}));
        return paid.is_true();
    }
    result<feel::value> try_share_on(time::date day, const benefit_row& of, std::string_view benefit, bool in_service,
                                     bool integration, std::int64_t days, std::int64_t service_days) {
        POLKU_CHECK(share.set_day(day));
        return share.try_evaluate({feel::value(benefit), feel::value(in_service), feel::value(integration),
                                   feel::value(days), feel::value(service_days),
                                   feel::value(of.preceding_allowance_days.value_or(0)), feel::value(!of.daily_amount),
                                   of.daily_amount ? feel::value(*of.daily_amount) : feel::value()});
    }
};

/// Exact sums; 34 digits hold any sum of shares that a report can have.
void add_to(feel::number& sum, const feel::number& amount) { sum = feel::add(sum, amount).value_or(sum); }

/// A cost that grows day by day; made into one with cents at the end.
struct exact_cost {
    std::int64_t days = 0;
    feel::number amount;
    std::map<std::pair<std::string, feel::number>, std::pair<std::int64_t, feel::number>> steps;

    void add(const std::string& version, const feel::number& percent, std::int64_t count, const feel::number& sum) {
        days += count;
        add_to(amount, sum);
        auto& step = steps[{version, percent}];
        step.first += count;
        add_to(step.second, sum);
    }
    void add(const exact_cost& other) {
        for (const auto& each : other.steps)
            add(each.first.first, each.first.second, each.second.first, each.second.second);
    }
    unemployment_cost in_cents() const {
        unemployment_cost made{days, detail::rounded(amount, 2), {}};
        for (const auto& each : steps)
            made.steps.push_back(
                {each.first.first, each.first.second, each.second.first, detail::rounded(each.second.second, 2)});
        return made;
    }
};

struct exact_pair {
    exact_cost without;
    exact_cost with;
};

feel::number difference_of(const unemployment_cost& without, const unemployment_cost& with) {
    return feel::subtract(without.amount, with.amount).value_or(feel::number()).normalized();
}

/// The months of all rows: what a month costs without and with the resolutions.
using exact_months = std::map<std::string, std::pair<feel::number, feel::number>>;

error refusal_error(std::string_view refusal, const benefit_row& of, const ladder& by, time::date day,
                    const feel::value& full) {
    const std::string on = to_string(day) + " (" + by.version().id + ")";
    if (refusal == "not in force")
        return detail::row_fault("benefit",
                                 "there is no such benefit on " + on +
                                     "; general_support began on 2026-05-01, give the benefit of the first day",
                                 error_code::pack_not_in_force);
    if (refusal == "above the basic part")
        return detail::row_fault(
            "daily_amount", "the share of earnings-related allowance is of its basic part, at most " + to_string(full) +
                                " euros on " + on + ", found " + of.daily_amount->to_string() +
                                "; give the basic part");
    if (refusal == "amount not known")
        return detail::row_fault("daily_amount",
                                 "the full amount of the benefit on " + on + " was not read; give daily_amount",
                                 error_code::pack_not_in_force);
    return detail::row_fault(
        "benefit",
        "how this benefit counts on " + on + " was not read, so nothing is reckoned; end the row before that day",
        error_code::pack_not_in_force);
}

/// Reckons rows one after another with the compiled versions of the pack.
class cost_reckoner {
public:
    explicit cost_reckoner(std::vector<ladder> ladders) : ladders_(std::move(ladders)) {}

    result<exact_pair> try_reckon(const benefit_row& of, exact_months& months) {
        exact_pair made;
        std::int64_t days = of.days_so_far;
        std::int64_t service_days = of.service_days_so_far.value_or(0);
        for (std::int64_t at = of.first_day.to_days(); at <= of.horizon.to_days(); ++at) {
            const time::date day = *time::date::from_days(at);
            POLKU_TRY(ladder* const by, try_ladder(day));
            POLKU_TRY(const bool paid, by->try_pays_on(day));
            if (!paid) continue;
            const bool in_service =
                of.service_from && day >= *of.service_from && (!of.service_to || day <= *of.service_to);
            const bool integration = of.state_pays_until && day <= *of.state_pays_until;
            POLKU_TRY(const feel::value share, by->try_share_on(day, of, name_of_benefit(of.benefit), in_service,
                                                                integration, days, service_days));
            const feel::value& refusal = detail::entry_of(share, "refusal");
            if (!refusal.is(feel::kind::string) || refusal.as_string() != "none")
                return refusal_error(refusal.is(feel::kind::string) ? refusal.as_string() : std::string_view(), of, *by,
                                     day, detail::entry_of(share, "full"));
            add_day(made, months, of, day, by->version().id, share);
            // A day that the State pays for an integration client counts for nothing later.
            if (integration) continue;
            ++(in_service ? service_days : days);
        }
        return made;
    }

private:
    static std::string_view name_of_benefit(benefit_kind of) {
        constexpr std::string_view names[] = {"labour_market_subsidy", "basic_allowance", "earnings_related_allowance",
                                              "fund_only_allowance", "general_support"};
        return names[static_cast<std::size_t>(of)];
    }

    result<ladder*> try_ladder(time::date day) {
        for (ladder& each : ladders_)
            if (each.holds(day)) return &each;
        return detail::row_fault("first_day",
                                 "no ladder is known for " + to_string(day) + "; the first begins on " +
                                     to_string(ladders_.front().version().from),
                                 error_code::pack_not_in_force);
    }

    static void add_day(exact_pair& into, exact_months& months, const benefit_row& of, time::date day,
                        const std::string& version, const feel::value& share) {
        const feel::number percent = detail::entry_of(share, "percent").as_number().normalized();
        const feel::number amount = detail::entry_of(share, "amount").as_number();
        auto& month = months[to_string(day).substr(0, to_string(day).size() - 3)];
        into.without.add(version, percent, 1, amount);
        add_to(month.first, amount);
        if (of.resolution_day && day >= *of.resolution_day) return;
        into.with.add(version, percent, 1, amount);
        add_to(month.second, amount);
    }

    std::vector<ladder> ladders_;
};

/// What is summed for one municipality, or for all.
struct exact_group {
    std::int64_t people = 0;
    std::int64_t resolved = 0;
    exact_pair costs;

    void add(const benefit_row& row, const exact_pair& of) {
        ++people;
        if (row.resolution_day && *row.resolution_day <= row.horizon) ++resolved;
        costs.without.add(of.without);
        costs.with.add(of.with);
    }
    municipality_cost in_cents(const std::string& municipality) const {
        municipality_cost made{municipality, people, resolved, costs.without.in_cents(), costs.with.in_cents(), {}};
        made.difference = difference_of(made.without_resolution, made.with_resolution);
        return made;
    }
};

result<std::vector<ladder>> try_ladders(const rules::pack& pack) {
    std::vector<ladder> made;
    for (const rules::pack_version& each : pack.says().versions) {
        detail::pack_model model(pack, each);
        POLKU_TRY(detail::pack_decision benefit_day,
                  detail::pack_decision::try_make(model, "Benefit day", {"day"}, each.from));
        POLKU_TRY(detail::pack_decision share,
                  detail::pack_decision::try_make(
                      model, "Share of the day",
                      {"benefit", "in service", "integration period", "days so far", "service days so far",
                       "preceding allowance days", "full benefit", "daily amount"},
                      each.from));
        made.push_back({std::move(model), std::move(benefit_day), std::move(share)});
    }
    return made;
}

}  // namespace

result<std::vector<benefit_row>> try_read_benefit_rows(const rows_text& from) {
    return detail::try_read_rows<benefit_row>(from, "people", check_row);
}

result<cost_report> try_municipal_cost(std::span<const benefit_row> rows) {
    if (rows.empty()) return detail::no_rows({});
    POLKU_TRY(const rules::pack pack, json::try_shipped_pack("kuntarahoitus"));
    POLKU_TRY(std::vector<ladder> ladders, try_ladders(pack));
    cost_report made;
    made.facts_read = pack.says().facts_read;
    for (const rules::pack_version& each : pack.says().versions)
        made.ladders.push_back(
            {each.id, each.from, detail::last_day(each), rules::source_texts(pack.says(), each.sources)});
    cost_reckoner reckoner(std::move(ladders));
    std::map<std::string, exact_group> groups;
    exact_group all;
    exact_months months;
    std::set<std::pair<std::string, std::string>> seen;
    std::vector<error> faults;
    for (std::size_t at = 0; at < rows.size(); ++at) {
        const benefit_row& row = rows[at];
        result<exact_pair> costs = error();
        if (const result<void> fits = check_row(row); !fits)
            costs = fits.error();
        else if (!row.id.empty() && !seen.insert({row.id, row.municipality}).second)
            costs = detail::row_fault("id", "the person stands twice in the rows of the municipality; leave one out");
        else
            costs = reckoner.try_reckon(row, months);
        if (!costs) {
            faults.push_back(detail::numbered_fault(std::move(costs).error(), at, row.id));
            continue;
        }
        groups[row.municipality].add(row, *costs);
        all.add(row, *costs);
        person_cost person{row.id, row.municipality, costs->without.in_cents(), costs->with.in_cents(), {}};
        person.difference = difference_of(person.without_resolution, person.with_resolution);
        made.people.push_back(std::move(person));
    }
    if (!faults.empty()) return detail::refused_rows(std::move(faults), rows.size(), {});
    for (const auto& each : groups) made.municipalities.push_back(each.second.in_cents(each.first));
    made.total = all.in_cents({});
    for (const auto& each : months)
        made.months.push_back(
            {each.first, detail::rounded(each.second.first, 2), detail::rounded(each.second.second, 2)});
    return made;
}

}  // namespace polku::inline POLKU_V::report
