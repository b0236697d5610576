// SPDX-License-Identifier: Apache-2.0
// The workloads as files (bench/workloads/generate.py makes them at build time), read once.
#ifndef POLKU_BENCH_WORKLOAD_FILES_HPP
#define POLKU_BENCH_WORKLOAD_FILES_HPP

#include <polku/dmn/program.hpp>
#include <polku/dmn/xml_reader.hpp>
#include <polku/json/text.hpp>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

namespace polku_bench {

inline std::string read_file(const std::string& name) {
    std::ifstream file(std::string(POLKU_WORKLOADS) + "/" + name, std::ios::binary);
    if (!file) {
        std::cerr << "the workload file " << name << " is missing; build the target workloads\n";
        std::exit(2);
    }
    return std::string(std::istreambuf_iterator<char>(file), {});
}

inline std::vector<std::string> read_lines(const std::string& name) {
    std::ifstream file(std::string(POLKU_WORKLOADS) + "/" + name, std::ios::binary);
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return lines;
}

/// One workload: its model compiled, its rows as text and as the values of the decision's slots, the answers expected.
struct workload {
    std::string xml;
    polku::dmn::program program;
    polku::dmn::decision_ref decision;
    std::vector<std::string> rows;
    std::vector<polku::feel::value> parsed;
    std::vector<std::vector<polku::feel::value>> slots;
    std::vector<polku::feel::value> expected;
};

inline workload read_workload(const std::string& name, const std::string& decision) {
    using namespace polku;
    workload made;
    made.xml = read_file(name + ".dmn");
    made.program = dmn::try_compile({dmn::try_read_model(made.xml, name + ".dmn").value()}).value();
    made.decision = made.program.find(decision).value();
    made.rows = read_lines(name + ".rows.jsonl");
    for (const std::string& line : read_lines(name + ".expected.jsonl"))
        made.expected.push_back(json::try_parse(line).value());
    const feel::evaluation_context with;
    for (const std::string& row : made.rows) {
        made.parsed.push_back(json::try_parse(row).value());
        auto& slots = made.slots.emplace_back();
        for (const dmn::input_info& input : made.program.inputs(made.decision)) {
            const feel::value* given = made.parsed.back().as_context().find(input.name);
            slots.push_back(dmn::try_typed(*given, input.type, "/" + input.name, with).value());
        }
    }
    return made;
}

/// An integer member of a parsed row.
inline int whole(const polku::feel::value& row, std::string_view name) {
    return static_cast<int>(row.as_context().find(name)->as_number().to_int64().value());
}

inline std::string_view text(const polku::feel::value& row, std::string_view name) {
    return row.as_context().find(name)->as_string();
}

/// A number with at most two decimals in hundredths.
inline std::int64_t hundredths(const polku::feel::number& of) {
    return polku::feel::multiply(of, polku::feel::number(100))->to_int64().value();
}

}  // namespace polku_bench

#endif
