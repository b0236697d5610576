// SPDX-License-Identifier: Apache-2.0
#include <polku/dmn/program.hpp>
#include <polku/dmn/xml_reader.hpp>
#include <polku/json/text.hpp>

#include <fstream>
#include <iostream>
#include <iterator>

int main() {
    namespace feel = polku::feel;
    feel::evaluation_context now;
    const auto due = feel::try_compile(R"(@"2026-11-24" + duration("P3M"))", {}).value();
    std::cout << polku::json::write(due.evaluate(now, {})) << '\n';  // "2027-02-24"

    std::ifstream in("support.dmn");
    const std::string xml{std::istreambuf_iterator<char>(in), {}};
    const auto program = polku::dmn::try_compile({polku::dmn::try_read_model(xml, "support.dmn").value()}).value();
    const feel::context inputs{{"work ability", 6}, {"months without work", 14}};
    const auto support = polku::dmn::try_evaluate(program, *program.find("Support"), inputs, now).value();
    std::cout << polku::json::write(support) << '\n';  // "coaching"
}
