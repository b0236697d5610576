// SPDX-License-Identifier: Apache-2.0
#include "path_ladder.hpp"

#include <polku/dmn/item_type.hpp>
#include <polku/dmn/program.hpp>
#include <polku/rules/pack_definition.hpp>

#include <algorithm>
#include <map>

namespace polku::inline POLKU_V::population::detail {

namespace {

/// A decision of one version with the parameters of a day.
class asked_decision {
public:
    static result<asked_decision> try_make(const rules::pack& pack, const rules::pack_version& version,
                                           std::string_view name, time::date day, std::string& figures) {
        asked_decision made;
        made.program_ = &pack.program_of(version);
        const auto found = made.program_->find(name);
        if (!found)
            return error(error_code::pack_not_in_force, "the version '" + version.id + "' of the pack '" +
                                                            pack.says().id + "' has no decision '" + std::string(name) +
                                                            "'");
        made.what_ = *found;
        for (const dmn::input_info& each : made.program_->inputs(*found)) {
            made.slots_.emplace_back();
            const auto figure = std::find_if(pack.says().parameters.begin(), pack.says().parameters.end(),
                                             [&](const rules::parameter& one) { return one.name == each.name; });
            if (figure == pack.says().parameters.end()) continue;
            POLKU_TRY(const rules::parameter_value* const entry, pack.try_parameter(each.name, version, day, day));
            POLKU_TRY(made.slots_.back(),
                      dmn::try_typed(entry->value, each.type, pointer_to({}, each.name), made.with_));
            figures += each.name + "=" + to_string(made.slots_.back()) + "\n";
        }
        return made;
    }

    void set(std::string_view name, const feel::value& value) {
        const auto inputs = program_->inputs(what_);
        for (std::size_t each = 0; each < inputs.size(); ++each)
            if (inputs[each].name == name) slots_[each] = value;
    }
    result<feel::value> try_evaluate() { return dmn::try_evaluate_slots(*program_, what_, slots_, with_); }

private:
    const dmn::program* program_ = nullptr;
    dmn::decision_ref what_;
    std::vector<feel::value> slots_;
    feel::evaluation_context with_;
};

const feel::value& entry_of(const feel::value& of, std::string_view name) {
    static const feel::value none;
    const feel::value* const found = of.is(feel::kind::context) ? of.as_context().find(name) : nullptr;
    return found != nullptr ? *found : none;
}

}  // namespace

class ladder_maker {
public:
    ladder_maker(const rules::pack& pack, const benefit_assumptions& of, const std::vector<time::date>& months,
                 std::int64_t most_so_far, const plan_place& at)
        : pack_(pack), of_(of), days_(months), most_(most_so_far), at_(at) {}

    result<benefit_ladder> run() {
        made_.paid_.push_back(0);
        for (std::size_t month = 0; month + 1 < days_.size(); ++month) POLKU_CHECK(count_days(month));
        for (benefit_ladder::month_share& each : made_.months_) POLKU_CHECK(sum_up(each, most_));
        return std::move(made_);
    }

private:
    std::int64_t day_of(std::size_t month) const { return days_[month].to_days() - days_.front().to_days(); }

    /// Which days of the month are benefit days.
    result<void> count_days(std::size_t month) {
        const time::date first = days_[month];
        const auto version = pack_.try_version(first, first);
        if (!version)
            return at_
                .fault("no version of the pack '" + pack_.says().id + "' is in force on " + to_string(first) +
                           ", so the month " + month_text(first) + " cannot be reckoned",
                       error_code::pack_not_in_force)
                .because(version.error());
        std::string figures;
        POLKU_TRY(asked_decision benefit_day,
                  asked_decision::try_make(pack_, **version, "Benefit day", first, figures));
        for (std::int64_t day = day_of(month); day < day_of(month + 1); ++day) {
            benefit_day.set("day", feel::value(days_.front().plus_days(day).value_or(first)));
            POLKU_TRY(const feel::value is_paid, benefit_day.try_evaluate());
            made_.paid_.push_back(made_.paid_.back() + (is_paid.is_true() ? 1 : 0));
        }
        made_.months_.push_back({day_of(month), day_of(month + 1), (*version)->id, {}});
        versions_.push_back(*version);
        return {};
    }

    result<void> sum_up(benefit_ladder::month_share& into, std::int64_t most) {
        const auto month = static_cast<std::size_t>(&into - made_.months_.data());
        std::string figures = into.version + "\n";
        POLKU_TRY(asked_decision share,
                  asked_decision::try_make(pack_, *versions_[month], "Share of the day", days_[month], figures));
        auto& known = sums_[figures];
        if (!known) {
            POLKU_TRY(known, try_sums(share, most + made_.paid_.back(), month));
        }
        into.sums = known;
        return {};
    }

    result<std::shared_ptr<const std::vector<std::int64_t>>> try_sums(asked_decision& share, std::int64_t most,
                                                                      std::size_t month) {
        share.set("benefit", feel::value(of_.benefit));
        share.set("in service", feel::value(false));
        share.set("integration period", feel::value(false));
        share.set("service days so far", feel::value(0));
        share.set("preceding allowance days", feel::value(0));
        share.set("full benefit", feel::value(!of_.daily_amount));
        if (of_.daily_amount) share.set("daily amount", feel::value(*of_.daily_amount));
        auto sums = std::make_shared<std::vector<std::int64_t>>();
        sums->push_back(0);
        for (std::int64_t days = 0; days < most; ++days) {
            share.set("days so far", feel::value(days));
            POLKU_TRY(const feel::value answer, share.try_evaluate());
            const feel::value& refusal = entry_of(answer, "refusal");
            const feel::value& amount = entry_of(answer, "amount");
            if (!refusal.is(feel::kind::string) || refusal.as_string() != "none")
                return refused(refusal.is(feel::kind::string) ? refusal.as_string() : std::string_view(), month);
            const auto scaled = amount.is(feel::kind::number)
                                    ? feel::multiply(amount.as_number(), feel::number(millionths))
                                    : std::nullopt;
            const auto whole = scaled ? scaled->to_int64() : std::nullopt;
            if (!whole) return refused(to_string(amount), month);
            sums->push_back(sums->back() + *whole);
        }
        return std::shared_ptr<const std::vector<std::int64_t>>(std::move(sums));
    }

    error refused(std::string_view why, std::size_t month) const {
        const std::string on = month_text(days_[month]) + " (" + made_.months_[month].version + ")";
        if (why == "amount not known")
            return (at_ / "daily_amount")
                .fault("the full amount of the benefit was not read for " + on + "; give daily_amount",
                       error_code::pack_not_in_force);
        if (why == "not in force")
            return (at_ / "benefit")
                .fault("there is no benefit '" + of_.benefit + "' in " + on + "; give one of the first month",
                       error_code::pack_not_in_force);
        return at_.fault(
            "the municipality's share of '" + of_.benefit + "' in " + on + " is not reckoned: " + std::string(why),
            error_code::pack_not_in_force);
    }

    const rules::pack& pack_;
    const benefit_assumptions& of_;
    const std::vector<time::date>& days_;
    std::int64_t most_;
    const plan_place& at_;
    benefit_ladder made_;
    std::vector<const rules::pack_version*> versions_;
    std::map<std::string, std::shared_ptr<const std::vector<std::int64_t>>> sums_;
};

result<benefit_ladder> benefit_ladder::try_make(const rules::pack& pack, const benefit_assumptions& of,
                                                const std::vector<time::date>& months, std::int64_t most_so_far,
                                                const plan_place& at) {
    return ladder_maker(pack, of, months, most_so_far, at).run();
}

std::vector<std::string> benefit_ladder::versions() const {
    std::vector<std::string> made;
    for (const month_share& each : months_) made.push_back(each.version);
    return made;
}

}  // namespace polku::inline POLKU_V::population::detail
