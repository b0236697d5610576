// SPDX-License-Identifier: Apache-2.0
#include <polku/json/decision_reader.hpp>

#include <polku/dmn/xml_reader.hpp>
#include <polku/json/text.hpp>

#include "property_count.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdlib>
#include <iterator>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dmn = polku::dmn;
namespace feel = polku::feel;
namespace json = polku::json;
using polku::error_code;

namespace {

struct named_type {
    const char* name;
    const char* type;  ///< empty: none declared
};

constexpr named_type declared[] = {{"age", "number"},
                                   {"name", "string"},
                                   {"able", "boolean"},
                                   {"born", "date"},
                                   {"clock", "time"},
                                   {"told", "dateTime"},
                                   {"span", "yearMonthDuration"},
                                   {"wait", "dayTimeDuration"},
                                   {"any", ""},
                                   {"payments", "tPayments"},
                                   {"home", "tHome"},
                                   {"scores", "tScores"},
                                   {"nested", "tNested"},
                                   {"open", "context"},
                                   {"\xc3\xa4\xc3\xa4ni \xe1\xba\xa1", "string"}};

dmn::program read_program() {
    std::string text =
        "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" name=\"m\" namespace=\"m\">"
        "<itemDefinition name=\"tPayment\">"
        "<itemComponent name=\"month\"><typeRef>string</typeRef></itemComponent>"
        "<itemComponent name=\"paid\"><typeRef>date</typeRef></itemComponent>"
        "<itemComponent name=\"amount\"><typeRef>number</typeRef></itemComponent>"
        "</itemDefinition>"
        "<itemDefinition name=\"tPayments\" isCollection=\"true\"><typeRef>tPayment</typeRef></itemDefinition>"
        "<itemDefinition name=\"tScores\" isCollection=\"true\"><typeRef>number</typeRef></itemDefinition>"
        "<itemDefinition name=\"tNested\" isCollection=\"true\"><typeRef>tScores</typeRef></itemDefinition>"
        "<itemDefinition name=\"tHome\">"
        "<itemComponent name=\"city\"><typeRef>string</typeRef></itemComponent>"
        "<itemComponent name=\"since\"><typeRef>date</typeRef></itemComponent>"
        "<itemComponent name=\"last\"><typeRef>tPayment</typeRef></itemComponent>"
        "</itemDefinition>"
        "<inputData id=\"i_other\" name=\"other\"><variable name=\"other\" typeRef=\"number\"/></inputData>"
        "<decision id=\"d\" name=\"d\"><variable name=\"d\"/>";
    std::string inputs;
    for (std::size_t at = 0; at < std::size(declared); ++at) {
        const std::string id = "i" + std::to_string(at);
        text += "<informationRequirement><requiredInput href=\"#" + id + "\"/></informationRequirement>";
        inputs += "<inputData id=\"" + id + "\" name=\"" + declared[at].name + "\"><variable name=\"" +
                  declared[at].name + "\"" +
                  (*declared[at].type != '\0' ? " typeRef=\"" + std::string(declared[at].type) + "\"" : "") +
                  "/></inputData>";
    }
    text += "<literalExpression><text>1</text></literalExpression></decision>" + inputs + "</definitions>";
    std::vector<dmn::model> models;
    models.push_back(dmn::try_read_model(text, "m.dmn").value());
    return dmn::try_compile(std::move(models)).value();
}

const json::input_plan& plan() {
    static const json::input_plan made = [] {
        const dmn::program program = read_program();
        return json::input_plan(program, *program.find("d"));
    }();
    return made;
}

std::size_t slot_of(std::string_view name) {
    const std::size_t at = plan().find(name);
    REQUIRE(at < plan().slots());
    return at;
}

/// Makes texts that are mostly right, with every kind of wrong and odd mixed in.
class text_maker {
public:
    explicit text_maker(std::uint64_t seed) : draw_(seed) {}

    std::string document() {
        std::string out = blank() + "{";
        const std::size_t begin = one_in(3) ? 0 : below(std::size(declared));
        const std::size_t count = below(std::size(declared) + 1);
        for (std::size_t i = 0; i < count; ++i) {
            const std::size_t at = one_in(12) ? below(std::size(declared)) : (begin + i) % std::size(declared);
            if (i > 0) out += "," + blank();
            out += key(declared[at].name) + blank() + ":" + blank() + of_type(declared[at].type, 0);
        }
        if (one_in(10)) out += std::string(count > 0 ? "," : "") + R"("other":)" + of_type("", 0);
        if (one_in(40)) out += std::string(count > 0 ? "," : "") + R"("agee":1)";
        out += "}" + blank();
        if (one_in(30) && !out.empty()) out.erase(below(out.size()), 1);
        if (one_in(60)) out.insert(below(out.size()), 1, static_cast<char>(draw_()));
        return out;
    }

private:
    std::size_t below(std::size_t bound) { return draw_() % bound; }
    bool one_in(std::size_t count) { return below(count) == 0; }
    std::string blank() { return one_in(6) ? (one_in(2) ? " " : "\n\t ") : ""; }
    std::string pick(std::initializer_list<const char*> from) { return from.begin()[below(from.size())]; }

    std::string key(std::string name) {
        // The same name in another Unicode form, and with an escape.
        const std::string composed = "\xe1\xba\xa1";
        if (const std::size_t at = name.find(composed); at != std::string::npos && one_in(2))
            name.replace(at, composed.size(), "a\xcc\xa3");
        if (name[0] == 'a' && one_in(8)) return "\"\\u0061" + name.substr(1) + "\"";
        return '"' + name + '"';
    }
    std::string number() {
        switch (below(8)) {
            case 0: return pick({"0", "-0", "1e3", "1.50", "-2.5E-3", "0.1", "0e0"});
            case 1:
                return pick({"123456789012345678", "1234567890123456789", "9223372036854775807", "-9223372036854775808",
                             "9223372036854775808", "18446744073709551616", "12345678.901234567890"});
            case 2:
                return pick({"1234567890123456789012345678901234", "12345678901234567890123456789012345", "1e7000"});
            default:
                return std::to_string(static_cast<std::int64_t>(below(200'000)) - 100'000) + (one_in(2) ? ".25" : "");
        }
    }
    std::string string() {
        return '"' +
               pick({"", "company", "a text that is longer than twelve bytes", "\\n\\u00e4\\ud83c\\udf32",
                     "\xc3\xa4iti", "2025-02-28", "\\\"q\\\\", "wage"}) +
               '"';
    }
    std::string list(std::string_view of, int depth) {
        std::string out = "[";
        const std::size_t count = below(5);
        for (std::size_t i = 0; i < count; ++i) out += (i > 0 ? "," : "") + blank() + of_type(of, depth + 1);
        return out + "]";
    }
    std::string object(std::initializer_list<named_type> members, int depth) {
        std::string out = "{";
        for (const named_type& each : members) {
            if (one_in(12)) continue;
            if (out.size() > 1) out += ",";
            out += '"' + std::string(one_in(30) ? "amount" : each.name) + "\":" + of_type(each.type, depth + 1);
        }
        if (one_in(8)) out += (out.size() > 1 ? "," : "") + key("a\xe1\xba\xa1") + ":" + of_type("", depth + 1);
        return out + "}";
    }
    std::string anything(int depth) {
        switch (below(depth < 4 ? 7 : 5)) {
            case 0: return "null";
            case 1: return "true";
            case 2: return number();
            case 3:
            case 4: return string();
            case 5: return list("", depth);
            default: return object({{"a", ""}, {"b", "number"}, {"c", ""}}, depth);
        }
    }
    std::string of_type(std::string_view type, int depth) {
        if (type.empty() || one_in(60)) return anything(depth);
        if (one_in(25)) return "null";
        if (type == "number") return number();
        if (type == "string") return string();
        if (type == "boolean") return pick({"true", "false"});
        if (type == "date") return pick({"\"2025-02-28\"", "\"2024-02-29\"", "\"999999999-12-31\"", "\"2025-02-30\""});
        if (type == "time") return pick({"\"10:00:00\"", "\"10:00:00.5+02:00\"", "\"23:59:59@Europe/Helsinki\""});
        if (type == "dateTime") return pick({"\"2025-02-28T10:00:00Z\"", "\"2025-02-28T10:00:00\"", "\"2025-02-28\""});
        if (type == "yearMonthDuration") return pick({"\"P1Y2M\"", "\"-P3M\""});
        if (type == "dayTimeDuration") return pick({"\"P1DT2H\"", "\"PT0.5S\"", "\"P1M\""});
        const std::initializer_list<named_type> payment = {{"month", "string"}, {"paid", "date"}, {"amount", "number"}};
        if (type == "tPayment") return object(payment, depth);
        if (type == "tPayments") return one_in(8) ? object(payment, depth) : list("tPayment", depth);
        if (type == "tScores") return one_in(8) ? number() : list("number", depth);
        if (type == "tNested") return one_in(8) ? number() : list("tScores", depth);
        if (type == "tHome") return object({{"city", "string"}, {"since", "date"}, {"last", "tPayment"}}, depth);
        return object({{"x", ""}, {"y", ""}}, depth);
    }

    std::mt19937_64 draw_;
};

void check_same(const polku::result<std::span<const feel::value>>& found,
                const polku::result<std::vector<feel::value>>& wanted) {
    REQUIRE(found.has_value() == wanted.has_value());
    if (!found) {
        CHECK(found.error().code() == wanted.error().code());
        CHECK(found.error().to_string() == wanted.error().to_string());
        return;
    }
    REQUIRE(found->size() == wanted->size());
    for (std::size_t at = 0; at < wanted->size(); ++at) {
        CHECK((*found)[at] == (*wanted)[at]);
        CHECK((*found)[at].reason() == (*wanted)[at].reason());
        // Equality of values passes over the order of entries and the scale of numbers; texts tell.
        CHECK(feel::to_string((*found)[at]) == feel::to_string((*wanted)[at]));
    }
}

polku::error failure(std::string_view text) {
    json::decision_reader reader;
    const feel::evaluation_context with;
    auto made = reader.try_read(plan(), text, with);
    REQUIRE_FALSE(made);
    REQUIRE(made.error().positions().size() == 1);
    return std::move(made).error();
}

}  // namespace

TEST_SUITE_BEGIN("json/decision_reader");

TEST_CASE("json/decision_reader: random texts give the slots and errors that the way by a document gives") {
    const std::size_t count = property_count(20'000);
    constexpr unsigned seed = 20261121;
    CAPTURE(seed);
    text_maker make(seed);
    json::decision_reader reader;
    const feel::evaluation_context with;
    unsigned long good = 0;
    for (unsigned long i = 0; i < count; ++i) {
        const std::string text = make.document();
        CAPTURE(text);
        const auto found = reader.try_read(plan(), text, with);
        good += found ? 1 : 0;
        check_same(found, json::decision_reader::try_read_document(plan(), text, with));
        if (i % 7 == 0) reader.clear();
    }
    CHECK(good > count / 4);
    CHECK(good < count);
}

TEST_CASE("json/decision_reader: values that somebody still holds are not touched by the next text") {
    constexpr unsigned seed = 20261123;
    CAPTURE(seed);
    text_maker make(seed);
    std::mt19937_64 draw(seed);
    json::decision_reader reader;
    const feel::evaluation_context with;
    std::vector<std::pair<feel::value, std::string>> held;
    for (int i = 0; i < 5'000; ++i) {
        const auto slots = reader.try_read(plan(), make.document(), with);
        if (!slots) continue;
        // The whole of a slot, or a part of it.
        for (const feel::value& each : *slots) {
            if (draw() % 4 != 0) continue;
            const bool is_list = each.is(feel::kind::list) && !each.as_list().empty() && draw() % 2 == 0;
            const feel::value& part = is_list ? each.as_list().front() : each;
            held.emplace_back(part, feel::to_string(part));
        }
        reader.clear();
        if (held.size() < 40) continue;
        for (const auto& [value, text] : held) CHECK(feel::to_string(value) == text);
        held.clear();
    }
}

TEST_CASE("json/decision_reader: strings and numbers of any bytes are read or refused as by a document") {
    constexpr unsigned seed = 20261122;
    CAPTURE(seed);
    std::mt19937_64 draw(seed);
    json::decision_reader reader;
    const feel::evaluation_context with;
    // What strings and numbers are made of, and what comes close to it.
    static constexpr std::string_view string_parts[] = {"a",
                                                        "twelve bytes",
                                                        "\\n",
                                                        "\\/",
                                                        "\\",
                                                        "\"",
                                                        "\\u00e4",
                                                        "\\uD83C\\uDF32",
                                                        "\\ud83c",
                                                        "\\udf32",
                                                        "\\u00g0",
                                                        "\\u12",
                                                        "\xc3\xa4",
                                                        "\xe2\x82\xac",
                                                        "\xf0\x9f\x8c\xb2",
                                                        "\xc0\xaf",
                                                        "\xe0\x9f\xbf",
                                                        "\xed\xa0\x80",
                                                        "\xf4\x90\x80\x80",
                                                        "\xf5\x80\x80\x80",
                                                        "\x80",
                                                        "\xc3",
                                                        "\xef\xbb\xbf",
                                                        "\x7f",
                                                        "\t",
                                                        "\x1f",
                                                        std::string_view("\0", 1)};
    static constexpr std::string_view number_parts[] = {"0",    "1",         "9",  "12345678", "-",          "+", ".",
                                                        "e",    "E",         "e+", "00",       "e-",         " ", "0.",
                                                        "e400", "000000000", "x",  ",",        "99999999999"};
    const auto made_of = [&draw](std::span<const std::string_view> parts, std::size_t most) {
        std::string out;
        for (std::size_t count = draw() % most + 1; count > 0; --count) {
            out += parts[draw() % parts.size()];
            if (draw() % 16 == 0) out += static_cast<char>(draw());
        }
        return out;
    };
    unsigned good = 0;
    for (int i = 0; i < 40'000; ++i) {
        const std::string text = i % 2 == 0 ? "{\"any\":\"" + made_of(string_parts, 5) + "\"}"
                                            : "{\"any\":" + made_of(number_parts, 4) + "}";
        CAPTURE(text);
        const auto found = reader.try_read(plan(), text, with);
        good += found ? 1 : 0;
        check_same(found, json::decision_reader::try_read_document(plan(), text, with));
    }
    CHECK(good > 4'000);
    CHECK(good < 36'000);
}

TEST_CASE("json/decision_reader: a text may end anywhere") {
    json::decision_reader reader;
    const feel::evaluation_context with;
    const std::string whole =
        R"( {"age": -12.5e1, "name" : "t\u00e4 \ud83c\udf32 long", "able":true,"any":[null,false,{"a":{}}]} )";
    const auto read = reader.try_read(plan(), whole, with);
    REQUIRE(read);
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        // A copy of its own, so that a look past its end is seen by the address sanitizer.
        const std::vector<char> text(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        CAPTURE(size);
        CHECK(reader.try_read(plan(), {text.data(), text.size()}, with).has_value() == (size + 1 >= whole.size()));
    }
}

TEST_CASE("json/decision_reader: nesting is read to the depth at which a document's ends") {
    json::decision_reader reader;
    const feel::evaluation_context with;
    for (std::size_t depth = 120; depth < 136; ++depth)
        for (const bool objects : {false, true}) {
            std::string text = "{\"any\":";
            for (std::size_t i = 0; i < depth; ++i) text += objects && i % 2 == 0 ? "{\"a\":" : "[";
            text += "1";
            for (std::size_t i = depth; i > 0; --i) text += objects && (i - 1) % 2 == 0 ? "}" : "]";
            text += "}";
            CAPTURE(depth);
            check_same(reader.try_read(plan(), text, with),
                       json::decision_reader::try_read_document(plan(), text, with));
        }
}

TEST_CASE("json/decision_reader: values get the types that the model declares") {
    json::decision_reader reader;
    const feel::evaluation_context with;
    const auto slots = reader.try_read(plan(),
                                       R"({"born":"2024-02-29","age":41.50,"payments":[{"month":"2025-01","paid":)"
                                       R"("2025-02-01","amount":-0.5}],"other":[1,{"x":2}],"told":null})",
                                       with);
    REQUIRE(slots);
    CHECK((*slots)[slot_of("born")] == feel::value(*polku::time::parse_date("2024-02-29")));
    CHECK((*slots)[slot_of("age")].as_number() == *feel::number::parse("41.5"));
    const feel::value payment = (*slots)[slot_of("payments")].as_list()[0];
    CHECK(payment.as_context().find("paid")->is(feel::kind::date));
    CHECK(payment.as_context().find("month")->as_string() == "2025-01");
    CHECK((*slots)[slot_of("told")].reason() == feel::null_reason::none);
    CHECK((*slots)[slot_of("name")].reason() == feel::null_reason::unknown_input);
    // The next text starts afresh, in another order and with other members.
    const auto again = reader.try_read(plan(), R"({"age":1,"payments":[{"amount":1,"tax":2},{"month":"x"}]})", with);
    REQUIRE(again);
    CHECK((*again)[slot_of("born")].is_null());
    CHECK(json::write((*again)[slot_of("payments")]) == R"([{"amount":1,"tax":2},{"month":"x"}])");
}

TEST_CASE("json/decision_reader: keys are compared in NFC, also with each other") {
    json::decision_reader reader;
    const feel::evaluation_context with;
    const std::string composed = "\xc3\xa4\xc3\xa4ni \xe1\xba\xa1";
    const std::string decomposed = "a\xcc\x88\xc3\xa4ni a\xcc\xa3";
    const auto slots = reader.try_read(plan(), "{\"" + decomposed + "\":\"yes\"}", with);
    REQUIRE(slots);
    CHECK((*slots)[slot_of(composed)].as_string() == "yes");
    CHECK(failure("{\"" + composed + "\":\"a\",\"" + decomposed + "\":\"b\"}").code() ==
          error_code::json_duplicate_key);
    CHECK(failure("{\"open\":{\"e\xcc\x81\":1,\"\xc3\xa9\":2}}").code() == error_code::json_duplicate_key);
    // A value is left as it is.
    const auto left = reader.try_read(plan(), "{\"name\":\"e\xcc\x81\"}", with);
    REQUIRE(left);
    CHECK((*left)[slot_of("name")].as_string() == "e\xcc\x81");
}

TEST_CASE("json/decision_reader: errors say line, column and pointer") {
    const auto check = [](std::string_view text, error_code code, unsigned line, unsigned column,
                          std::string_view pointer) {
        CAPTURE(std::string(text));
        const polku::error found = failure(text);
        CHECK(found.code() == code);
        CHECK(found.positions()[0].line == line);
        CHECK(found.positions()[0].column == column);
        CHECK(found.positions()[0].pointer == pointer);
    };
    check("{\"age\": 1,\n \"agee\": 2}", error_code::dmn_unknown_input, 2, 10, "/agee");
    check("{\"age\": 1,\n \"born\": \"2025-02-30\"}", error_code::dmn_input_type, 2, 10, "/born");
    check("{\"payments\": [{\"amount\": 1}, {\"amount\": true}]}", error_code::dmn_input_type, 1, 41,
          "/payments/1/amount");
    check("{\"age\": 1, \"age\": 2}", error_code::json_duplicate_key, 1, 13, "/age");
    check("{\"age\": 1x}", error_code::json_syntax, 1, 10, "");
    check(" [1]", error_code::dmn_input_type, 1, 2, "");
    check("", error_code::json_syntax, 1, 1, "");
    CHECK(failure(std::string(500, '[')).code() == error_code::limit_depth);
}

TEST_SUITE_END();
