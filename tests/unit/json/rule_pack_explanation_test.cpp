// SPDX-License-Identifier: Apache-2.0
#include <polku/rules/pack_explanation.hpp>

#include <polku/dmn/program.hpp>
#include <polku/dmn/xml_reader.hpp>
#include <polku/json/rule_pack.hpp>
#include <polku/json/shipped.hpp>
#include <polku/json/text.hpp>
#include <polku/rules/labels.hpp>
#include <polku/rules/pack_definition.hpp>

#include "explanation_reader.hpp"
#include "property_count.hpp"

#include <files.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <random>
#include <set>

using namespace polku;

TEST_SUITE_BEGIN("json/rule_pack_explanation");

namespace {

constexpr std::array<const char*, 4> languages{"fi", "sv", "en", "fi-selko"};

const feel::value& member(const feel::value& of, std::string_view name) {
    static const feel::value none;
    const feel::value* const found = of.is(feel::kind::context) ? of.as_context().find(name) : nullptr;
    return found != nullptr ? *found : none;
}

std::set<std::string> as_set(const std::vector<std::string>& of) { return {of.begin(), of.end()}; }

/// A pack with what the test needs to ask it at random: its models' inputs, the constants in them, its vectors.
class studied_pack {
public:
    explicit studied_pack(const std::string& id) : says(json::try_shipped_pack(id).value()) {
        const std::string file = std::string(POLKU_SOURCE_DIR) + "/tests/packs/" + id + ".json";
        vectors = json::try_parse(test_files::text_of(file)).value();
        rules::pack_definition all_open = says.says();
        for (rules::parameter& each : all_open.parameters) {
            for (rules::parameter_value& value : each.series) {
                value.override_ = true;
                draw_from(value.value);
            }
        }
        rules::pack_sources with;
        for (const json::shipped_file& each : json::shipped_folder(id)) {
            if (!each.name.ends_with(".dmn")) continue;
            with.models.emplace(each.name.substr(id.size() + 1), std::string(each.bytes));
            constants_of(std::string(each.bytes));
        }
        open = rules::try_compile_pack(std::move(all_open), with).value();
        for (const feel::value& each : member(vectors, "cases").as_list())
            for (const feel::context::entry& fact : member(each, "inputs").as_context())
                told[fact.name].push_back(fact.value);
    }

    rules::pack says;
    rules::pack open;  ///< every figure may have another value
    feel::value vectors;
    std::map<std::string, dmn::input_info> inputs;
    std::map<std::string, bool> lists;
    std::map<std::string, std::vector<feel::value>> told;  ///< by input: values in the vectors
    std::vector<feel::number> numbers;
    std::vector<time::date> dates;

private:
    void draw_from(const feel::value& of) {
        if (of.is(feel::kind::number)) numbers.push_back(of.as_number());
        if (of.is(feel::kind::string))
            if (const auto day = time::parse_date(of.as_string())) dates.push_back(*day);
    }

    void constants_of(const std::string& xml) {
        static const std::regex number(R"([ (\[>=.]((?:\d+\.)?\d+)[ )\]<,])");
        static const std::regex date(R"((\d{4}-\d\d-\d\d))");
        for (std::sregex_iterator at(xml.begin(), xml.end(), number), end; at != end; ++at)
            numbers.push_back(*feel::number::parse((*at)[1].str()));
        for (std::sregex_iterator at(xml.begin(), xml.end(), date), end; at != end; ++at)
            if (const auto day = time::parse_date((*at)[1].str())) dates.push_back(*day);
        const dmn::program program = dmn::try_compile({dmn::try_read_model(xml, "model").value()}).value();
        for (const dmn::decision_info& each : program.decisions()) {
            for (const dmn::input_info& input : program.inputs(each.ref)) {
                inputs[input.name] = input;
                lists[input.name] = input.type.is() == feel::type::form::list;
            }
        }
    }
};

/// Draws questions around the vectors of a pack and the constants of its models.
class question_maker {
public:
    question_maker(const studied_pack& of, std::uint64_t seed) : of_(of), draw_(seed) {}

    rules::pack_question make() {
        rules::pack_question asked;
        const auto cases = member(of_.vectors, "cases").as_list();
        const feel::value& base = cases[pick(cases.size())];
        asked.decision = std::string(member(base, "decision").as_string());
        asked.decided = *time::parse_date(member(base, "decided").as_string());
        if (const feel::value& event = member(base, "event"); !event.is_null())
            asked.event = time::parse_date(event.as_string());
        if (const feel::value& variant = member(base, "variant"); !variant.is_null())
            asked.variant = std::string(variant.as_string());
        if (one_in(4)) asked.decided = near(asked.decided);
        const feel::value& facts = member(base, "inputs");
        for (const rules::pack_input& each : of_.says.says().inputs) {
            const feel::value& given = member(facts, each.name);
            const bool is_drawn = given.is_null() ? one_in(6) : one_in(4);
            const feel::value value = is_drawn ? fact(each.name) : given;
            if (!value.is_null() && !one_in(12)) asked.inputs.set(each.name, value);
        }
        return asked;
    }

    /// A random value of an input, now and then unknown.
    feel::value fact(const std::string& name) {
        const auto seen = of_.told.find(name);
        if (seen != of_.told.end() && one_in(3)) return seen->second[pick(seen->second.size())];
        const auto known = of_.inputs.find(name);
        return known == of_.inputs.end() ? feel::value() : value_of(known->second.type, known->second.allowed_values);
    }

    std::size_t pick(std::size_t among) { return static_cast<std::size_t>(draw_() % among); }

private:
    bool one_in(std::size_t many) { return pick(many) == 0; }

    time::date near(time::date of) {
        constexpr int days[] = {0, 1, -1, 30, -30, 365, -365, 1500, -1500};
        return of.plus_days(days[pick(std::size(days))]).value();
    }

    feel::value value_of(const feel::type& type, const std::string& allowed) {
        switch (type.is()) {
            case feel::type::form::simple: return simple(type.simple_kind(), allowed);
            case feel::type::form::list: {
                std::vector<feel::value> items(pick(4));
                for (feel::value& each : items) each = value_of(type.element(), allowed);
                return feel::value(std::move(items));
            }
            case feel::type::form::context: {
                feel::context made;
                for (const feel::type::member& each : type.members())
                    made.set(each.name, one_in(8) ? feel::value() : value_of(*each.is, ""));
                return feel::value(std::move(made));
            }
            default: return feel::value();
        }
    }

    feel::value simple(feel::kind kind, const std::string& allowed) {
        switch (kind) {
            case feel::kind::boolean: return feel::value(one_in(2));
            case feel::kind::number: {
                static const char* const steps[] = {"0", "0", "1", "-1", "0.01", "-0.01"};
                const feel::number base =
                    one_in(8) ? feel::number::from_scaled(0, 0) : of_.numbers[pick(of_.numbers.size())];
                return feel::value(*feel::add(base, *feel::number::parse(steps[pick(std::size(steps))])));
            }
            case feel::kind::date: {
                static const time::date day = *time::parse_date("2026-03-01");
                return feel::value(near(of_.dates.empty() || one_in(3) ? day : of_.dates[pick(of_.dates.size())]));
            }
            case feel::kind::string: return text(allowed);
            case feel::kind::months_duration:
                return feel::value(time::months_duration{static_cast<std::int64_t>(pick(40))});
            case feel::kind::days_duration:
                return feel::value(time::days_duration{static_cast<std::int64_t>(pick(60)) * 86'400, 0});
            default: return feel::value();
        }
    }

    feel::value text(const std::string& allowed) {
        static const char* const odd[] = {"none", "ei", "12", "a, b", "(x: 1)", "- \"kyllä\"\n", "ääkköset", ""};
        std::vector<std::string> all;
        for (std::size_t open = allowed.find('"'); open != std::string::npos;) {
            const std::size_t close = allowed.find('"', open + 1);
            all.push_back(allowed.substr(open + 1, close - open - 1));
            open = allowed.find('"', close + 1);
        }
        return feel::value(all.empty() ? std::string(odd[pick(std::size(odd))]) : all[pick(all.size())]);
    }

    const studied_pack& of_;
    std::mt19937_64 draw_;
};

/// The question again with nothing but what the text says: its days, its facts, its figures; every other figure and
/// fact is unknown.
rules::pack_question question_again(const studied_pack& pack, const explanation_reader::read_back& read,
                                    const std::string& decision) {
    rules::pack_question asked;
    asked.decision = decision;
    asked.decided = read.decided;
    asked.event = read.event;
    if (read.asked_by_id) asked.variant = read.version;
    asked.inputs = read.facts;
    for (const rules::parameter& each : pack.says.says().parameters) asked.overrides.set(each.name, feel::value());
    for (const feel::context::entry& each : read.figures) asked.overrides.set(each.name, each.value);
    return asked;
}

bool is_same(const rules::pack_answer& one, const rules::pack_answer& other) {
    return one.value == other.value && as_set(one.rules) == as_set(other.rules);
}

/// Unknown, what lies past all limits, small numbers (of items, months, points), and those around what the question
/// has.
std::vector<feel::value> ends(const feel::value& of, const rules::pack_question& asked) {
    std::vector<feel::value> all{feel::value()};
    if (of.is(feel::kind::number)) {
        all.emplace_back(100'000'000);
        for (const feel::context* part : {&asked.inputs, &asked.overrides})
            for (const feel::context::entry& each : *part)
                if (each.value.is(feel::kind::number))
                    for (const int step : {-1, 0, 1})
                        all.emplace_back(*feel::add(each.value.as_number(), feel::number::from_scaled(step, 0)));
        for (int each = 0; each <= 30; ++each) all.emplace_back(each);
    }
    for (const std::int64_t months : {0, 1'200})
        if (of.is(feel::kind::months_duration)) all.emplace_back(time::months_duration{months});
    for (const std::int64_t days : {0, 36'525})
        if (of.is(feel::kind::days_duration)) all.emplace_back(time::days_duration{days * 86'400, 0});
    if (of.is(feel::kind::date))
        for (const int months : {1, -1, 12, -12}) all.emplace_back(of.as_date().plus_months(months).value());
    if (of.is(feel::kind::date))
        for (const char* each : {"1900-01-01", "1960-01-01", "2100-01-01"}) all.emplace_back(*time::parse_date(each));
    return all;
}

/// Whether some other value of what `name` names in `asked` gives another value or other rules.
bool matters(const studied_pack& pack, question_maker& draw, const rules::pack_question& asked,
             feel::context rules::pack_question::*part, const std::string& name, const rules::pack_answer& answer) {
    constexpr std::size_t draws = 60;
    rules::pack_question other = asked;
    const std::vector<feel::value> first = ends(*(asked.*part).find(name), asked);
    for (std::size_t i = 0; i < first.size() + draws; ++i) {
        (other.*part).set(name, i < first.size() ? first[i] : draw.fact(name));
        const auto changed = pack.open.try_decide(other);
        if (!changed || !is_same(*changed, answer)) return true;
    }
    return false;
}

struct tally {
    std::size_t cases = 0;
    std::size_t decided = 0;
    std::size_t facts = 0;
    std::size_t background = 0;
};

/// One random case: explained in a language, read back, decided again.
void check_case(const studied_pack& pack, question_maker& draw, const rules::pack_question& asked,
                const std::string& language, tally& into) {
    const auto first = pack.says.try_decide(asked);
    // Days without rules, or with rules that do not have the decision yet.
    if (!first &&
        (first.error().code() == error_code::pack_not_in_force || first.error().code() == error_code::not_found))
        return;
    REQUIRE_MESSAGE(first, first.error().to_string());
    const rules::explanation told = rules::try_explain(pack.says, asked, language).value();
    const std::string text = rules::to_text(told);
    CAPTURE(text);
    const explanation_reader::read_back read =
        explanation_reader::text_reader(pack.says.says(), language, pack.lists).read(text);
    ++into.cases;
    into.decided += first->value.is_null() ? 0 : 1;
    into.facts += read.facts.size();
    into.background += read.background.size();
    CHECK(read.version == first->version);
    REQUIRE(read.facts.size() == told.facts.size());
    REQUIRE(read.background.size() == told.background.size());
    REQUIRE(read.unknown.size() == told.unknown.size());

    const rules::pack_question again = question_again(pack, read, asked.decision);
    const auto second = pack.open.try_decide(again);
    REQUIRE_MESSAGE(second, second.error().to_string());
    CHECK(json::write(second->value) == json::write(first->value));
    CHECK(as_set(second->rules) == as_set(first->rules));

    // Beside the other grounds, else beside all that was told.
    rules::pack_question all_told = asked;
    for (const rules::used_parameter& each : first->parameters) all_told.overrides.set(each.name, each.value);
    for (const feel::context::entry& each : read.facts) {
        const std::string& name = each.name;
        CAPTURE(name);
        CHECK((matters(pack, draw, again, &rules::pack_question::inputs, name, *second) ||
               matters(pack, draw, all_told, &rules::pack_question::inputs, name, *first)));
    }
    for (const feel::context::entry& each : read.figures) {
        const std::string& name = each.name;
        CAPTURE(name);
        CHECK((matters(pack, draw, again, &rules::pack_question::overrides, name, *second) ||
               matters(pack, draw, all_told, &rules::pack_question::overrides, name, *first)));
    }
}

}  // namespace

TEST_CASE("json/rule_pack_explanation: random decisions of all packs can be made again from the text alone") {
    constexpr std::uint64_t seed = 20261122;
    CAPTURE(seed);
    const std::vector<std::string> ids = json::shipped_packs();
    constexpr std::size_t usual = 130;
    const std::size_t count = property_count(usual);
    for (const std::string& id : ids) {
        CAPTURE(id);
        const studied_pack pack(id);
        question_maker draw(pack, seed);
        tally made;
        for (std::size_t i = 0; made.cases < (count + ids.size() - 1) / ids.size() && i < count * 3; ++i) {
            CAPTURE(i);
            check_case(pack, draw, draw.make(), languages[i % languages.size()], made);
        }
        const std::string said = id + ": " + std::to_string(made.cases) + " cases, " + std::to_string(made.decided) +
                                 " decided, " + std::to_string(made.facts) + " grounds, " +
                                 std::to_string(made.background) + " background";
        if (std::getenv("POLKU_PROPERTY_COUNT") != nullptr) MESSAGE(said);
        CHECK(made.cases >= count / ids.size());
        if (!is_sampled(usual)) CHECK(made.decided > 0);
    }
}

TEST_CASE("json/rule_pack_explanation: exact words of odd values are read back in each language") {
    const time::date day = *time::parse_date("2026-03-01");
    const feel::value values[] = {
        feel::value("yes"),
        feel::value("kyllä"),
        feel::value("ei tiedossa"),
        feel::value("none"),
        feel::value(""),
        feel::value("12"),
        feel::value("7 days"),
        feel::value("a, b"),
        feel::value("line\nbreak \"q\" \\"),
        feel::value(*feel::number::parse("-1234567.890")),
        feel::value(0),
        feel::value(day),
        feel::value(true),
        feel::value(time::months_duration{14}),
        feel::value(time::months_duration{-24}),
        feel::value(time::days_duration{-3 * 86'400, 0}),
        feel::value(),
        feel::value(std::vector<feel::value>{feel::value(day), feel::value(), feel::value("x")}),
        feel::value(feel::context{{"day", feel::value(day)},
                                  {"amounts", feel::value(std::vector<feel::value>{1, *feel::number::parse("2.5")})},
                                  {"none", feel::value(std::vector<feel::value>())}})};
    for (const char* language : languages) {
        for (const feel::value& each : values) {
            const std::string words = rules::exact_words(each, language);
            CAPTURE(words);
            CHECK(words.find('\n') == std::string::npos);
            CHECK(explanation_reader::words_reader(words, language).whole(each.is(feel::kind::list)) == each);
        }
        const std::string empty = rules::exact_words(feel::value(std::vector<feel::value>()), language);
        CHECK(explanation_reader::words_reader(empty, language).whole(true).as_list().empty());
    }
}

TEST_CASE(
    "json/rule_pack_explanation: labels are told for values and read back; a text that is another's label is quoted") {
    const auto texts = [](const char* fi, const char* sv, const char* en) {
        return rules::texts{{"fi", fi}, {"sv", sv}, {"en", en}, {"fi-selko", fi}};
    };
    const rules::value_labels labels{
        {"way", {{"letter", texts("kirje", "brev", "by post")}, {"L2", texts("viesti", "letter", "message")}}}};
    const feel::value values[] = {feel::value("letter"),
                                  feel::value("L2"),
                                  feel::value("kirje"),
                                  feel::value("other"),
                                  feel::value("by post"),
                                  feel::value(std::vector<feel::value>{"letter", "brev", "L2"}),
                                  feel::value(feel::context{{"way", "letter"}, {"name", "letter"}})};
    for (const char* language : languages) {
        for (const feel::value& each : values) {
            const std::string words = rules::exact_words(each, language, labels, "way");
            CAPTURE(words);
            const bool is_list = each.is(feel::kind::list);
            CHECK(explanation_reader::words_reader(words, language, labels, "way").whole(is_list) == each);
        }
    }
    CHECK(rules::exact_words("letter", "en", labels, "way") == "by post");
    CHECK(rules::exact_words("letter", "sv", labels, "way") == "brev");
    CHECK(rules::exact_words("letter", "en", labels, "name") == "letter");
    CHECK(rules::exact_words("kirje", "fi", labels, "way") == "\"kirje\"");
    CHECK(rules::value_words("L2", "sv", labels, "way") == "letter");
}

TEST_CASE("json/rule_pack_explanation: the shipped labels stand in explanations, not the values") {
    const rules::pack pack = json::try_shipped_pack("muutoksenhaku").value();
    rules::pack_question asked;
    asked.decision = "Claim deadline";
    asked.decided = *time::parse_date("2026-06-01");
    asked.inputs = json::try_parse(R"({"decision kind": "employment service", "stage": "decision",
        "preparation only": false, "way": "letter", "sent day": "2026-06-01", "receipt shown": false})")
                       .value()
                       .as_context();
    const std::string text = rules::to_text(rules::try_explain(pack, asked, "fi").value());
    CAPTURE(text);
    CHECK(text.find("työvoimapalvelu\n") != std::string::npos);
    CHECK(text.find("- muutoksenhaun tapa: oikaisuvaatimus\n") != std::string::npos);
    CHECK(text.find("employment service") == std::string::npos);
    const feel::value document = json::to_value(rules::try_explain(pack, asked, "sv").value());
    CHECK(json::write(*document.as_context().find("words")).find("sätt att söka ändring: begäran om omprövning") !=
          std::string::npos);
    CHECK(document.as_context().find("value")->as_context().find("remedy") != nullptr);
}

namespace {

rules::pack_question asked_about(std::string decision, const char* day, const char* facts) {
    rules::pack_question asked;
    asked.decision = std::move(decision);
    asked.decided = *time::parse_date(day);
    asked.inputs = json::try_parse(facts).value().as_context();
    return asked;
}

std::vector<std::string> names(const std::vector<rules::told_fact>& of) {
    std::vector<std::string> all;
    for (const rules::told_fact& each : of) all.push_back(each.name);
    return all;
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("json/rule_pack_explanation: a decision that the pack does not list is asked by its name") {
    const rules::pack pack = json::try_shipped_pack("palkkatuki").value();
    CHECK(rules::try_explain(pack, asked_about("Grant", "2026-03-01", "{}"), "fi").value().question == "Grant");
}

TEST_CASE("json/rule_pack_explanation: grounds, background and unknown facts are told apart") {
    const rules::pack pack = json::try_shipped_pack("deminimis").value();
    const auto asked = asked_about("De minimis", "2026-11-01",
                                   R"({"excluded sector": true, "new aid": 70000, "majority of votes": true})");
    const rules::explanation told = rules::try_explain(pack, asked, "en").value();
    // The sector settles it and the new aid is in no part of the value: the sum needs the unknown earlier aid.
    CHECK(names(told.facts) == std::vector<std::string>{"excluded sector"});
    CHECK(names(told.background) == std::vector<std::string>{"new aid", "majority of votes"});
    CHECK(names(told.unknown) == std::vector<std::string>{"earlier aid", "group aid complete", "day of grant"});
    CHECK(told.figures.empty());
    REQUIRE(told.reasons.size() == 1);
    CHECK(told.reasons.front().rule == "fit_excluded");
    const std::string text = rules::to_text(told);
    CHECK(has(text, "- does the aid fit: outside the regulation\n"));
    CHECK_FALSE(has(text, told.meaning));  // each member has a name
    REQUIRE(told.labels);
    rules::explanation unnamed = told;
    unnamed.labels = std::make_shared<const rules::pack_labels>(rules::pack_labels{told.labels->by_name, {}});
    CHECK(has(rules::to_text(unnamed), "- fit: outside the regulation\n"));
    CHECK(has(rules::to_text(unnamed), told.meaning));
    CHECK(has(text, "Facts that the result rests on\n- Is the activity outside the regulation"));
    CHECK(has(text, "The rules were chosen by the day of the decision.\n"));
    CHECK(has(text, "\nThis is no legal advice."));
}

TEST_CASE("json/rule_pack_explanation: an answer that waits for facts says so, and one that the rules lack, too") {
    const rules::pack pack = json::try_shipped_pack("deminimis").value();
    const auto open = rules::try_explain(pack, asked_about("De minimis", "2026-11-01", "{}"), "fi-selko").value();
    CHECK(has(rules::to_text(open), "Asiaa ei voi vielä ratkaista. Tietoja puuttuu.\n"));
    CHECK(open.unknown.size() == 5);
    rules::explanation none = open;
    none.unknown.clear();
    CHECK(has(rules::to_text(none), "Säännöt eivät kerro tulosta näillä tiedoilla.\n"));
    CHECK(!rules::try_explain(pack, asked_about("Nothing", "2026-11-01", "{}"), "fi"));
    CHECK(!rules::try_explain(pack, asked_about("De minimis", "2020-01-01", "{}"), "fi"));
}

TEST_CASE("json/rule_pack_explanation: what is told of a decision without remedy, and of where to appeal") {
    const rules::pack remedies = json::try_shipped_pack("muutoksenhaku").value();
    const rules::pack process = json::try_shipped_pack("palveluprosessi").value();
    const auto waived = asked_about("Duty waiver", "2025-03-01", "{}");
    const auto without = rules::try_explain(process, waived, "fi").value();
    CHECK(without.appeal == "no remedy");
    CHECK(has(rules::to_text(without), "Muutoksenhaku\nPäätöksen laji muutoksenhaussa: no remedy\n"));
    const auto told = rules::try_explain(process, waived, "fi", &remedies).value();
    REQUIRE(told.appeal_guidance.size() == 1);
    CHECK(has(rules::to_text(told), "ei voi vaatia oikaisua eikä valittaa. ["));
    const rules::pack care = json::try_shipped_pack("kuntouttava").value();
    const auto admitted =
        rules::try_explain(care, asked_about("Admission", "2026-03-01", "{}"), "sv", &remedies).value();
    CHECK(has(rules::to_text(admitted), "Ändringssökande\n- Omprövning av socialvårdens beslut begärs inom 30 dagar"));
}

TEST_CASE("json/rule_pack_explanation: why the version rules is told: a provision, or an id with its flag") {
    const rules::pack shipped = json::try_shipped_pack("palveluprosessi").value();
    auto asked = asked_about("Initial interview", "2026-01-01",
                             R"({"job search start": "2026-01-01", "earlier job search": false})");
    asked.variant = "palveluprosessi-2026-01";
    const auto flagged = rules::try_explain(shipped, asked, "en").value();
    CHECK(flagged.asked_by_id);
    CHECK(has(rules::to_text(flagged), "asked for by their id, not by the day.\nNote: "));

    rules::pack_definition says = shipped.says();
    rules::transition older;
    older.id = "older";
    older.text = {{"fi", "a"}, {"sv", "b"}, {"en", "Earlier searches keep the earlier rules."}, {"fi-selko", "d"}};
    older.event = rules::date_interval{std::nullopt, *time::parse_date("2025-01-01")};
    older.version = says.versions.front().id;
    older.sources = {says.versions.front().sources.front()};
    says.transitions.push_back(older);
    rules::pack_sources with;
    for (const json::shipped_file& each : json::shipped_folder("palveluprosessi"))
        if (each.name.ends_with(".dmn"))
            with.models.emplace(each.name.substr(std::string_view("palveluprosessi/").size()), std::string(each.bytes));
    const rules::pack moved = rules::try_compile_pack(says, with).value();
    asked.variant.clear();
    asked.event = *time::parse_date("2024-12-31");
    const std::string text = rules::to_text(rules::try_explain(moved, asked, "en").value());
    CHECK(has(text, "Day of the event: 2024-12-31 ("));
    CHECK(has(text, "The rules were chosen by a transition provision: Earlier searches keep the earlier rules. ["));
    CHECK(has(text, says.versions.front().id));
}

TEST_CASE("json/rule_pack_explanation: figures tell who gave them and what a human must look at; JSON holds it all") {
    const rules::pack pack = json::try_shipped_pack("paikallislisa").value();
    const auto asked = asked_about(
        pack.says().decisions.front().name, "2026-03-01",
        R"({"employer sort": "company", "target group": true, "age": 40, "weekly hours": 30, "employment months": 8,
            "pay subsidy granted": false})");
    rules::pack_question other = asked;
    std::string changed;
    for (const rules::parameter& each : pack.says().parameters)
        if (changed.empty() && each.type == "number" && each.series.back().override_.value_or(false))
            changed = each.name;
    REQUIRE(!changed.empty());
    other.overrides.set(changed, feel::value(301));
    const auto told = rules::try_explain(pack, other, "en").value();
    const auto figure = std::find_if(told.figures.begin(), told.figures.end(),
                                     [&](const rules::told_figure& each) { return each.name == changed; });
    REQUIRE(figure != told.figures.end());
    CHECK(figure->overridden);
    CHECK(!figure->review.empty());
    CHECK(has(rules::to_text(told), "; value given by the authority; "));
    CHECK(has(rules::to_text(told), "  Review before use: "));
    const feel::value written = json::to_value(told);
    CHECK(member(written, "value") == told.value);
    CHECK(member(written, "facts").as_list().size() == told.facts.size());
    CHECK(member(written, "figures").as_list().size() == told.figures.size());
    CHECK(member(member(written, "version"), "chosen by") == feel::value("date"));
    CHECK(!member(written, "notice").is_null());
}

TEST_CASE("json/rule_pack_explanation: a reason names the acts of the version that ruled, not those of others") {
    const rules::pack pack = json::try_shipped_pack("palkkatuki").value();
    const char* const facts = R"({"subsidy ground": "reduced work ability", "employer kind": "other employer"})";
    const auto sources_on = [&](const char* day) {
        const auto told = rules::try_explain(pack, asked_about("Pay subsidy", day, facts), "en").value();
        std::set<std::string> acts;
        for (const rules::reason& each : told.reasons) {
            CHECK_FALSE(each.sources.empty());
            for (const std::string& source : each.sources) acts.insert(source.substr(0, source.find(' ')));
        }
        return acts;
    };
    CHECK(sources_on("2024-12-31") == std::set<std::string>{"371/2023"});
    CHECK(sources_on("2025-01-01") == std::set<std::string>{"380/2023"});
    const auto answer = pack.try_decide(asked_about("Pay subsidy", "2025-01-01", facts)).value();
    const std::string document = json::write(json::to_value(answer, pack));
    CHECK(has(document, "380/2023"));
    CHECK_FALSE(has(document, "371/2023"));
}
