// SPDX-License-Identifier: Apache-2.0
#include <polku/json/access.hpp>
#include <polku/json/path_case.hpp>
#include <polku/json/shipped.hpp>

#include "played_story.hpp"
#include "property_count.hpp"

#include <random>
#include <set>

using namespace polku;
using polku_tests::played;
using polku_tests::played_story;

namespace {

time::date day(std::string_view text) { return time::parse_date(text).value(); }

path::reader worker(std::string actor, std::string role, std::string organisation, std::string purpose = "services") {
    path::reader who;
    who.actor = std::move(actor);
    who.role = std::move(role);
    who.organisation = std::move(organisation);
    who.purpose = std::move(purpose);
    return who;
}

path::visibility seen(const played_story& story, const path::case_state& of, const path::reader& who, time::date on) {
    return json::try_shipped_access().value().try_decide(story.says(), of, who, on).value();
}

std::string allowed(const path::visibility& of) {
    std::string all;
    for (const path::access_answer& each : of.answers())
        if (each.allowed) all += (all.empty() ? "" : " ") + each.category;
    return all;
}

std::string rule_for(const path::visibility& of, std::string_view category) {
    for (const path::access_answer& each : of.answers())
        if (each.category == category) return each.rule;
    return "";
}

/// A case with nothing in it but what these tests put there.
struct bare_case {
    path::case_state state;
    time::date on = day("2026-06-01");

    bare_case() {
        state.client = "00000000000000000000000000c00001";
        state.opened = day("2026-05-01");
        add(state.responsible, "Riitta Esimerkki", "responsible_worker", "municipality");
    }
    void add(std::vector<path::responsibility>& to, std::string person, std::string role, std::string organisation) {
        to.push_back({{std::move(person), std::move(role), std::move(organisation)}, day("2026-05-01"), {}});
    }
    path::visibility seen_by(const path::reader& who) const { return seen(played("typ"), state, who, on); }
};

std::string view_text(const played_story& story, const path::case_state& of, const path::visibility& reader,
                      const std::string& language) {
    json::case_view_options how{story.examples.as_of, language};
    how.reader = &reader;
    const auto view = json::try_view_case(story.bundle.path, of, how);
    return view ? json::write(view.value()) : view.error().to_string();
}

/// Changes by chance what a reader may not see, and nothing else.
class hidden_changes {
public:
    hidden_changes(std::mt19937& random, const path::definition& says, const path::visibility& reader, time::date on)
        : random_(random), says_(says), reader_(reader), on_(on) {}

    path::case_state changed(path::case_state of) {
        facts(of);
        if (!reader_.sees("identity")) {
            text(of.details.given_name);
            text(of.details.family_name);
            text(of.details.identity_code);
        }
        if (!reader_.sees("contact")) contacts(of);
        if (!reader_.sees("health")) health(of);
        if (!reader_.sees("social")) social(of);
        for (path::decision_record& each : of.decisions) decision(each.content);
        return of;
    }
    int changes() const { return changes_; }

private:
    std::string by_chance() {
        ++changes_;
        std::string made;
        for (int i = 0; i < 6; ++i) made += static_cast<char>('a' + random_() % 26);
        return made;
    }
    void text(std::optional<std::string>& of) {
        if (random_() % 3 == 0)
            of.reset();
        else
            of = by_chance();
    }
    feel::value value() {
        ++changes_;
        switch (random_() % 3) {
            case 0: return feel::value(random_() % 2 == 0);
            case 1: return feel::value(static_cast<std::int64_t>(random_() % 100));
            default: return feel::value(by_chance());
        }
    }
    void facts(path::case_state& of) {
        for (const auto& [name, says] : says_.facts) {
            if (reader_.sees(says.category)) continue;
            if (random_() % 4 == 0) {
                of.facts.erase(name);
                ++changes_;
                continue;
            }
            path::fact& fact = of.facts[name];
            fact.name = name;
            fact.category = says.category;
            fact.value = value();
            fact.source = by_chance();
            fact.state = path::fact_state::known;
            fact.told = on_;
        }
    }
    void contacts(path::case_state& of) {
        text(of.details.address);
        text(of.details.phone);
        text(of.details.email);
        text(of.details.municipality);
        if (!path::is_non_disclosed(of, on_)) return;
        of.municipality = by_chance();
        for (path::assessment& each : of.assessments) text(each.organiser);
        for (path::coaching& each : of.coachings) text(each.environment);
        for (path::placement& each : of.placements) text(each.employer);
    }
    void health(path::case_state& of) {
        for (path::assessment& each : of.assessments) {
            text(each.result);
            text(each.purpose);
            each.strengths = {by_chance()};
            each.limits = {by_chance(), by_chance()};
        }
        for (path::instrument_result& each : of.instruments)
            for (auto& score : each.scores) score.second = feel::number(static_cast<std::int64_t>(random_() % 9));
    }
    void social(path::case_state& of) {
        for (path::referral& each : of.referrals) {
            text(each.reason);
            text(each.background);
            text(each.client_view);
            text(each.outcome);
        }
        for (path::meeting& each : of.meetings) {
            text(each.agreed);
            text(each.notes);
        }
    }
    bool is_hidden(const path::decision_made& of) const {
        for (const auto& [name, input] : of.inputs) {
            const auto fact = says_.facts.find(name);
            if (fact != says_.facts.end() && !reader_.sees(fact->second.category)) return true;
        }
        return !reader_.sees("employment");
    }
    void decision(path::decision_made& of) {
        if (!is_hidden(of)) return;
        for (auto& input : of.inputs) {
            const auto fact = says_.facts.find(input.first);
            if (fact != says_.facts.end() && !reader_.sees(fact->second.category)) input.second.value = value();
        }
        of.reasons = {by_chance()};
        for (auto& rule : of.rules) rule.rule = by_chance();
    }

    std::mt19937& random_;
    const path::definition& says_;
    const path::visibility& reader_;
    time::date on_;
    int changes_ = 0;
};

/// Readers of many kinds, those named in the case among them.
std::vector<path::reader> readers_of(const path::definition& says, const path::case_state& of) {
    std::vector<path::reader> all;
    std::set<std::string> people{"Ulla Ulkopuolinen"};
    for (const auto* list : {&of.responsible, &of.own_workers, &of.team})
        for (const path::responsibility& each : *list) people.insert(each.who.person);
    for (const std::string& person : people) {
        for (const auto& organisation : says.organisations) {
            all.push_back(worker(person, "responsible_worker", organisation.first));
            all.push_back(worker(person, "job_coach", organisation.first, "oversight"));
            all.push_back(worker(person, "own_worker", organisation.first));
            all.back().indispensable = "needed today";
        }
    }
    for (const path::representative& each : of.representatives) {
        all.push_back(worker(each.person, "", ""));
        all.back().representative = each.id;
    }
    return all;
}

}  // namespace

TEST_CASE("workspace/access: two clients who differ only in what a reader may not see look the same to them") {
    std::mt19937 random(20261122);
    const std::size_t wanted = property_count(10'000);
    std::size_t pairs = 0;
    std::size_t changes = 0;
    struct subject {
        const played_story* story;
        path::case_state state;
        std::vector<path::reader> readers;
    };
    std::vector<subject> subjects;
    for (const char* id : {"tyokyky-kayttoon", "toimi", "vaasa-tyokyky"}) {
        const played_story& story = played(id);
        for (path::case_state& state : story.all()) {
            std::vector<path::reader> readers = readers_of(story.says(), state);
            subjects.push_back({&story, std::move(state), std::move(readers)});
        }
    }
    // What a reader sees of one case is told once; each pair holds a changed case against it.
    while (pairs < wanted) {
        const subject& one = subjects[random() % subjects.size()];
        const path::reader& who = one.readers[random() % one.readers.size()];
        const path::visibility reader = seen(*one.story, one.state, who, one.story->examples.as_of);
        const std::string language = std::vector<std::string>{"fi", "sv", "en", "fi-selko"}[random() % 4];
        const std::string as_it_is = view_text(*one.story, one.state, reader, language);
        for (int i = 0; i < 50; ++i, ++pairs) {
            hidden_changes other(random, one.story->says(), reader, one.story->examples.as_of);
            const path::case_state changed = other.changed(one.state);
            changes += other.changes();
            const path::visibility again = seen(*one.story, changed, who, one.story->examples.as_of);
            REQUIRE(again.answers() == reader.answers());
            const std::string as_changed = view_text(*one.story, changed, again, language);
            REQUIRE_MESSAGE(as_changed == as_it_is, who.actor << " " << who.organisation << " " << who.role);
        }
    }
    CHECK(changes > 5 * pairs);
}

TEST_CASE("workspace/access: clients see their own data, and nobody sees a client's who has nothing to do with them") {
    const bare_case one;
    path::reader self;
    self.client = one.state.client;
    CHECK(allowed(one.seen_by(self)) == "identity contact employment economy social health");
    self.client = "00000000000000000000000000c00002";
    CHECK(one.seen_by(self).is_blind());
    CHECK(one.seen_by(worker("Ulla Ulkopuolinen", "responsible_worker", "municipality")).is_blind());
    CHECK(rule_for(one.seen_by(worker("Ulla Ulkopuolinen", "nurse", "county")), "health") == "no_relation");
}

TEST_CASE("workspace/access: 380/2023 114-115 § the employment authority sees health only when it is indispensable") {
    bare_case one;
    path::reader who = worker("Riitta Esimerkki", "responsible_worker", "municipality");
    CHECK(allowed(one.seen_by(who)) == "identity contact employment");
    CHECK(rule_for(one.seen_by(who), "health") == "employment_without");
    who.indispensable = "the work trial depends on lifting limits";
    CHECK(allowed(one.seen_by(who)) == "identity contact employment economy social health");
    who.indispensable = "";
    CHECK(allowed(one.seen_by(who)) == "identity contact employment");
    who.purpose = "curiosity";
    CHECK(one.seen_by(who).is_blind());
}

TEST_CASE("workspace/access: 380/2023 116 § a provider sees social data only with consent that names it") {
    bare_case one;
    one.add(one.state.team, "Jere Esimerkki", "experience_expert", "association");
    const path::reader who = worker("Jere Esimerkki", "experience_expert", "association");
    CHECK(allowed(one.seen_by(who)) == "identity contact employment");
    path::consent given;
    given.consent_ = "network";
    given.from = day("2026-05-02");
    given.until = day("2026-06-01");
    one.state.consents.push_back(given);
    CHECK(allowed(one.seen_by(who)) == "identity contact employment social");
    CHECK(rule_for(one.seen_by(who), "social") == "provider_consent");
    one.on = day("2026-06-02");
    CHECK(allowed(one.seen_by(who)) == "identity contact employment");
    one.on = day("2026-06-01");
    one.state.consents.back().withdrawn = day("2026-06-01");
    CHECK(allowed(one.seen_by(who)) == "identity contact employment");
}

TEST_CASE("workspace/access: 380/2023 118 § an employer sees nothing without consent, and then what it covers") {
    bare_case one;
    one.add(one.state.team, "Tuula Esimerkki", "employer_contact", "employer");
    const path::reader who = worker("Tuula Esimerkki", "employer_contact", "employer");
    CHECK(one.seen_by(who).is_blind());
    path::consent given;
    given.consent_ = "employer information";
    given.from = day("2026-05-02");
    one.state.consents.push_back(given);
    CHECK(allowed(one.seen_by(who)) == "employment");
    path::reader oversight = who;
    oversight.purpose = "oversight";
    CHECK(one.seen_by(oversight).is_blind());
}

TEST_CASE("workspace/access: a non-disclosure order hides contacts from all but those who write down why") {
    bare_case one;
    one.state.non_disclosures.push_back({day("2026-05-01"), day("2026-06-30")});
    path::reader who = worker("Riitta Esimerkki", "responsible_worker", "municipality");
    CHECK(rule_for(one.seen_by(who), "contact") == "contact_protected");
    who.indispensable = "a home visit";
    CHECK(rule_for(one.seen_by(who), "contact") == "contact_protected_needed");
    who.indispensable.reset();
    one.on = day("2026-07-01");
    CHECK(rule_for(one.seen_by(who), "contact") == "contact_open");
}

TEST_CASE("workspace/access: a representative sees what their matters cover, while they are in office") {
    bare_case one;
    path::representative trustee;
    trustee.id = "r1";
    trustee.kind = path::representative_kind::trustee;
    trustee.person = "Eero Esimerkki";
    trustee.scope = {"benefits"};
    trustee.from = day("2026-05-01");
    trustee.until = day("2026-06-01");
    one.state.representatives.push_back(trustee);
    path::reader who;
    who.actor = "Eero Esimerkki";
    who.representative = "r1";
    CHECK(allowed(one.seen_by(who)) == "identity economy");
    one.state.representatives.back().scope.clear();
    CHECK(allowed(one.seen_by(who)) == "identity contact employment economy social health");
    one.on = day("2026-06-02");
    CHECK(one.seen_by(who).is_blind());
}

TEST_CASE("workspace/access: a role alone opens a case only while nobody of that role has been named") {
    bare_case one;
    path::stage_stay stay;
    stay.stage = "mapping";
    stay.owner = "responsible_worker";
    one.state.stage = stay;
    const path::reader colleague = worker("Ulla Ulkopuolinen", "responsible_worker", "municipality");
    CHECK(path::relation_of(one.state, colleague, one.on) == path::reader_relation::none);
    one.state.responsible.back().until = one.on;
    CHECK(path::relation_of(one.state, colleague, one.on) == path::reader_relation::working);
    one.state.stage->owner = "job_coach";
    CHECK(path::relation_of(one.state, colleague, one.on) == path::reader_relation::none);
    one.state.stage->escalated_to = "responsible_worker";
    CHECK(path::relation_of(one.state, colleague, one.on) == path::reader_relation::working);
}

TEST_CASE("workspace/access: every organisation of a shipped path has a class, every record and event a category") {
    const path::access_definition& says = json::try_shipped_access().value().says();
    const std::set<std::string> categories(says.categories.begin(), says.categories.end());
    for (const auto* map : {&says.records, &says.events})
        for (const auto& each : *map) CHECK_MESSAGE(categories.count(each.second) == 1, each.first);
    for (const std::string& id : shipped_path_ids()) {
        const path_bundle bundle = try_shipped_path(id).value();
        for (const auto& organisation : bundle.path.says().organisations) {
            if (organisation.first == "close_ones") continue;  // clients and close ones are no organisation that reads
            CHECK_MESSAGE(says.organisations.count(organisation.first) == 1, id << ": " << organisation.first);
        }
        for (const auto& fact : bundle.path.says().facts)
            CHECK_MESSAGE(categories.count(fact.second.category) == 1, id << ": " << fact.first);
    }
    for (const auto& event : says.events) CHECK_MESSAGE(path::is_event_type(event.first), event.first);
}

TEST_CASE("workspace/access: the workspace shows a case as its reader may see it, and tells what it withholds") {
    played_story story("vaasa-tyokyky");
    const example_client& client = story.examples.clients.front();
    const path::case_state state = story.store->try_load(client.case_)->state;
    REQUIRE_FALSE(state.responsible.empty());
    view_options how{story.examples.as_of, "en"};
    const feel::value whole = story.store->try_case(client.case_, how).value();
    how.reader = worker("Ulla Ulkopuolinen", "responsible_worker", "municipality");
    const auto refused = story.store->try_case(client.case_, how);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code() == error_code::access_denied);
    CHECK(refused.error().message().find("703/2023 9 §") != std::string::npos);
    how.reader = path::reader{};
    how.reader->client = state.client;
    const feel::value own = story.store->try_case(client.case_, how).value();
    for (const auto& entry : whole.as_context()) {
        const feel::value* shown = own.as_context().find(entry.name);
        REQUIRE_MESSAGE(shown != nullptr, entry.name);
        CHECK_MESSAGE(*shown == entry.value, entry.name);
    }
    CHECK(own.as_context().find("withheld")->as_list().empty());
    how.reader = worker(state.responsible.back().who.person, "responsible_worker", "municipality");
    const feel::value answers =
        story.store->try_access(client.case_, *how.reader, state.responsible.back().from, "sv").value();
    CHECK(answers.as_context().find("relation")->as_string() == "working");
    CHECK(answers.as_context().find("answers")->as_list().size() == 6);
}

TEST_CASE("workspace/access: rules that cannot be used are refused with what is wrong") {
    const std::string text(*json::find_shipped("access/access.json"));
    const std::string model(*json::find_shipped("access/access.dmn"));
    const auto with = [&](const std::string& from, const std::string& to, bool in_model) {
        std::string said = text;
        std::string rules = model;
        std::string& changed = in_model ? rules : said;
        for (std::size_t at = changed.find(from); at != std::string::npos; at = changed.find(from, at + to.size()))
            changed.replace(at, from.size(), to);
        return json::try_read_access(said, rules, "access.json");
    };
    CHECK(with("x-nothing-x", "", false).has_value());
    const auto reason = with("\"no_relation\"", "\"some_relation\"", false);
    REQUIRE_FALSE(reason);
    CHECK(reason.error().code() == error_code::access_rules_unsound);
    CHECK(reason.error().message().find("'no_relation'") != std::string::npos);
    const auto decision = with("\"decision\": \"Access\"", "\"decision\": \"Entry\"", false);
    REQUIRE_FALSE(decision);
    CHECK(decision.error().code() == error_code::access_rules_unsound);
    const auto input = with("in scope", "in sight", true);
    REQUIRE_FALSE(input);
    CHECK(input.error().message().find("'in sight'") != std::string::npos);
    // A table that does not answer shows nothing.
    const auto silent = with("\"deny\"</text></outputEntry>", "null</text></outputEntry>", true);
    REQUIRE(silent);
    const bare_case one;
    const auto undecided = silent.value().try_decide(played("typ").says(), one.state,
                                                     worker("Ulla Ulkopuolinen", "nurse", "county"), one.on);
    REQUIRE_FALSE(undecided);
    CHECK(undecided.error().code() == error_code::access_undecided);
}
