// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/diff_text.hpp"
#include "cli/pack_files.hpp"
#include "cli/pack_question.hpp"
#include "cli/workspace_options.hpp"

#include <polku/json/difference.hpp>
#include <polku/json/text.hpp>
#include <polku/workspace/rule_packs.hpp>

#include <CLI/CLI.hpp>

#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace polku::cli {

namespace {

struct diff_side {
    std::string pack;
    std::string decided;
    std::string event;
    std::string variant;
    std::string overrides;
};

struct diff_options {
    diff_side was;
    diff_side is;
    diff_side both;  ///< what stands for each side that does not say its own
    std::string decision;
    std::string member;
    std::string facts;
    std::string cases;
    std::string store;
    std::string language = "en";
    rules::difference_options search;
};

result<rules::pack_question> try_side_question(const diff_side& side, const diff_side& both, const char* letter) {
    const auto chosen = [](const std::string& own, const std::string& shared) { return own.empty() ? shared : own; };
    pack_question_options with;
    with.decided = chosen(side.decided, both.decided);
    with.event = chosen(side.event, both.event);
    with.variant = chosen(side.variant, both.variant);
    with.overrides = chosen(side.overrides, both.overrides);
    if (with.decided.empty())
        return error(error_code::invalid_argument, std::string("side ") + letter +
                                                       " has no date; give --decided for both, or --decided-a and "
                                                       "--decided-b");
    return try_question(with);
}

result<feel::context> try_facts(const std::string& text, const char* option) {
    if (text.empty()) return feel::context();
    POLKU_TRY(const feel::value read, json::try_parse(text));
    if (!read.is(feel::kind::context))
        return error(error_code::invalid_argument, std::string(option) + " is a JSON object of facts");
    return read.as_context();
}

/// The facts of one line, or of one stored decision: where they lie.
void count_facts(const rules::difference& in, const result<feel::context>& facts, std::size_t number,
                 diff_counts& into) {
    auto place = facts ? in.try_find(*facts) : result<rules::difference_place>(facts.error());
    ++into.lines;
    if (!place) {
        into.errors.emplace_back(number, std::move(place).error());
        return;
    }
    switch (place->is) {
        case rules::difference_place_kind::unchanged: ++into.unchanged; return;
        case rules::difference_place_kind::other: ++into.other; return;
        case rules::difference_place_kind::undecided: into.undecided.push_back(number); return;
        case rules::difference_place_kind::region: break;
    }
    diff_count& region = into.regions[place->region];
    ++region.lines;
    if (!place->differs) ++region.open;
    if (place->differs.value_or(false)) ++region.changed;
}

diff_counts count_lines(const rules::difference& in, const std::string& text) {
    diff_counts made;
    made.regions.resize(in.says().regions.size());
    std::size_t number = 0;
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t end = std::min(text.find('\n', from), text.size());
        std::string line = text.substr(from, end - from);
        from = end + 1;
        ++number;
        if (line.find_first_not_of(" \t\r") != std::string::npos)
            count_facts(in, try_facts(line, "a line of --cases"), number, made);
    }
    return made;
}

/// The facts of a store's decisions that the first pack made, each as it was asked; their numbers are counted in the
/// order of the cases.
result<std::vector<feel::context>> try_stored(const session& in, const std::string& store, std::string_view pack,
                                              const std::string& decision) {
    POLKU_TRY(const auto opened, open_store(in, store));
    std::vector<feel::context> facts;
    POLKU_CHECK(try_stored_questions(*opened, pack, decision, [&](const stored_question& each) -> result<void> {
        facts.push_back(each.asked.inputs);
        return {};
    }));
    return facts;
}

/// Where the lines of `--cases`, or the decisions of `--store`, lie.
result<std::optional<diff_counts>> try_counts(const session& in, const diff_options& with, const rules::difference& of,
                                              std::string_view pack, const std::string& cases) {
    if (of.says().has != rules::difference_side::both) return std::optional<diff_counts>();
    if (!with.cases.empty()) return std::optional<diff_counts>(count_lines(of, cases));
    if (with.store.empty()) return std::optional<diff_counts>();
    POLKU_TRY(const auto stored, try_stored(in, with.store, pack, of.says().decision));
    diff_counts made;
    made.regions.resize(of.says().regions.size());
    for (std::size_t each = 0; each < stored.size(); ++each) count_facts(of, stored[each], each + 1, made);
    return std::optional<diff_counts>(std::move(made));
}

/// The names to compare: the one that was asked for, or those that each side's pack lists.
result<std::vector<std::string>> try_names(const diff_options& with, const rules::pack& was, const rules::pack& is,
                                           const rules::difference_question& asked) {
    if (!with.decision.empty()) return std::vector<std::string>{with.decision};
    POLKU_TRY(const auto all, rules::try_decisions(was, asked.was, is, asked.is));
    std::vector<std::string> names;
    for (const rules::decision_presence& each : all) names.push_back(each.name);
    return names;
}

result<rules::difference_question> try_asked(const diff_options& with) {
    rules::difference_question asked;
    POLKU_TRY(asked.was, try_side_question(with.was, with.both, "A"));
    POLKU_TRY(asked.is, try_side_question(with.is, with.both, "B"));
    POLKU_TRY(asked.facts, try_facts(with.facts, "--input"));
    asked.member = with.member;
    return asked;
}

/// Faults of what was asked for: the command ends with `usage`, so that 1 means a difference and nothing else.
exit_status run_diff(const session& in, const diff_options& with) {
    auto asked = try_asked(with);
    if (!asked) return fail_usage(in, asked.error());
    const auto was = try_load_pack(with.was.pack);
    if (!was) return fail_usage(in, was.error());
    const auto is = try_load_pack(with.is.pack);
    if (!is) return fail_usage(in, is.error());
    const auto names = try_names(with, *was, *is, *asked);
    if (!names) return fail_usage(in, names.error());
    const auto cases = with.cases.empty() ? result<std::string>(std::string()) : read_file(with.cases);
    if (!cases) return fail_usage(in, cases.error());
    exit_status ends = exit_status::fine;
    std::vector<feel::value> documents;
    for (const std::string& name : *names) {
        asked->was.decision = asked->is.decision = name;
        const auto made = rules::try_difference(*was, *is, *asked, with.search);
        if (!made) return fail_usage(in, made.error());
        const rules::difference_answer& says = made->says();
        if (!says.is_same()) ends = exit_status::findings;
        const auto counts = try_counts(in, with, *made, was->says().id, *cases);
        if (!counts) return fail(in, counts.error());
        if (in.json)
            documents.push_back(diff_document(says, *counts));
        else
            std::cout << diff_text(says, *counts, {was->says(), is->says(), with.language});
    }
    if (in.json)
        std::cout << json::write(with.decision.empty() ? feel::value(std::move(documents)) : documents.front()) << "\n";
    return ends;
}

void add_side(CLI::App& to, diff_side& into, const std::string& letter, const std::string& of) {
    to.add_option("--decided" + letter, into.decided, "Date of the decision" + of);
    to.add_option("--event" + letter, into.event, "Date of the event" + of + ", when it is another");
    to.add_option("--variant" + letter, into.variant, "A version or flagged variant by its id" + of);
    to.add_option("--override" + letter, into.overrides,
                  "JSON object" + of + ": parameters that the authority gives another value");
}

}  // namespace

void register_diff(CLI::App& app, session& in) {
    auto with = std::make_shared<diff_options>();
    CLI::App* command = app.add_subcommand(
        "diff", "For which facts two rule packs, or one pack on two dates, decide differently, and how");
    command->add_option("PACK_A", with->was.pack, "What was: id of a shipped pack, or a folder with a pack.json")
        ->required();
    command->add_option("PACK_B", with->is.pack, "What is now")->required();
    command->add_option("DECISION", with->decision, "Name of a decision (default: all that the packs list)");
    add_side(*command, with->both, "", "");
    add_side(*command, with->was, "-a", " of A");
    add_side(*command, with->is, "-b", " of B");
    command->add_option("--member", with->member, "Member of the answer that is compared (default: the whole answer)");
    command->add_option("--input", with->facts, "JSON object: facts that are known; all others may have any value");
    command->add_option("--cases", with->cases,
                        "JSON Lines file (- for standard input): how many of its lines fall in each region");
    command
        ->add_option("--store", with->store,
                     "Store file: how many of its decisions by pack A fall in each region, by their stored facts")
        ->excludes("--cases");
    command->add_option("--max-regions", with->search.max_regions, "Regions that are told")->capture_default_str();
    add_language(*command, with->language, "--language", "Language of the answer: fi, sv, en, fi-selko");
    command->callback([with, &in] { in.run = [with, &in] { return run_diff(in, *with); }; });
}

}  // namespace polku::cli
