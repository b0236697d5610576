// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/pack_files.hpp"
#include "cli/workspace_options.hpp"

#include <polku/json/text.hpp>
#include <polku/workspace/rule_packs.hpp>

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace polku::cli {

namespace {

struct decision_options {
    std::string store;
    std::string pack;
    pack_adoption by;
    std::string reason;
    std::string case_id;
    std::string asked_pack;
    std::string known_at;
    bool affected = false;
    bool replaced = false;
};

result<pack_bundle> try_bundle(const std::string& name) {
    POLKU_TRY(auto files, try_pack_files(name));
    const auto definition = files.find("pack.json");
    if (definition == files.end()) return try_shipped_pack_bundle(name);
    std::vector<named_text> texts{{definition->first, std::move(definition->second)}};
    for (auto& [file, text] : files)
        if (file != "pack.json") texts.push_back({file, std::move(text)});
    return try_make_pack(texts);
}

exit_status adopt(const session& in, decision_options& with) {
    auto options = options_of(in);
    if (!options) return fail(in, options.error());
    auto store = open_workspace(in, with.store, std::move(options).value());
    if (!store) return fail(in, store.error());
    const auto pack = try_bundle(with.pack);
    if (!pack) return fail(in, pack.error());
    if (!with.reason.empty()) with.by.reason = with.reason;
    const auto done = try_adopt_pack(**store, *pack, with.by);
    if (!done) return fail(in, done.error());
    if (in.json)
        print_document(in, feel::value(feel::context{{"pack", pack->id()}, {"hash", pack->hash_text()}}));
    else
        std::cout << pack->id() << " " << pack->hash_text() << "\n";
    return exit_status::fine;
}

exit_status show_packs(const session& in, const decision_options& with) {
    auto store = open_store(in, with.store);
    if (!store) return fail(in, store.error());
    const auto rows = try_adopted_packs(**store);
    if (!rows) return fail(in, rows.error());
    print_document(in, *rows);
    return exit_status::fine;
}

feel::value query_of(const decision_options& with) {
    feel::context made{{"affected", with.affected}, {"replaced", with.replaced}};
    if (!with.case_id.empty()) made.append("case", with.case_id);
    if (!with.asked_pack.empty()) made.append("pack", with.asked_pack);
    if (!with.known_at.empty()) made.append("known_at", with.known_at);
    return feel::value(std::move(made));
}

/// One line of JSON for each decision; `findings` when one is affected or does not derive as it was made.
exit_status check(const session& in, const decision_options& with) {
    const auto which = try_read_decision_query(query_of(with));
    if (!which) return fail_usage(in, which.error());
    auto store = open_store(in, with.store);
    if (!store) return fail(in, store.error());
    exit_status ends = exit_status::fine;
    const auto done = try_check_decisions(**store, *which, [&](const feel::value& one) -> result<void> {
        const feel::context& says = one.as_context();
        const bool is_same =
            *says.find("derived") == feel::value("same") || *says.find("derived") == feel::value("erased");
        if (says.find("affected")->is_true() || !is_same) ends = exit_status::findings;
        std::cout << json::write(one) << "\n";
        return {};
    });
    if (!done) return fail(in, done.error());
    return ends;
}

}  // namespace

void register_decision(CLI::App& app, session& in) {
    auto with = std::make_shared<decision_options>();
    CLI::App* command = app.add_subcommand(
        "decision", "Decisions by rule packs: packs that a store has in use, and decisions derived again");
    command->require_subcommand(1);

    CLI::App* take = command->add_subcommand("adopt", "Take a rule pack, or another text of it, into use");
    take->add_option("STORE", with->store, "Store file, made when it is not there")->required();
    take->add_option("PACK", with->pack, "Id of a shipped pack, or a folder with a pack.json")->required();
    take->add_option("--now", with->by.now, "Date-time with zone or offset")->required();
    take->add_option("--actor", with->by.actor, "Who does it")->required();
    take->add_option("--purpose", with->by.purpose, "Why")->capture_default_str()->default_val("rules in use");
    take->add_option("--command-id", with->by.command_id, "The same id again is no second adoption")->required();
    take->add_option("--reason", with->reason, "What has changed in the text");
    take->callback([&in, with] { in.run = [&in, with] { return adopt(in, *with); }; });

    CLI::App* packs = command->add_subcommand("packs", "Packs that a store has had in use");
    packs->add_option("STORE", with->store, "Store file")->required();
    packs->callback([&in, with] { in.run = [&in, with] { return show_packs(in, *with); }; });

    CLI::App* again = command->add_subcommand(
        "check", "Derive stored decisions again: as they were made, and as law and facts are known");
    again->add_option("STORE", with->store, "Store file")->required();
    again->add_option("--case", with->case_id, "Case id; default: all cases");
    again->add_option("--pack", with->asked_pack, "Id of a pack; default: any");
    again->add_option("--known-at", with->known_at, "Law and facts as recorded up to this date-time; default: all");
    again->add_flag("--affected", with->affected, "Only decisions that would be others now");
    again->add_flag("--replaced", with->replaced, "Also decisions that later ones have replaced");
    again->callback([&in, with] { in.run = [&in, with] { return check(in, *with); }; });
}

}  // namespace polku::cli
