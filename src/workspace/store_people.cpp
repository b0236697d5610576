// SPDX-License-Identifier: Apache-2.0
#include <polku/workspace/store_people.hpp>

#include <polku/path/case_on.hpp>
#include <polku/report/case_record.hpp>
#include <polku/report/situation.hpp>
#include <polku/storage/hash.hpp>

#include <algorithm>
#include <array>
#include <set>

namespace polku::inline POLKU_V {

namespace {

constexpr std::array<std::string_view, 3> own_columns = {"municipality", "path", "stage"};
constexpr std::uint64_t tell_after = 1000;

class store_people final : public population::people_reader {
public:
    store_people(workspace& of, const std::vector<std::string>& facts, store_people_options with)
        : of_(of), with_(std::move(with)), columns_(own_columns.begin(), own_columns.end()) {
        query_.kind = path::stream_kind::case_;
        for (const std::string& each : facts) {
            if (each == own_columns[0]) has_municipality_ = true;
            if (std::find(columns_.begin(), columns_.end(), each) == columns_.end()) columns_.push_back(each);
        }
    }

    const std::vector<std::string>& columns() const noexcept override { return columns_; }

    result<bool> try_next(population::people_block& into, std::size_t most) override {
        into.first_row = rows_ + 1;
        into.rows = 0;
        into.columns.resize(columns_.size());
        for (population::text_column& each : into.columns) {
            each.bytes.clear();
            each.offsets.assign(1, 0);
        }
        while (into.rows < most) {
            if (next_ == streams_.size()) {
                POLKU_TRY(const bool is_more, try_streams());
                if (!is_more) break;
            }
            POLKU_CHECK(add_case(into, streams_[next_++].stream));
        }
        rows_ += into.rows;
        return into.rows > 0;
    }

    /// Columns that a row had a value in.
    const std::set<std::string>& seen() const noexcept { return seen_; }

private:
    result<bool> try_streams() {
        if (is_last_) return false;
        POLKU_TRY(streams_, of_.store().try_find_streams(query_));
        next_ = 0;
        is_last_ = streams_.size() < query_.limit;
        if (!streams_.empty()) query_.after = streams_.back().number;
        return !streams_.empty();
    }

    result<void> add_case(population::people_block& into, const path::stream_id& id) {
        POLKU_TRY(const loaded_case loaded, of_.try_load(storage::to_hex(id.bytes)));
        if (++cases_ % tell_after == 0 && with_.progress) with_.progress(cases_);
        const auto record = report::try_record(loaded.path, loaded.state, with_.as_of);
        if (!record || (record->ending && !with_.ended)) return {};
        const path::case_state then = path::case_on(loaded.state, with_.as_of);
        const bool is_hidden = record->municipality.empty();
        add_cell(into, 0,
                 !is_hidden          ? record->municipality
                 : has_municipality_ ? ""
                                     : std::string(report::layer_not_shown));
        add_cell(into, 1, loaded.path.says().id);
        add_cell(into, 2, record->walk.back().to);
        for (std::size_t each = own_columns.size(); each < columns_.size(); ++each) {
            const auto found = then.facts.find(columns_[each]);
            const bool is_known = found != then.facts.end() && path::is_known(found->second, with_.as_of);
            add_cell(into, each, is_known ? population::cell_text(found->second.value) : std::string());
        }
        ++into.rows;
        return {};
    }

    void add_cell(population::people_block& into, std::size_t column, const std::string& text) {
        population::text_column& cells = into.columns[column];
        cells.bytes += text;
        cells.offsets.push_back(static_cast<std::int32_t>(cells.bytes.size()));
        if (!text.empty()) seen_.insert(columns_[column]);
    }

    workspace& of_;
    store_people_options with_;
    std::vector<std::string> columns_;
    bool has_municipality_ = false;
    storage::stream_query query_;
    std::vector<storage::stream_row> streams_;
    std::size_t next_ = 0;
    bool is_last_ = false;
    std::size_t rows_ = 0;
    std::uint64_t cases_ = 0;
    std::set<std::string> seen_;
};

/// A table without rows, to learn which facts the rules ask for.
class no_people final : public population::people_reader {
public:
    explicit no_people(std::vector<std::string> columns) : columns_(std::move(columns)) {}
    const std::vector<std::string>& columns() const noexcept override { return columns_; }
    result<bool> try_next(population::people_block&, std::size_t) override { return false; }

private:
    std::vector<std::string> columns_;
};

/// The facts that the rules ask for: those that a table without columns leaves unknown.
result<std::vector<std::string>> try_asked_facts(population::simulation_options what) {
    what.by.clear();
    what.keep.clear();
    what.progress = {};
    what.benefit.reset();
    no_people nobody({});
    POLKU_TRY(population::simulation_report asked, population::try_simulate(what, nobody));
    return std::move(asked.unknown);
}

}  // namespace

std::unique_ptr<population::people_reader> read_store_people(workspace& of, const std::vector<std::string>& facts,
                                                             const store_people_options& with) {
    return std::make_unique<store_people>(of, facts, with);
}

result<population::simulation_report> try_simulate_store(workspace& of, population::simulation_options what,
                                                         const store_people_options& with) {
    if (what.each_row)
        return error(error_code::invalid_argument,
                     "rows of single clients are not made from a store, only counts; make a table of people for them");
    if (what.municipality)
        return error(error_code::invalid_argument,
                     "the municipalities of a store are checked already; count by the column 'municipality'");
    for (const std::string_view each : own_columns)
        if (std::find(what.by.begin(), what.by.end(), each) == what.by.end()) what.keep.emplace_back(each);
    POLKU_TRY(const std::vector<std::string> facts, try_asked_facts(what));
    store_people people(of, facts, with);
    POLKU_TRY(population::simulation_report made, population::try_simulate(what, people));
    for (const std::string& each : facts)
        if (people.seen().count(each) == 0) made.unknown.push_back(each);
    return made;
}

}  // namespace polku::inline POLKU_V
