// SPDX-License-Identifier: Apache-2.0
#include <polku/json/equal_treatment.hpp>
#include <polku/json/path_commands.hpp>

#include <cstdint>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::json {

namespace {

feel::value answer_value(const path::treatment_answer& of) {
    feel::context made;
    if (of.place) made.append("place", feel::value(*of.place));
    made.append(of.place ? "says" : "refused", feel::value(of.says));
    return feel::value(std::move(made));
}

/// Members are there for a side, under the variant's name, where it says something.
class difference_writer {
public:
    explicit difference_writer(const std::array<std::string, 2>& names) : names_(names) {}

    feel::value value(const path::treatment_difference& of) const {
        feel::context made{{"about", name_of(of.about)}, {"issue", name_of(of.issue)}, {"standing", name_of(of.is)}};
        const auto add = [&](const char* name, const std::string& text) {
            if (!text.empty()) made.append(name, feel::value(text));
        };
        add("pointer", of.pointer);
        add("subject", of.subject);
        add("detail", of.detail);
        std::vector<feel::value> by;
        feel::context says;
        for (std::size_t side = 0; side < 2; ++side) {
            if (of.declared_by[side]) by.emplace_back(names_[side]);
            if (!of.says[side].empty()) says.append(names_[side], feel::value(of.says[side]));
        }
        if (!by.empty()) made.append("declared_by", feel::value(std::move(by)));
        if (!says.empty()) made.append("definitions", feel::value(std::move(says)));
        if (!of.where.empty()) {
            feel::context where;
            for (const auto& [name, value] : of.where) where.set(name, feel::value(value));
            made.append("where", feel::value(std::move(where)));
        }
        if (of.regions > 0) made.append("regions", feel::value(static_cast<std::int64_t>(of.regions)));
        add("message", of.message);
        if (of.story.empty()) return feel::value(std::move(made));
        std::vector<feel::value> story;
        for (const path::command& each : of.story) story.push_back(command_to_value(each));
        made.append("story", feel::value(std::move(story)));
        made.append("answers",
                    feel::context{{names_[0], answer_value(of.answers[0])}, {names_[1], answer_value(of.answers[1])}});
        return feel::value(std::move(made));
    }

private:
    const std::array<std::string, 2>& names_;
};

feel::value pair_value(const path::equal_treatment& of, const path::treatment_pair& pair) {
    const std::array<std::string, 2> names{of.variants[pair.variants[0]], of.variants[pair.variants[1]]};
    feel::context made{{"variants", std::vector<feel::value>{feel::value(names[0]), feel::value(names[1])}},
                       {"verdict", name_of(pair.says)}};
    if (!pair.base.empty()) made.append("base", feel::value(pair.base));
    for (const auto each :
         {path::treatment_standing::declared, path::treatment_standing::refuted, path::treatment_standing::unknown})
        made.append(std::string(name_of(each)),
                    feel::value(static_cast<std::int64_t>(pair.counts[static_cast<std::size_t>(each)])));
    made.append("compared", feel::value(static_cast<std::int64_t>(pair.compared)));
    made.append("regions", feel::value(static_cast<std::int64_t>(pair.regions)));
    std::vector<feel::value> differences;
    const difference_writer writer(names);
    for (const path::treatment_difference& each : pair.differences) differences.push_back(writer.value(each));
    made.append("differences", feel::value(std::move(differences)));
    return feel::value(std::move(made));
}

}  // namespace

feel::value treatment_value(const path::equal_treatment& of) {
    std::vector<feel::value> variants;
    for (const std::string& each : of.variants) variants.emplace_back(each);
    std::vector<feel::value> pairs;
    for (const path::treatment_pair& each : of.pairs) pairs.push_back(pair_value(of, each));
    return feel::context{{"verdict", name_of(of.overall())},
                         {"variants", feel::value(std::move(variants))},
                         {"pairs", feel::value(std::move(pairs))}};
}

}  // namespace polku::inline POLKU_V::json
