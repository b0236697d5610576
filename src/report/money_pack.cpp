// SPDX-License-Identifier: Apache-2.0
#include "report/money_pack.hpp"

#include "report/money_words.hpp"

#include <polku/dmn/item_type.hpp>
#include <polku/report/labels.hpp>
#include <polku/rules/pack_explanation.hpp>

#include <algorithm>
#include <utility>

namespace polku::inline POLKU_V::report::detail {

result<pack_decision> pack_decision::try_make(const pack_model& from, std::string_view name,
                                              std::initializer_list<std::string_view> facts, time::date day) {
    pack_decision made;
    made.model_ = from;
    const auto found = from.program().find(name);
    if (!found)
        return error(error_code::pack_not_in_force, "the rule pack has no decision '" + std::string(name) + "'");
    made.what_ = *found;
    const auto known = from.program().inputs(*found);
    made.slots_.resize(known.size());
    for (const std::string_view each : facts) {
        const auto at = std::find_if(known.begin(), known.end(),
                                     [each](const dmn::input_info& one) { return std::string_view(one.name) == each; });
        made.places_.push_back(static_cast<std::size_t>(at - known.begin()));
    }
    for (const rules::parameter& each : from.pack().says().parameters)
        for (std::size_t at = 0; at < known.size(); ++at)
            if (known[at].name == each.name) made.parameters_.push_back({each.name, at, known[at].type});
    made.from_ = day;
    made.before_ = day;
    POLKU_CHECK(made.set_day(day));
    return made;
}

result<void> pack_decision::set_day(time::date day) {
    if (day >= from_ && (!before_ || day < *before_)) return {};
    from_ = model_.version().from;
    before_ = model_.version().before;
    for (const parameter_place& each : parameters_) {
        POLKU_TRY(const rules::parameter_value* const entry,
                  model_.pack().try_parameter(each.name, model_.version(), day, day));
        POLKU_TRY(slots_[each.at], dmn::try_typed(entry->value, each.type, pointer_to({}, each.name), with_));
        from_ = std::max(from_, entry->from);
        if (entry->before) before_ = before_ ? std::min(*before_, *entry->before) : *entry->before;
    }
    return {};
}

result<feel::value> pack_decision::try_evaluate(std::initializer_list<feel::value> facts) {
    std::size_t at = 0;
    for (const feel::value& each : facts) {
        const std::size_t place = places_[at++];
        if (place < slots_.size()) slots_[place] = each;
    }
    return dmn::try_evaluate_slots(model_.program(), what_, slots_, with_);
}

std::optional<time::date> last_day(const rules::pack_version& of) {
    return of.before ? std::optional(of.before->plus_days(-1).value_or(of.from)) : std::nullopt;
}

std::string source_line(const rules::pack& of, const rules::pack_version& version, std::string_view language) {
    std::string out = version.id + ": ";
    const std::vector<std::string> sources = rules::source_texts(of.says(), version.sources);
    for (const std::string& each : sources) out += (&each == &sources.front() ? "" : "; ") + each;
    out += "; " + word_of(figure_word::in_force, language) + " " + date_text(version.from, language) + "–";
    const auto to = last_day(version);
    return to ? out + date_text(*to, language) : out;
}

const feel::value& entry_of(const feel::value& of, std::string_view name) {
    static const feel::value none;
    if (!of.is(feel::kind::context)) return none;
    const feel::value* const found = of.as_context().find(name);
    return found != nullptr ? *found : none;
}

}  // namespace polku::inline POLKU_V::report::detail
