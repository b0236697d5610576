// SPDX-License-Identifier: Apache-2.0
#include <polku/report/equal_treatment.hpp>

#include <polku/path/explain.hpp>
#include <polku/report/labels.hpp>
#include <polku/report/path_proof.hpp>

#include <algorithm>
#include <array>

namespace polku::inline POLKU_V::report {

namespace {

using four_words = std::array<std::string_view, languages.size()>;

std::string word_in(const four_words& of, std::string_view language) {
    for (std::size_t i = 0; i < languages.size(); ++i)
        if (languages[i] == language) return std::string(of[i]);
    return std::string(of[2]);
}

enum class treatment_term : unsigned char {
#define TERM(name, fi, sv, en, selko) name,
#include "report/treatment_words.inc"
};

std::string treatment_word(treatment_term which, std::string_view language) {
    static constexpr std::array words{
#define TERM(name, fi, sv, en, selko) four_words{fi, sv, en, selko},
#include "report/treatment_words.inc"
    };
    return word_in(words[static_cast<std::size_t>(which)], language);
}

std::string treatment_word(path::treatment_kind which, std::string_view language) {
#define KIND(name, fi, sv, en, selko) \
    if (which == path::treatment_kind::name) return word_in({fi, sv, en, selko}, language);
#include "report/treatment_words.inc"
    return {};
}

std::string treatment_word(path::treatment_issue which, std::string_view language) {
#define ISSUE(name, fi, sv, en, selko) \
    if (which == path::treatment_issue::name) return word_in({fi, sv, en, selko}, language);
#include "report/treatment_words.inc"
    return {};
}

/// Why a command was refused, by the code; empty for codes that no comparison meets in practice.
std::string refusal_word(error_code of, std::string_view language) {
#define REFUSAL(name, fi, sv, en, selko) \
    if (of == error_code::name) return word_in({fi, sv, en, selko}, language);
#include "report/treatment_words.inc"
    return {};
}

treatment_term term_of(path::treatment_standing of) {
    if (of == path::treatment_standing::declared) return treatment_term::declared;
    return of == path::treatment_standing::refuted ? treatment_term::refuted : treatment_term::unknown;
}

/// One pair as lines.
class treatment_writer {
public:
    treatment_writer(std::array<const path::service_path*, 2> paths, std::array<std::string, 2> names,
                     std::string_view language)
        : paths_(paths), names_(std::move(names)), language_(language) {}

    std::string head(const path::treatment_pair& of) const {
        std::string out =
            names_[0] + " – " + names_[1] + ": " + std::string(verdict_word(of.says, language_)) + " (" +
            (of.base.empty() ? word(treatment_term::no_base) : word(treatment_term::base) + " " + of.base);
        for (const auto each :
             {path::treatment_standing::declared, path::treatment_standing::refuted, path::treatment_standing::unknown})
            out += ", " + word(term_of(each)) + " " + std::to_string(of.counts[static_cast<std::size_t>(each)]);
        if (of.regions > 0) out += ", " + word(treatment_term::regions) + " " + std::to_string(of.regions);
        return out + ")\n";
    }

    std::string difference(const path::treatment_difference& of) const {
        const path::definition& says = paths_[0]->says();
        const std::string subject =
            of.subject.empty() ? std::string() : " " + path::name_in(says, of.subject, language_);
        std::string out = "  " + word(term_of(of.is)) + ": " + treatment_word(of.about, language_) + subject + ". " +
                          treatment_word(of.issue, language_) + " [" + of.pointer + "]\n";
        for (std::size_t side = 0; side < 2; ++side)
            if (!of.says[0].empty() || !of.says[1].empty())
                out += "    " + names_[side] + ": " +
                       (of.says[side].empty() ? word(treatment_term::silent) : of.says[side]) + "\n";
        if (of.story.empty()) return of.is == path::treatment_standing::unknown ? out + obstacle(of) : out;
        return out + client(of);
    }

private:
    std::string word(treatment_term which) const { return treatment_word(which, language_); }
    /// English readers get the comparison's own sentence.
    std::string obstacle(const path::treatment_difference& of) const {
        std::string says = of.message;
        if (language_ != "en") {
            const bool is_opaque = of.issue == path::treatment_issue::opaque;
            says = word(is_opaque ? treatment_term::not_seen_through : treatment_term::no_client);
            if (!of.detail.empty()) says += ": " + name(of.detail);
        }
        return "    " + word(treatment_term::obstacle) + ": " + says + "\n";
    }
    std::string name(const std::string& id) const { return path::name_in(paths_[0]->says(), id, language_); }

    std::string client(const path::treatment_difference& of) const {
        const path::definition& says = paths_[0]->says();
        std::string out = "    " + word(treatment_term::client) + "\n";
        for (const path::command& each : of.story) {
            const auto* opened = std::get_if<path::open_case>(&each.what);
            if (!opened) continue;
            const auto known = says.municipalities.find(opened->municipality);
            out +=
                "      " + word(treatment_term::lives) + ": " +
                (known == says.municipalities.end() ? opened->municipality : path::text_in(known->second, language_)) +
                "; " + word(treatment_term::entered) + ": " + path::name_in(says, opened->entry, language_) + "\n";
        }
        for (const std::string& line : story_lines(*paths_[0], of.story, language_)) out += "      " + line + "\n";
        for (std::size_t side = 0; side < 2; ++side)
            out += "      " + word(treatment_term::answers) + ", " + names_[side] + ": " +
                   answer(*paths_[side], of.answers[side]) + "\n";
        return out;
    }
    std::string answer(const path::service_path& path, const path::treatment_answer& of) const {
        if (!of.place) {
            const std::string why = of.refused && language_ != "en" ? refusal_word(*of.refused, language_) : of.says;
            return word(treatment_term::was_refused) + (why.empty() ? "" : ": " + why);
        }
        if (language_ == "en") return name_of(path, *of.place) + (of.says.empty() ? "" : " (" + of.says + ")");
        if (of.place->front() == '/') return seen(path, *of.place, of.says);
        std::string made = name_of(path, *of.place);
        if (!of.until) return made;
        return made + " (" + word(treatment_term::owner) + " " + name_of(path, of.owner) + ", " +
               word(treatment_term::until) + " " + date_text(*of.until, language_) + ")";
    }
    std::string name_of(const path::service_path& path, const std::string& id) const {
        return path::name_in(path.says(), id, language_);
    }

    /// What was seen of a case at a pointer: a list of ids and days, with blanks or commas between them.
    std::string seen(const path::service_path& path, const std::string& pointer, const std::string& says) const {
        const std::string member = pointer.substr(pointer.rfind('/') + 1);
        const bool has_commas = member == "requires" || member == "after";
        const bool is_whole = member == "consent" || member == "receiver" || member == "role";
        const std::string_view between = has_commas ? ", " : " ";
        std::string made;
        for (std::size_t at = 0; at < says.size();) {
            const std::size_t end = is_whole ? says.size() : std::min(says.find(between, at), says.size());
            if (end > at) made += (made.empty() ? "" : ", ") + seen_one(path, member, says.substr(at, end - at));
            at = end + between.size();
        }
        return made;
    }
    std::string seen_one(const path::service_path& path, const std::string& member, const std::string& says) const {
        if (says == "nothing") return word(treatment_term::nothing);
        if (says == "open") return word(treatment_term::is_open);
        if (says == "true") return word(treatment_term::yes);
        if (says == "false") return word(treatment_term::no);
        if (const auto day = time::parse_date(says)) return date_text(*day, language_);
        if (member == "after") return path::trigger_text(path.says(), says, language_);
        return name_of(path, says);
    }

    std::array<const path::service_path*, 2> paths_;
    std::array<std::string, 2> names_;
    std::string_view language_;
};

}  // namespace

std::string treatment_text(std::span<const path::service_path> paths, const path::equal_treatment& of,
                           std::string_view language, bool declared) {
    std::string out = treatment_word(treatment_term::title, language) + ": " +
                      std::string(verdict_word(of.overall(), language)) + "\n";
    for (const path::treatment_pair& pair : of.pairs) {
        const auto [left, right] = pair.variants;
        const treatment_writer writer({&paths[left], &paths[right]}, {of.variants[left], of.variants[right]}, language);
        out += writer.head(pair);
        for (const path::treatment_difference& each : pair.differences)
            if (declared || each.is != path::treatment_standing::declared) out += writer.difference(each);
    }
    return out;
}

}  // namespace polku::inline POLKU_V::report
