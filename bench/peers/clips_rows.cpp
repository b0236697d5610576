// SPDX-License-Identifier: Apache-2.0
// CLIPS (Debian's libclips) behind the line protocol of README.md; the rules are WORKLOAD.clp, the answers by rule
// number WORKLOAD.answers.json.
//
//     clips_rows FOLDER WORKLOAD
#include "rows_protocol.hpp"

extern "C" {
#include <clips/clips.h>
}

#include <cctype>
#include <memory>
#include <utility>

namespace {

using namespace polku_bench;

/// A slot's value, made ready: a symbol or string of CLIPS, or a number.
struct slot_value {
    int type;
    void* value;
};

/// The texts of a JSON array of strings, with the escapes that JSON texts inside of JSON need.
std::vector<std::string> string_list(const std::string& json) {
    std::vector<std::string> found;
    bool inside = false;
    for (std::size_t at = 0; at < json.size(); ++at) {
        if (json[at] == '"') {
            inside = !inside;
            if (inside) found.emplace_back();
        } else if (inside) {
            found.back() += json[at] == '\\' ? json[++at] : json[at];
        }
    }
    return found;
}

/// Name and raw value of each member of a flat JSON object.
std::vector<std::pair<std::string, std::string>> members(const std::string& row) {
    std::vector<std::pair<std::string, std::string>> found;
    std::size_t at = row.find('"');
    while (at != std::string::npos) {
        const std::size_t end = row.find('"', at + 1);
        const std::size_t value = row.find(':', end) + 1;
        const std::size_t stop = row.find_first_of(",}", value);
        found.emplace_back(row.substr(at + 1, end - at - 1), row.substr(value, stop - value));
        at = row.find('"', stop);
    }
    return found;
}

class clips_engine final : public engine {
public:
    clips_engine(const std::string& rules, std::vector<std::string> answers)
        : answers_(std::move(answers)), environment_(CreateEnvironment()) {
        if (EnvLoad(environment_, rules.c_str()) != 1) throw std::runtime_error("CLIPS does not take " + rules);
        template_ = EnvFindDeftemplate(environment_, "row");
        EnvReset(environment_);
    }
    ~clips_engine() override { DestroyEnvironment(environment_); }
    void add(const std::string& row) override {
        std::vector<slot_value>& slots = rows_.emplace_back();
        for (const auto& [name, value] : members(row)) {
            if (rows_.size() == 1) names_.push_back(name);
            slots.push_back(value_of(value));
        }
    }
    std::uint64_t pass(std::size_t from, std::size_t to) override {
        return hits_of(from, to, [this](std::size_t row) { return run(row) >= 0; });
    }
    std::string text(std::size_t row) override {
        const long long rule = run(row);
        return rule < 0 ? "null" : answers_[static_cast<std::size_t>(rule)];
    }

private:
    slot_value value_of(const std::string& text) {
        slot_value made{};
        if (text.front() == '"') {
            made = {STRING, EnvAddSymbol(environment_, text.substr(1, text.size() - 2).c_str())};
            IncrementSymbolCount(made.value);
        } else if (std::isalpha(static_cast<unsigned char>(text.front())) != 0) {
            made = {SYMBOL, EnvAddSymbol(environment_, text == "true" ? "TRUE" : "FALSE")};
            IncrementSymbolCount(made.value);
        } else if (text.find('.') == std::string::npos) {
            made = {INTEGER, EnvAddLong(environment_, std::stoll(text))};
            IncrementIntegerCount(made.value);
        } else {
            made = {FLOAT, EnvAddDouble(environment_, std::stod(text))};
            IncrementFloatCount(made.value);
        }
        return made;
    }
    /// Asserts the row, lets the first rule fire, takes the row back: the number of the rule, or -1.
    long long run(std::size_t row) {
        DATA_OBJECT value{};
        value.type = INTEGER;
        value.value = EnvAddLong(environment_, -1);
        EnvSetDefglobalValue(environment_, "hit", &value);
        void* fact = EnvCreateFact(environment_, template_);
        for (std::size_t at = 0; at < names_.size(); ++at) {
            DATA_OBJECT slot{};
            slot.type = static_cast<unsigned short>(rows_[row][at].type);
            slot.value = rows_[row][at].value;
            EnvPutFactSlot(environment_, fact, names_[at].c_str(), &slot);
        }
        fact = EnvAssert(environment_, fact);
        EnvRun(environment_, 1);
        EnvGetDefglobalValue(environment_, "hit", &value);
        const long long hit = ValueToLong(value.value);
        EnvRetract(environment_, fact);
        return hit;
    }

    std::vector<std::string> answers_;
    void* environment_;
    void* template_ = nullptr;
    std::vector<std::string> names_;
    std::vector<std::vector<slot_value>> rows_;
};

}  // namespace

int main(int count, char** given) {
    if (count < 3) {
        std::cerr << "usage: clips_rows FOLDER WORKLOAD\n";
        return 2;
    }
    try {
        const std::string base = std::string(given[1]) + "/" + given[2];
        rows_session session(base + ".rows.jsonl");
        const std::string first = session.first_row();
        std::vector<std::string> answers = string_list(file_text(base + ".answers.json"));
        const double started = rows_session::seconds();
        clips_engine with(base + ".clp", std::move(answers));
        with.add(first);
        with.pass(0, 1);
        std::cout << "{\"load\":" << rows_session::seconds() - started << "}" << std::endl;
        session.serve(with);
        return 0;
    } catch (const std::exception& fault) {
        std::cerr << fault.what() << '\n';
        return 1;
    }
}
