// SPDX-License-Identifier: Apache-2.0
#include "cli/simulation_text.hpp"

#include <polku/json/text.hpp>
#include <polku/rules/labels.hpp>
#include <polku/rules/pack_definition.hpp>
#include <polku/workspace/simulation_page.hpp>

#include <algorithm>
#include <set>

namespace polku::cli {

namespace {

class teller {
public:
    teller(const population::simulation_report& of, const rules::pack& by, const std::string& language)
        : of_(of), by_(by), labels_{by.says().labels, by.says().members}, language_(language) {}

    std::string run() {
        text_ = of_.pack + ", " + of_.decision + ", " + std::to_string(of_.rows) + " " + word("rows") + "\n";
        for (const population::simulated_day& each : of_.days)
            text_ += time::to_string(each.day) + ": " + each.version +
                     (each.against ? " (" + word("against") + " " + *each.against + ")" : "") + "\n";
        if (!of_.unknown.empty()) {
            text_ += word("unknown") + ":";
            for (const std::string& each : of_.unknown) text_ += (&each == &of_.unknown.front() ? " " : ", ") + each;
            text_ += "\n";
        }
        for (const population::group_total& each : of_.totals) tell(each);
        return std::move(text_);
    }

private:
    std::string word(std::string_view name) const {
#define X(id, fi, sv, en, selko) \
    if (name == #id) return language_ == "fi" ? fi : language_ == "sv" ? sv : language_ == "en" ? en : selko;
#include "cli/simulation_words.inc"
#undef X
        return std::string(name);
    }

    void tell(const population::group_total& of) {
        text_ += "\n" + time::to_string(of.day);
        if (of.group.empty()) text_ += ", " + word("all");
        for (std::size_t each = 0; each < of.group.size(); ++each) text_ += ", " + of_.by[each] + " " + of.group[each];
        text_ += ": " + std::to_string(of.rows) + " " + word("rows") + "\n";
        tell_count("decided", of.is.decided, of.against ? &of.against->decided : nullptr);
        tell_count("undecided", of.is.undecided, of.against ? &of.against->undecided : nullptr);
        if (of.faults != 0) text_ += "  " + word("faults") + ": " + std::to_string(of.faults) + "\n";
        if (of.against) text_ += "  " + word("changed") + ": " + std::to_string(of.changed) + "\n";
        for (const population::member_total& each : of.is.members)
            tell_member(each, of.against ? find(of.against->members, each.name) : nullptr, of.against.has_value());
        if (of.benefit) tell_benefit(*of.benefit);
        if (of.is.reasons.empty()) return;
        text_ += "  " + word("reasons") + ":";
        for (const auto& [id, count] : of.is.reasons) text_ += " " + id + " " + std::to_string(count);
        text_ += "\n";
    }

    /// A count of both sides; nothing where neither has any.
    void tell_count(std::string_view name, std::int64_t is, const std::int64_t* other) {
        if (is == 0 && (other == nullptr || *other == 0)) return;
        text_ += "  " + word(name) + ": " + std::to_string(is) +
                 (other != nullptr ? against(std::to_string(*other)) : "") + "\n";
    }
    std::string against(const std::string& other) const { return " (" + word("against") + " " + other + ")"; }

    void tell_benefit(const population::benefit_total& of) {
        text_ += "  " + word("benefit") + ": " + of.all.share.to_string() + ", " + word("granted") + " " +
                 of.is.share.to_string() + (of.against ? against(of.against->share.to_string()) : "") + "\n";
    }

    static const population::member_total* find(const std::vector<population::member_total>& among,
                                                const std::string& name) {
        const auto found =
            std::find_if(among.begin(), among.end(), [&](const auto& each) { return each.name == name; });
        return found == among.end() ? nullptr : &*found;
    }

    void tell_member(const population::member_total& is, const population::member_total* other, bool has_other) {
        const std::string called = is.name.empty() ? of_.decision : rules::member_words(is.name, language_, labels_);
        if (is.sum || is.least) {
            text_ += "  " + called + ": " + word("sum") + " " + text_of(is.sum);
            if (has_other) text_ += against(other != nullptr ? text_of(other->sum) : "0");
            text_ += ", " + word("between") + " " + text_of(is.least) + ".." + text_of(is.most) + "\n";
        }
        std::set<std::string> values;
        for (const auto& each : is.values) values.insert(each.first);
        if (other != nullptr)
            for (const auto& each : other->values) values.insert(each.first);
        for (const std::string& each : values) {
            text_ +=
                "  " + called + " " + counted_value_words(each, is.name, by_, language_) + ": " + count_of(is, each);
            if (has_other) text_ += against(other != nullptr ? count_of(*other, each) : "0");
            text_ += "\n";
        }
    }

    static std::string count_of(const population::member_total& in, const std::string& value) {
        const auto found = in.values.find(value);
        return found == in.values.end() ? "0" : std::to_string(found->second);
    }
    static std::string text_of(const std::optional<feel::number>& amount) {
        return amount ? json::write(feel::value(*amount)) : "-";
    }

    const population::simulation_report& of_;
    const rules::pack& by_;
    rules::pack_labels labels_;
    std::string language_;
    std::string text_;
};

}  // namespace

std::string simulation_text(const population::simulation_report& of, const rules::pack& by,
                            const std::string& language) {
    return teller(of, by, language).run();
}

}  // namespace polku::cli
