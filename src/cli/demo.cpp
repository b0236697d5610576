// SPDX-License-Identifier: Apache-2.0
#include "demo.hpp"

#include <polku/json/text.hpp>
#include <polku/path/explain.hpp>
#include <polku/report/labels.hpp>
#include <polku/report/svg.hpp>
#include <polku/workspace/examples.hpp>

#include <utility>

namespace polku::cli {

namespace {

result<void> check_place(const example_client& one, const path::case_state& state) {
    const std::string stage = state.ending ? "closed" : state.stage ? state.stage->stage : "";
    const std::string exit = state.ending ? state.ending->exit : "";
    if (stage == one.expect.stage && exit == one.expect.exit.value_or("")) return {};
    return error(error_code::internal, "example client '" + one.id + "' is at " + stage + " " + exit +
                                           ", the file expects " + one.expect.stage + " " +
                                           one.expect.exit.value_or(""));
}

result<report::page_case> page_of(workspace& in, const example_client& one) {
    POLKU_TRY(loaded_case loaded, in.try_load(one.case_));
    POLKU_CHECK(check_place(one, loaded.state));
    return report::page_case{one.name, one.story, std::move(loaded.state)};
}

std::string padded(std::string text, std::size_t columns) {
    text = report::shortened(text, columns);
    text.append(columns - report::width_of(text), ' ');
    return text;
}

}  // namespace

result<demo_result> run_demo(workspace& in, std::string_view path_id,
                             const std::function<void(std::size_t done, std::size_t of)>& progress) {
    POLKU_TRY(const path_bundle bundle, try_shipped_path(path_id));
    POLKU_TRY(const example_file examples, try_shipped_examples(path_id));
    POLKU_CHECK(in.try_use(bundle));
    demo_result made{bundle.path, examples.notice, examples.as_of, {}, 0};
    const std::vector<feel::value> commands = commands_in_order(examples);
    for (const feel::value& command : commands) {
        auto done = in.try_execute(command);
        if (!done) {
            const error_code code = done.error().code();
            return error(code, "the example command " + json::write(command) + " failed")
                .because(std::move(done).error());
        }
        if (progress) progress(++made.commands, commands.size());
    }
    made.commands = commands.size();
    for (const example_client& one : examples.clients) {
        POLKU_TRY(report::page_case page, page_of(in, one));
        made.cases.push_back(std::move(page));
    }
    return made;
}

std::string demo_table(const demo_result& of, std::string_view language) {
    using report::label;
    constexpr std::size_t name_columns = 22;
    constexpr std::size_t entry_columns = 28;
    constexpr std::size_t place_columns = 32;
    std::string out = padded(std::string(report::word(label::client, language)), name_columns) + "  " +
                      padded(std::string(report::word(label::entry, language)), entry_columns) + "  " +
                      padded(std::string(report::word(label::now_in, language)), place_columns) + "  " +
                      std::string(report::word(label::reason, language)) + "\n";
    for (const report::page_case& one : of.cases) {
        const std::string entry_name = path::name_in(of.path.says(), one.state.entry, language);
        out += padded(one.name, name_columns) + "  " + padded(entry_name, entry_columns) + "  " +
               padded(report::place_text(one.state, of.path, language), place_columns) + "  " +
               report::reason_text(one.state, of.path, language) + "\n";
    }
    return out;
}

}  // namespace polku::cli
