// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_CLI_TCK_CASES_HPP
#define POLKU_CLI_TCK_CASES_HPP

#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/value.hpp>
#include <polku/result.hpp>

#include <string>
#include <vector>

namespace polku::cli {

// The test cases of the DMN Technology Compatibility Kit (testCases.xsd).

/// A value of a case. Numbers keep their text: how many decimals it has says how exactly a result must agree.
struct tck_value {
    feel::value is;
    std::string text;  ///< of a number
    struct entry;
    std::vector<entry> entries;  ///< of lists (unnamed) and contexts, beside `is`
};
struct tck_value::entry {
    std::string name;
    tck_value value;
};

struct tck_input {
    std::string name;
    std::string model_namespace;
    feel::value value;
};
struct tck_result {
    std::string name;
    std::string model_namespace;
    bool is_error = false;
    tck_value expected;
};
struct tck_case {
    std::string id;
    bool is_service = false;
    std::string invocable;
    std::vector<tck_input> inputs;
    std::vector<tck_result> results;
};
struct tck_file {
    std::string model_name;  ///< empty: the model file of the folder
    std::vector<tck_case> cases;
};

/// Reads a file of test cases. `with` gives the zones that temporal values may name.
result<tck_file> try_read_tck(const std::string& path, const feel::evaluation_context& with);

/// True when a result is what the case expects: numbers by value, or within the last decimal (at most the eighth) when
/// the case writes seven decimals or more; temporals by FEEL's equality; lists and contexts item by item.
bool agrees(const tck_value& expected, const feel::value& found, const feel::evaluation_context& with);

}  // namespace polku::cli

#endif
