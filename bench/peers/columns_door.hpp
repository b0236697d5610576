// SPDX-License-Identifier: Apache-2.0
// polku's decisions over columns as an engine: a pass is one batch. For one table over whole numbers, truths and texts.
#ifndef POLKU_BENCH_COLUMNS_DOOR_HPP
#define POLKU_BENCH_COLUMNS_DOOR_HPP

#include "rows_protocol.hpp"

#include <polku/dmn/batch.hpp>
#include <polku/dmn/xml_reader.hpp>
#include <polku/json/text.hpp>

#include <deque>
#include <map>
#include <span>

namespace polku_bench {

class columns_door final : public engine {
public:
    columns_door(const std::string& xml, const std::string& decision)
        : program_(polku::dmn::try_compile({polku::dmn::try_read_model(xml, "model.dmn").value()}).value()),
          decision_(program_.find(decision).value()),
          batch_(polku::dmn::batch_evaluator::try_create(program_, decision_).value()),
          stores_(program_.inputs(decision_).size()) {}

    void add(const std::string& row) override {
        const polku::feel::value parsed = polku::json::try_parse(row).value();
        const auto inputs = program_.inputs(decision_);
        for (std::size_t at = 0; at < inputs.size(); ++at)
            stores_[at].add(*parsed.as_context().find(inputs[at].name), rows_);
        ++rows_;
        decided_ = 0;
    }
    /// Truths are bits, so that `from` is a multiple of eight.
    std::uint64_t pass(std::size_t from, std::size_t to) override {
        std::vector<polku::dmn::batch_column> columns;
        for (const store& each : stores_) columns.push_back(each.view(from, to));
        batch_.try_evaluate(columns, to - from, with_, answers_).value();
        return to - from;
    }
    /// The answers of all rows are made once.
    std::string text(std::size_t row) override {
        if (decided_ != rows_) pass(0, rows_);
        decided_ = rows_;
        return polku::json::write(answers_[row]);
    }

private:
    struct store {
        std::vector<std::int64_t> numbers;
        std::vector<std::int32_t> codes;
        std::deque<std::string> texts;
        std::vector<std::string_view> dictionary;
        std::map<std::string, std::int32_t, std::less<>> known;
        std::vector<std::uint8_t> bits;

        void add(const polku::feel::value& of, std::size_t row) {
            if (of.is(polku::feel::kind::number)) {
                numbers.push_back(of.as_number().to_int64().value());
            } else if (of.is(polku::feel::kind::string)) {
                const auto [at, is_new] =
                    known.emplace(std::string(of.as_string()), static_cast<std::int32_t>(dictionary.size()));
                if (is_new) dictionary.push_back(texts.emplace_back(of.as_string()));
                codes.push_back(at->second);
            } else {
                if (row % 8 == 0) bits.push_back(0);
                if (of.is_true()) bits.back() |= static_cast<std::uint8_t>(1U << (row % 8));
            }
        }
        polku::dmn::batch_column view(std::size_t from, std::size_t to) const {
            polku::dmn::batch_column made;
            if (!numbers.empty())
                made.data = polku::dmn::batch_column::integers{std::span(numbers).subspan(from, to - from), 0};
            else if (!codes.empty())
                made.data = polku::dmn::batch_column::codes{std::span(codes).subspan(from, to - from), dictionary};
            else
                made.data = polku::dmn::batch_column::booleans{std::span(bits).subspan(from / 8)};
            return made;
        }
    };

    polku::dmn::program program_;
    polku::dmn::decision_ref decision_;
    polku::dmn::batch_evaluator batch_;
    std::vector<store> stores_;
    polku::feel::evaluation_context with_;
    polku::dmn::batch_result answers_;
    std::size_t rows_ = 0;
    std::size_t decided_ = 0;
};

}  // namespace polku_bench

#endif
