// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"

#include <polku/version.hpp>

#include <CLI/CLI.hpp>

#include <exception>
#include <iostream>

namespace {

int run(int count, char** arguments) {
    using namespace polku::cli;
    CLI::App app{"polku: service paths and their rules", "polku"};
    app.set_version_flag("--version", "polku " POLKU_VERSION_STRING);
    app.require_subcommand(1);
    app.fallthrough();
    session in;
    app.add_flag("--json", in.json, "Write results and errors as JSON");
    app.add_flag("-v,--verbose", in.verbose, "Say more");
    app.add_option("--key-file", in.access.key_file, "Master keys of sealed stores: one `ID HEX` a line");
    app.add_option("--ledger", in.access.ledger, "Erasure ledger to be carried out as a restored store is opened");
    app.add_option("--log", in.access.log, "Use and disclosure log; reads then need --reader");
    app.add_option("--reader", in.access.reader, "Who reads and why: JSON, or a file of it");
    register_case(app, in);
    register_check(app, in);
    register_client(app, in);
    register_circling(app, in);
    register_decide(app, in);
    register_decision(app, in);
    register_demo(app, in);
    register_diff(app, in);
    register_due(app, in);
    register_generate(app, in);
    register_pack(app, in);
    register_place(app, in);
    register_equal(app, in);
    register_prove(app, in);
    register_registers(app, in);
    register_report(app, in);
    register_simulate(app, in);
    register_simulate_path(app, in);
    register_store(app, in);
    register_supplement(app, in);
    register_schema(app, in);
    register_tck(app, in);
    register_explain(app, in);
    register_missing(app, in);
    register_what_if(app, in);
    try {
        app.parse(count, arguments);
    } catch (const CLI::Success& done) {
        return app.exit(done);
    } catch (const CLI::ParseError& wrong) {
        app.exit(wrong);
        return static_cast<int>(exit_status::usage);
    }
    in.ends = in.run ? in.run() : exit_status::usage;
    return static_cast<int>(in.ends);
}

}  // namespace

int main(int count, char** arguments) {
    try {
        return run(count, arguments);
    } catch (const std::exception& what) {
        std::cerr << "polku: the engine failed: " << what.what() << "\n";
        return static_cast<int>(polku::cli::exit_status::engine);
    }
}
