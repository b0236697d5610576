// SPDX-License-Identifier: Apache-2.0
// One client from referral to follow-up in C++: carries out the commands of a JSON Lines file in a store in memory,
// prints the answer to each, and at the end the case as a worker sees it.
//
//   one_client COMMANDS.jsonl AS_OF
#include <polku/json/text.hpp>
#include <polku/workspace/workspace.hpp>

#include <fstream>
#include <iostream>
#include <string>

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: one_client COMMANDS.jsonl AS_OF\n";
        return 2;
    }
    try {
        auto workspace = polku::workspace::try_open(":memory:").value();
        workspace->try_use(polku::try_shipped_path("tyokyky-kayttoon").value()).value();

        std::ifstream commands(argv[1]);
        std::string case_id;
        for (std::string line; std::getline(commands, line);) {
            const polku::feel::value answer = workspace->try_execute(polku::json::try_parse(line).value()).value();
            if (case_id.empty()) case_id = answer.as_context().find("case")->as_string();
            std::cout << polku::json::write(answer) << '\n';
        }
        polku::view_options view;
        view.as_of = polku::time::parse_date(argv[2]).value();
        view.language = "fi";
        std::cout << polku::json::write(workspace->try_case(case_id, view).value()) << '\n';
    } catch (const polku::exception& failure) {
        std::cerr << failure.what() << '\n';
        return 1;
    }
    return 0;
}
