// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_CLI_COMMANDS_HPP
#define POLKU_CLI_COMMANDS_HPP

#include "cli/session.hpp"

namespace CLI {
class App;
}

namespace polku::cli {

// One function for each subcommand, in command_<name>.cpp: it adds the subcommand with its options to the application,
// and a callback that sets `session::run`. `main.cpp` calls them all; a new command takes a line here and one there.
void register_case(CLI::App& app, session& in);
void register_check(CLI::App& app, session& in);
void register_client(CLI::App& app, session& in);
void register_circling(CLI::App& app, session& in);
void register_decide(CLI::App& app, session& in);
void register_decision(CLI::App& app, session& in);
void register_demo(CLI::App& app, session& in);
void register_diff(CLI::App& app, session& in);
void register_due(CLI::App& app, session& in);
void register_explain(CLI::App& app, session& in);
void register_generate(CLI::App& app, session& in);
void register_missing(CLI::App& app, session& in);
void register_pack(CLI::App& app, session& in);
/// `book` below `pack`.
void add_pack_book(CLI::App& to, session& in);
void register_place(CLI::App& app, session& in);
/// `places` below `case`.
void add_case_places(CLI::App& to, session& in);
void register_equal(CLI::App& app, session& in);
void register_prove(CLI::App& app, session& in);
/// `register`: what programmes keep beside their cases.
void register_registers(CLI::App& app, session& in);
void register_report(CLI::App& app, session& in);
void register_simulate(CLI::App& app, session& in);
/// `simulate-path`: clients along a path, month by month.
void register_simulate_path(CLI::App& app, session& in);
void register_store(CLI::App& app, session& in);
void register_supplement(CLI::App& app, session& in);
/// The subcommands of `store` on keys, erasing, retention and the use log.
void register_keeping(CLI::App& store, session& in);
void register_schema(CLI::App& app, session& in);
void register_tck(CLI::App& app, session& in);
void register_what_if(CLI::App& app, session& in);

/// The reports of figures (cost, esf, activation, budget) below `report`.
void add_money_reports(CLI::App& report, session& in);

}  // namespace polku::cli

#endif
