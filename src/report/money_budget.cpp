// SPDX-License-Identifier: Apache-2.0
#include <polku/report/budget.hpp>

#include "report/money_pack.hpp"
#include "report/money_page.hpp"

#include <polku/json/described.hpp>
#include <polku/json/rule_pack.hpp>

#include <array>
#include <set>
#include <utility>

namespace polku::inline POLKU_V::report {

namespace {

using detail::cell_maker;
using detail::figure_word;
using detail::page_table;
using detail::word_of;

constexpr std::array<std::string_view, 3> budget_columns = {"applied", "approved", "rejected"};

std::optional<feel::number> in_column(const budget_amounts& of, std::string_view column) {
    return column == "applied" ? std::optional(of.applied) : column == "approved" ? of.approved : of.rejected;
}

std::optional<feel::number> in_column(const std::optional<budget_amounts>& of, std::string_view column) {
    return of ? in_column(*of, column) : std::nullopt;
}

feel::number sum_of(const feel::number& left, const feel::number& right) {
    return feel::add(left, right).value_or(left);
}

error figure_fault(const std::string& pointer, std::string message) {
    position where;
    where.pointer = pointer;
    return error(error_code::figures_refused, std::move(message), std::move(where));
}

std::string shown(const feel::number& of) { return of.to_string(); }

/// Everything that is wrong with one budget.
class budget_checker {
public:
    explicit budget_checker(const project_budget& of) : of_(of) {}

    std::vector<error> faults;

    void check_amounts(const std::string& pointer, const budget_amounts& amounts) {
        for (const std::string_view column : budget_columns) {
            const auto amount = in_column(amounts, column);
            if (amount && amount->is_negative())
                faults.push_back(figure_fault(pointer + "/" + std::string(column),
                                              "found " + shown(*amount) + " euros, expected none below 0"));
        }
        for (const auto& part : {amounts.approved, amounts.rejected})
            if (part && *part > amounts.applied)
                faults.push_back(figure_fault(pointer, "found " + shown(*part) + " approved or rejected of " +
                                                           shown(amounts.applied) +
                                                           " applied for; a part is not above its whole"));
        if (!amounts.approved || !amounts.rejected) return;
        const feel::number both = sum_of(*amounts.approved, *amounts.rejected);
        if (both != amounts.applied)
            faults.push_back(figure_fault(pointer, "approved " + shown(*amounts.approved) + " and rejected " +
                                                       shown(*amounts.rejected) + " are " + shown(both) + ", but " +
                                                       shown(amounts.applied) + " were applied for"));
    }
    void check_all_amounts() {
        if (of_.staff_costs) check_amounts("/staff_costs", *of_.staff_costs);
        if (of_.flat_rate) check_amounts("/flat_rate", *of_.flat_rate);
        if (of_.income) check_amounts("/income", *of_.income);
        check_amounts("/total", of_.total);
        std::set<std::string> ids;
        for (std::size_t at = 0; at < of_.financing.size(); ++at) {
            const std::string pointer = "/financing/" + std::to_string(at);
            check_amounts(pointer + "/amounts", of_.financing[at].amounts);
            if (!ids.insert(of_.financing[at].id).second)
                faults.push_back(figure_fault(pointer + "/id", "'" + of_.financing[at].id + "' stands twice"));
            const auto& percent = of_.financing[at].shown_percent;
            if (percent && (percent->is_negative() || *percent > feel::number(100)))
                faults.push_back(
                    figure_fault(pointer + "/shown_percent", "found " + shown(*percent) + ", expected 0 to 100"));
        }
        if (of_.total.applied.is_zero())
            faults.push_back(figure_fault("/total/applied", "the total is 0, so there is nothing to share"));
    }
    /// Costs less income are the total, in each column that has all of them.
    void check_total(std::string_view column) {
        const auto staff = in_column(of_.staff_costs, column);
        const auto total = in_column(of_.total, column);
        if (!staff || !total) return;
        const auto flat = in_column(of_.flat_rate, column);
        const auto income = in_column(of_.income, column);
        if (of_.flat_rate && !flat) return;
        const feel::number costs = sum_of(*staff, flat.value_or(feel::number()));
        const feel::number net = feel::subtract(costs, income.value_or(feel::number())).value_or(costs);
        if (net != *total)
            faults.push_back(figure_fault("/total/" + std::string(column),
                                          "the costs less income are " + shown(net) + ", found " + shown(*total)));
    }
    void check_financing(std::string_view column) {
        const auto total = in_column(of_.total, column);
        if (!total) return;
        feel::number sum;
        for (const budget_source& each : of_.financing)
            sum = sum_of(sum, in_column(each.amounts, column).value_or(feel::number()));
        // A plan that tells of one source leaves the rest to be read as what is not told.
        if (sum > *total || (of_.financing.size() > 1 && complete(column) && sum != *total))
            faults.push_back(figure_fault("/financing", "the financing " + std::string(column) + " adds up to " +
                                                            shown(sum) + ", the total is " + shown(*total)));
    }

private:
    bool complete(std::string_view column) const {
        for (const budget_source& each : of_.financing)
            if (!in_column(each.amounts, column)) return false;
        return true;
    }
    const project_budget& of_;
};

result<void> add_flat_rates(const project_budget& of, const detail::pack_model& model, budget_report& into,
                            std::vector<error>& faults) {
    if (!of.flat_rate_percent) {
        if (of.flat_rate)
            faults.push_back(figure_fault("/flat_rate", "a flat rate stands without flat_rate_percent; give both"));
        return {};
    }
    if (!of.staff_costs || !of.flat_rate) {
        faults.push_back(figure_fault("/flat_rate_percent", "the flat rate needs staff_costs and flat_rate beside it"));
        return {};
    }
    POLKU_TRY(detail::pack_decision decision,
              detail::pack_decision::try_make(model, "Flat rate", {"staff costs"}, model.pack().says().facts_read));
    for (const std::string_view column : budget_columns) {
        const auto staff = in_column(of.staff_costs, column);
        if (!staff) continue;
        POLKU_TRY(const feel::value answer, decision.try_evaluate({feel::value(*staff)}));
        const feel::number known = detail::entry_of(answer, "percent").as_number();
        if (*of.flat_rate_percent != known) {
            position where;
            where.pointer = "/flat_rate_percent";
            return error(error_code::pack_not_in_force,
                         "found " + shown(*of.flat_rate_percent) + ", expected " + shown(known) +
                             ": the pack knows the flat rate of development projects only (866/2021 section 8)",
                         std::move(where));
        }
        budget_flat_rate made{std::string(column), detail::entry_of(answer, "exact").as_number().normalized(),
                              detail::entry_of(answer, "euros").as_number().normalized(),
                              detail::entry_of(answer, "total exact").as_number().normalized()};
        const auto given = in_column(of.flat_rate, column);
        if (given && *given != made.euros)
            faults.push_back(figure_fault("/flat_rate/" + std::string(column),
                                          shown(known) + " % of " + shown(*staff) + " is " + shown(made.exact) +
                                              ", to the euro " + shown(made.euros) + ", found " + shown(*given)));
        into.flat_rates.push_back(std::move(made));
    }
    return {};
}

result<void> add_shares(const project_budget& of, const detail::pack_model& model, budget_report& into) {
    POLKU_TRY(detail::pack_decision decision,
              detail::pack_decision::try_make(model, "Share", {"amount", "total costs", "shown percent"},
                                              model.pack().says().facts_read));
    into.not_told = of.total.applied;
    for (const budget_source& each : of.financing) {
        POLKU_TRY(const feel::value answer,
                  decision.try_evaluate({feel::value(each.amounts.applied), feel::value(of.total.applied),
                                         each.shown_percent ? feel::value(*each.shown_percent) : feel::value()}));
        budget_line line{each.id, each.amounts, {}, each.shown_percent, {}};
        if (const feel::value& percent = detail::entry_of(answer, "percent"); !percent.is_null())
            line.percent = percent.as_number().normalized();
        if (const feel::value& exactly = detail::entry_of(answer, "amount of shown"); !exactly.is_null())
            line.shown_amount = exactly.as_number().normalized();
        into.not_told = feel::subtract(into.not_told, each.amounts.applied).value_or(into.not_told).normalized();
        into.financing.push_back(std::move(line));
    }
    return {};
}

/// Whole euros stay whole; cents are shown where the plan has them.
std::int32_t decimals_of(const feel::number& of) { return of.is_integer() ? 0 : 2; }

class budget_page {
public:
    budget_page(const budget_report& of, std::string_view language) : of_(of), make_{language} {}

    detail::figures_page made() {
        detail::figures_page page;
        page.language = std::string(make_.language);
        page.title = word_of(figure_word::budget_title, make_.language) + ": " +
                     detail::text_in(of_.budget.name, make_.language);
        page.lead = {word_of(figure_word::budget_lead, make_.language)};
        if (!of_.budget.source.empty())
            page.lead.push_back(word_of(figure_word::document, make_.language) + ": " + of_.budget.source);
        page.tables = {costs(), financing()};
        page.sources = of_.sources;
        return page;
    }

private:
    detail::page_cell cell(const std::optional<feel::number>& of) const {
        return of ? make_.money(*of, decimals_of(*of)) : make_.money(of);
    }
    page_table table(std::string id, figure_word heading) const {
        page_table made{std::move(id), word_of(heading, make_.language), {}, {}, true};
        made.columns = {make_.column(figure_word::budget_line, "line", false),
                        make_.column(figure_word::applied, "applied"),
                        make_.column(figure_word::approved, "approved"),
                        make_.column(figure_word::rejected, "rejected"),
                        make_.column(figure_word::share, "percent"),
                        make_.column(figure_word::shown_share, "shown_percent"),
                        make_.column(figure_word::shown_amount, "shown_amount")};
        return made;
    }
    std::vector<detail::page_cell> row(detail::page_cell name, const budget_amounts& of) const {
        const detail::page_cell none{"", ""};
        return {std::move(name), cell(of.applied), cell(of.approved), cell(of.rejected), none, none, none};
    }
    page_table costs() const {
        page_table made = table("costs", figure_word::budget_costs);
        made.columns.resize(4);
        const project_budget& budget = of_.budget;
        const auto add = [&](figure_word what, const std::string& plain, const budget_amounts& of) {
            made.rows.push_back(row(make_.text(what, plain), of));
            made.rows.back().resize(4);
        };
        if (budget.staff_costs) add(figure_word::staff_costs, "staff_costs", *budget.staff_costs);
        if (budget.flat_rate) {
            add(figure_word::flat_rate, "flat_rate", *budget.flat_rate);
            auto& name = made.rows.back().front();
            name.shown += " " + percent_text(*budget.flat_rate_percent, make_.language, 0);
            budget_amounts exact;
            for (const budget_flat_rate& each : of_.flat_rates) {
                if (each.column == "applied") exact.applied = each.exact;
                if (each.column == "approved") exact.approved = each.exact;
                if (each.column == "rejected") exact.rejected = each.exact;
            }
            add(figure_word::flat_rate_exact, "flat_rate_exact", exact);
        }
        if (budget.income) add(figure_word::income, "income", *budget.income);
        add(figure_word::net_costs, "total", budget.total);
        return made;
    }
    page_table financing() const {
        page_table made = table("financing", figure_word::budget_financing);
        for (std::size_t at = 0; at < of_.financing.size(); ++at) {
            const budget_line& line = of_.financing[at];
            const std::string name = detail::text_in(of_.budget.financing[at].name, make_.language);
            made.rows.push_back(row({name.empty() ? line.id : name, line.id}, line.amounts));
            made.rows.back()[4] = make_.percent(line.percent);
            if (line.shown_percent) {
                made.rows.back()[5] = make_.percent(*line.shown_percent);
                made.rows.back()[6] = make_.money(line.shown_amount);
            }
        }
        if (!of_.not_told.is_zero()) {
            budget_amounts rest;
            rest.applied = of_.not_told;
            made.rows.push_back(row(make_.text(figure_word::financing_not_told, "not_told"), rest));
        }
        made.rows.push_back(row(make_.text(figure_word::total, "total"), of_.budget.total));
        made.rows.back()[4] = make_.percent(feel::number(100));
        return made;
    }

    const budget_report& of_;
    cell_maker make_;
};

}  // namespace

result<project_budget> try_read_budget(std::string_view text, std::string source) {
    json::parse_options options;
    options.source = std::move(source);
    return json::try_read<project_budget>(text, options);
}

result<budget_report> try_budget_report(const project_budget& of) {
    budget_checker checker(of);
    checker.check_all_amounts();
    for (const std::string_view column : budget_columns) {
        checker.check_total(column);
        checker.check_financing(column);
    }
    POLKU_TRY(const rules::pack pack, json::try_shipped_pack("hankebudjetti"));
    const detail::pack_model model(pack, pack.says().versions.back());
    budget_report made;
    made.budget = of;
    POLKU_CHECK(add_flat_rates(of, model, made, checker.faults));
    if (!checker.faults.empty()) {
        error all(error_code::figures_refused, "the figures of the budget do not add up; mend them all");
        for (error& each : checker.faults) all.because(std::move(each));
        return all;
    }
    POLKU_CHECK(add_shares(of, model, made));
    made.sources = rules::source_texts(pack.says(), model.version().sources);
    return made;
}

std::string write_budget(const budget_report& of, figures_form form, std::string_view language) {
    if (form == figures_form::json) return json::write(json::to_value(of)) + "\n";
    detail::figures_page page = budget_page(of, language).made();
    if (const auto pack = json::try_shipped_pack("hankebudjetti"))
        page.notice.push_back(detail::text_in(pack->says().notice, language));
    if (form == figures_form::html) return detail::page_as_html(page);
    if (form == figures_form::text) return detail::page_as_text(page);
    // One table for programs: the lines of costs have no shares.
    page_table& costs = page.tables.front();
    costs.columns = page.tables[1].columns;
    for (auto& row : costs.rows) row.resize(costs.columns.size());
    costs.rows.pop_back();
    return detail::page_as_csv(page);
}

}  // namespace polku::inline POLKU_V::report
