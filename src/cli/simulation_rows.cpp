// SPDX-License-Identifier: Apache-2.0
#include "cli/simulation_rows.hpp"

#include <polku/feel/context.hpp>

#include <algorithm>
#include <ostream>

namespace polku::cli {

namespace {

void add_field(std::string& line, std::string_view text) {
    if (!line.empty()) line += ',';
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
        line += text;
        return;
    }
    line += '"';
    for (const char each : text) {
        if (each == '"') line += '"';
        line += each;
    }
    line += '"';
}

}  // namespace

simulation_rows::simulation_rows(std::ostream& to, const population::simulation_options& what,
                                 std::vector<std::string> members, const std::vector<std::string>& columns)
    : to_(to), what_(what), members_(std::move(members)) {
    for (std::size_t each = 0; each < columns.size(); ++each) {
        const auto is_in = [&](const std::vector<std::string>& names) {
            return std::find(names.begin(), names.end(), columns[each]) != names.end();
        };
        if (is_in(what.by) || is_in(what.keep) || what.municipality == columns[each]) shown_.push_back(each);
    }
    line_ = "row";
    add_field(line_, "day");
    for (const std::size_t each : shown_) add_field(line_, columns[each]);
    if (members_.empty()) members_.emplace_back();
    for (const char* side : {"", " against"}) {
        if (*side != '\0' && !what.against) continue;
        for (const std::string& each : members_) add_field(line_, (each.empty() ? "answer" : each) + side);
    }
    if (what.against) add_field(line_, "changed");
    if (what.benefit) add_field(line_, "municipal share");
    if (what.reasons) add_field(line_, "rules matched");
    add_field(line_, "fault");
    to_ << line_ << '\n';
}

void simulation_rows::write_answer(const population::simulated_answer* answer) {
    for (const std::string& each : members_) {
        if (answer == nullptr || answer->value.is_null()) {
            add_field(line_, {});
        } else if (each.empty()) {
            add_field(line_, population::cell_text(answer->value));
        } else {
            const feel::value* const found =
                answer->value.is(feel::kind::context) ? answer->value.as_context().find(each) : nullptr;
            add_field(line_, found == nullptr ? std::string() : population::cell_text(*found));
        }
    }
}

void simulation_rows::write(const population::simulated_row& row) {
    line_ = std::to_string(row.row);
    add_field(line_, time::to_string(row.day));
    for (const std::size_t each : shown_) add_field(line_, row.people->columns[each].at(row.at));
    write_answer(row.is);
    if (what_.against) {
        write_answer(row.against);
        add_field(line_, row.changed ? "true" : "false");
    }
    if (what_.benefit) add_field(line_, row.municipal_share ? row.municipal_share->to_string() : std::string());
    if (what_.reasons) {
        std::string reasons;
        if (row.is != nullptr)
            for (const std::string& each : row.is->reasons) reasons += (reasons.empty() ? "" : " ") + each;
        add_field(line_, reasons);
    }
    add_field(line_, row.fault == nullptr ? std::string() : row.fault->message());
    to_ << line_ << '\n';
}

}  // namespace polku::cli
