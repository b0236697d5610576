// SPDX-License-Identifier: Apache-2.0
#include <polku/population/people.hpp>

#include <doctest/doctest.h>

#include <sstream>

using namespace polku;

namespace {

using table = std::vector<std::vector<std::string>>;

/// Names and rows; the error's text where the table cannot be read.
std::string read_all(const std::string& text, table& into, std::size_t block = 2, char separator = ',') {
    std::istringstream from(text);
    auto reader = population::try_read_csv(from, {"people.csv", separator});
    if (!reader) return reader.error().to_string();
    into.assign(1, (*reader)->columns());
    population::people_block rows;
    std::size_t expected = 1;
    for (;;) {
        const auto more = (*reader)->try_next(rows, block);
        if (!more) return more.error().to_string();
        if (!*more) return {};
        CHECK(rows.first_row == expected);
        CHECK(rows.rows <= block);
        expected += rows.rows;
        for (std::size_t row = 0; row < rows.rows; ++row) {
            into.emplace_back();
            for (const population::text_column& each : rows.columns) into.back().emplace_back(each.at(row));
        }
    }
}

std::string fault_of(const std::string& text) {
    table ignored;
    return read_all(text, ignored);
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_SUITE_BEGIN("population/people");

TEST_CASE("rows are read as they were written, whatever the line ends, quotes and blocks") {
    const table wanted{{"age", "note"}, {"56", "a, b"}, {"", "says \"no\"\nand goes"}, {"20", ""}, {"7", "ä"}};
    for (const std::size_t block : {1U, 2U, 3U, 100U}) {
        table found;
        CHECK(read_all("age,note\n56,\"a, b\"\n,\"says \"\"no\"\"\nand goes\"\n20,\n7,ä\n", found, block).empty());
        CHECK(found == wanted);
        CHECK(read_all("\xEF\xBB\xBF"
                       "age,note\r\n56,\"a, b\"\r\n,\"says \"\"no\"\"\nand goes\"\r\n20,\"\"\r\n7,ä",
                       found, block)
                  .empty());
        CHECK(found == wanted);
    }
    table found;
    CHECK(read_all("age;note\n5,5;x\n", found, 2, ';').empty());
    CHECK(found == table{{"age", "note"}, {"5,5", "x"}});
    CHECK(read_all("age\n", found).empty());
    CHECK(found == table{{"age"}});
}

TEST_CASE("a table longer than what is held at a time is read alike") {
    std::string text = "a,b\n";
    table wanted{{"a", "b"}};
    for (int row = 0; row < 20'000; ++row) {
        const std::string cell = std::to_string(row * 7919 % 1013);
        // Rows with quotes and plain ones, of each line end.
        const bool is_quoted = row % 3 == 0;
        text += cell + (is_quoted ? ",\"" + cell + "\"\"\"" : "," + cell) + (row % 5 == 0 ? "\r\n" : "\n");
        wanted.push_back({cell, is_quoted ? cell + "\"" : cell});
    }
    table found;
    CHECK(read_all(text, found, 999).empty());
    CHECK(found == wanted);
    CHECK(read_all(text + "1,2,3\n", found, 999).rfind("people.csv:20002: ", 0) == 0);
}

TEST_CASE("what is no table is said with its line") {
    CHECK(has(fault_of(""), "the table is empty"));
    CHECK(has(fault_of("a,,b\n"), "column 2 has no name"));
    CHECK(has(fault_of("a,b,a\n"), "two columns are called 'a'"));
    CHECK(fault_of("a,b\n1,2\n3\n").rfind("people.csv:3", 0) == 0);
    CHECK(has(fault_of("a,b\n1,2\n3\n"), "the row has 1 fields, and the first row names 2 columns"));
    CHECK(has(fault_of("a,b\n1,2,3\n"), "more fields than the 2 columns"));
    CHECK(has(fault_of("a,b\n1,x\"y\n"), "a quote stands inside a field"));
    CHECK(has(fault_of("a,b\n1,\"x\"y\n"), "a closed quote is followed by neither"));
    CHECK(fault_of("a,b\n1,\"x\n\n\n").rfind("people.csv:2", 0) == 0);
    CHECK(has(fault_of("a,b\n1,\"x\n"), "never closed"));
    CHECK(has(fault_of("a,b\n1\r2,3\n"), "carriage return"));
    CHECK(has(fault_of("a,b\n1,2\r\r\n"), "carriage return"));
    CHECK(has(fault_of("a,b\n1,2\n\n"), "the row has 1 fields"));
    CHECK(has(fault_of("a,b\n1,2\n3,12345678\xff\n"), "row 2 is not UTF-8"));
    CHECK(has(fault_of("a,b\n1,2\n3,\xff\n"), "row 2 is not UTF-8"));
    CHECK(has(fault_of("a\n" + std::string(1'000'002, 'x') + "\n"), "a field is longer than 1000000 bytes"));
    CHECK(has(fault_of("a\n\"" + std::string(1'000'002, 'x') + "\n"), "a field is longer than 1000000 bytes"));
}

TEST_SUITE_END();
