// SPDX-License-Identifier: Apache-2.0
// Three very large tables with their inputs, made from a fixed seed: boundaries that repeat down a column, boundaries
// that are all different, and text keys that are all different.
#ifndef POLKU_BENCH_LARGE_TABLES_HPP
#define POLKU_BENCH_LARGE_TABLES_HPP

#include <polku/dmn/program.hpp>
#include <polku/dmn/xml_reader.hpp>
#include <polku/feel/value.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace polku_bench {

enum class large_shape { repeated, distinct, keys };

/// A small generator of its own, so that every machine makes the same tables.
class draws {
public:
    explicit draws(std::uint64_t seed) : state_(seed) {}
    std::uint64_t below(std::uint64_t bound) {
        state_ += 0x9E3779B97F4A7C15U;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
        return (mixed ^ (mixed >> 31U)) % bound;
    }

private:
    std::uint64_t state_;
};

/// The model of a table with `rules` rules over five inputs; most inputs that `large_inputs` makes hit a rule or a few.
class large_table {
public:
    large_table(large_shape shape, std::size_t rules) : shape_(shape), rules_(rules), random_(20261121 + rules) {}

    std::string xml() {
        std::string out = R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="def" name="large" namespace="https://example.org/large">
)";
        std::string required;
        std::string inputs;
        for (const char* name : {"amount", "score", "term", "age", "key"}) {
            const std::string type = *name == 'k' ? "string" : "number";
            out += std::string("  <inputData id=\"in_") + name + "\" name=\"" + name + "\"><variable name=\"" + name +
                   "\" typeRef=\"" + type + "\"/></inputData>\n";
            required += std::string("    <informationRequirement><requiredInput href=\"#in_") + name +
                        "\"/></informationRequirement>\n";
            inputs += "      <input id=\"t_" + std::string(name) + "\"><inputExpression typeRef=\"" + type +
                      "\"><text>" + name + "</text></inputExpression></input>\n";
        }
        out += "  <decision id=\"d\" name=\"answer\">\n    <variable name=\"answer\"/>\n" + required +
               "    <decisionTable id=\"t\" hitPolicy=\"FIRST\">\n" + inputs +
               "      <output id=\"t_o0\" name=\"rate\" typeRef=\"number\"/>\n"
               "      <output id=\"t_o1\" name=\"code\" typeRef=\"string\"/>\n";
        for (std::size_t rule = 0; rule < rules_; ++rule) add_rule(rule, out);
        return out + "    </decisionTable>\n  </decision>\n</definitions>\n";
    }

    std::vector<std::vector<polku::feel::value>> inputs(std::size_t count) {
        std::vector<std::vector<polku::feel::value>> made;
        const auto number = [&](std::uint64_t bound) {
            return polku::feel::value(
                polku::feel::number::from_scaled(static_cast<std::int64_t>(random_.below(bound)), 2));
        };
        for (std::size_t row = 0; row < count; ++row)
            made.push_back({number(span() * 100), number(span() * 100), number(span() * 100), number(span() * 100),
                            polku::feel::value(key(random_.below(keys() + keys() / 20)))});
        return made;
    }

private:
    /// Numbers lie in [0, span).
    std::uint64_t span() const { return shape_ == large_shape::repeated ? 1000 : 1'000'000; }
    std::uint64_t keys() const { return shape_ == large_shape::keys ? rules_ : 40; }
    static std::string key(std::uint64_t number) { return "municipality-" + std::to_string(100000 + number); }

    /// An interval of up to `widest` of the whole; repeated ones begin and end at multiples of 20.
    std::string interval(std::uint64_t widest) {
        const std::uint64_t step = shape_ == large_shape::repeated ? 20 : 1;
        const std::uint64_t low = random_.below(span() / step) * step;
        const std::uint64_t high = low + (1 + random_.below(widest / step)) * step;
        return "[" + std::to_string(low) + ".." + std::to_string(high) + ")";
    }
    void add_rule(std::size_t rule, std::string& out) {
        const auto entry = [&](const char* tag, std::size_t at, const std::string& text) {
            out += std::string("<") + tag + " id=\"r" + std::to_string(rule) + "_" + std::to_string(at) + "\"><text>" +
                   text + "</text></" + tag + ">";
        };
        out += "      <rule id=\"r" + std::to_string(rule) + "\">";
        for (std::size_t at = 0; at < 4; ++at)
            entry("inputEntry", at, random_.below(10) == 0 ? "-" : interval(span() / 5));
        entry("inputEntry", 4,
              shape_ == large_shape::keys ? "\"" + key(rule) + "\""
              : random_.below(3) == 0     ? "-"
                                          : "\"" + key(random_.below(40)) + "\", \"" + key(random_.below(40)) + "\"");
        entry("outputEntry", 5, "0." + std::to_string(100 + random_.below(900)));
        entry("outputEntry", 6, "\"K" + std::to_string(rule) + "\"");
        out += "</rule>\n";
    }

    large_shape shape_;
    std::size_t rules_;
    draws random_;
};

}  // namespace polku_bench

#endif
