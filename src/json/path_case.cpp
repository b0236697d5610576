// SPDX-License-Identifier: Apache-2.0
#include <polku/json/path_case.hpp>

#include <polku/json/described.hpp>
#include <polku/path/explain.hpp>

#include "reader_view.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string_view>

namespace polku::inline POLKU_V::json {

namespace {

/// Facts of this category are contacts; a non-disclosure order hides them.
constexpr std::string_view contact_category = "contact";

feel::context without(const feel::value& from, std::initializer_list<std::string_view> names) {
    feel::context made;
    for (const auto& entry : from.as_context())
        if (std::find(names.begin(), names.end(), entry.name) == names.end()) made.append(entry.name, entry.value);
    return made;
}

class case_writer {
public:
    case_writer(const path::service_path& path, const path::case_state& of, const case_view_options& how)
        : path_(path),
          of_(of),
          how_(how),
          hides_(path::is_non_disclosed(of, how.as_of) && !may_show(how)),
          hides_contacts_(how.reader != nullptr ? !may_show(how) : hides_) {}

    feel::value write() {
        head();
        people();
        facts();
        records();
        open_things();
        decisions();
        pack_decisions();
        timeline();
        return feel::value(std::move(made_));
    }

private:
    static bool may_show(const case_view_options& how) {
        return how.reader != nullptr ? how.reader->sees(contact_category) : how.show_protected;
    }
    const path::definition& says() const { return path_.says(); }
    std::string name(std::string_view id) const { return path::name_in(says(), id, how_.language); }
    void add(std::string_view member, feel::value of) { made_.append(member, std::move(of)); }

    template <class Record>
    feel::value all(const std::vector<Record>& of) const {
        return to_value(of);
    }
    /// Records without members that a non-disclosure order hides.
    template <class Record>
    feel::value shown(const std::vector<Record>& of, std::initializer_list<std::string_view> secret) const {
        std::vector<feel::value> items;
        for (const Record& each : of) {
            const feel::value whole = to_value(each);
            items.push_back(hides_ ? feel::value(without(whole, secret)) : whole);
        }
        return feel::value(std::move(items));
    }

    void head() {
        add("path",
            feel::context{
                {"id", says().id}, {"version", says().version}, {"name", path::text_in(says().name, how_.language)}});
        add("as_of", how_.as_of);
        add("status", of_.is_closed() ? "closed" : "open");
        add("version", static_cast<std::int64_t>(of_.case_version));
        if (of_.opened) add("opened", *of_.opened);
        add("entry", of_.entry);
        add("self_referral", of_.self_referral);
        if (!hides_) add("municipality", of_.municipality);
        add("reopened", of_.reopened);
        if (of_.stage) {
            feel::context stage = to_value(*of_.stage).as_context();
            stage.set("name", name(of_.stage->stage));
            add("stage", feel::value(std::move(stage)));
        }
        if (of_.ending) {
            feel::context ending = to_value(*of_.ending).as_context();
            ending.set("name", name(of_.ending->exit));
            add("ending", feel::value(std::move(ending)));
        }
    }

    void people() {
        feel::context client{{"id", of_.client}};
        const feel::value details = to_value(of_.details);
        const feel::context told =
            hides_contacts_ ? without(details, {"address", "municipality", "phone", "email"}) : details.as_context();
        for (const auto& entry : told) client.append(entry.name, entry.value);
        add("client", feel::value(std::move(client)));
        add("non_disclosure", path::is_non_disclosed(of_, how_.as_of));
        add("representatives", all(of_.representatives));
        add("answering_role", path::answering_role(of_));
        const path::responsibility* now = path::responsible_now(of_);
        add("responsible", now ? to_value(*now) : feel::value());
        add("responsibility", all(of_.responsible));
        add("own_workers", all(of_.own_workers));
        add("team", all(of_.team));
        if (of_.sender) add("sender", to_value(*of_.sender));
        add("consents", all(of_.consents));
    }

    void facts() {
        std::vector<feel::value> items;
        for (const auto& [id, fact] : of_.facts) {
            if (hides_contacts_ && fact.category == contact_category) continue;
            feel::context item = to_value(fact).as_context();
            item.set("known", path::is_known(fact, how_.as_of));
            item.set("label", name(id));
            items.emplace_back(std::move(item));
        }
        add("facts", feel::value(std::move(items)));
        const path::stage_definition* stage = of_.stage ? path_.find_stage(of_.stage->stage) : nullptr;
        const std::vector<std::string> missing = stage && !of_.is_closed()
                                                     ? path::missing_facts(of_, stage->requires_, how_.as_of)
                                                     : std::vector<std::string>();
        add("missing_facts", to_value(missing));
    }

    void records() {
        add("referrals", all(of_.referrals));
        add("planned_meetings", shown(of_.planned_meetings, {"place", "link"}));
        add("meetings", all(of_.meetings));
        add("assessments", shown(of_.assessments, {"organiser"}));
        add("instruments", all(of_.instruments));
        add("feedback", all(of_.feedbacks));
        add("experiences", all(of_.experiences));
        add("plan", of_.plan ? to_value(*of_.plan) : feel::value());
        add("goals", all(of_.goals));
        add("coaching", shown(of_.coachings, {"environment"}));
        add("placements", shown(of_.placements, {"employer"}));
        add("follow_up", all(of_.check_points));
        add("obligations", all(of_.obligations));
    }

    void open_things() {
        add("due", due_to_value(path_, path::due(path_, of_, std::nullopt, how_.as_of), how_.language));
        std::vector<feel::value> actions;
        for (const path::available_action& each : path::available_actions(path_, of_, how_.as_of)) {
            feel::context action = to_value(each).as_context();
            action.set("name", name(each.id));
            action.set("blocked_by", to_value(path::blocked_texts(says(), each, how_.language)));
            actions.emplace_back(std::move(action));
        }
        add("actions", feel::value(std::move(actions)));
    }

    void decisions() {
        std::vector<feel::value> items;
        for (const path::decision_record& each : of_.decisions) {
            feel::context item{{"made", each.made}, {"actor", each.actor}, {"event", to_value(each.event)}};
            const feel::value content = to_value(each.content);
            for (const auto& entry : content.as_context()) item.append(entry.name, entry.value);
            item.set("explanation", to_value(path::explain(says(), each, how_.language)));
            items.emplace_back(std::move(item));
        }
        add("decisions", feel::value(std::move(items)));
    }

    void pack_decisions() {
        std::vector<feel::value> items;
        for (const path::pack_decision& each : of_.pack_decisions) {
            feel::context item = to_value(each.content).as_context();
            item.set("made", each.made);
            item.set("actor", each.actor);
            item.set("event", to_value(each.event));
            if (each.notified) item.set("notified", to_value(*each.notified));
            if (each.replaced_by) item.set("replaced_by", *each.replaced_by);
            if (each.erased) item.set("erased", true);
            items.emplace_back(std::move(item));
        }
        add("pack_decisions", feel::value(std::move(items)));
    }

    void timeline() {
        std::vector<feel::value> items;
        for (const path::timeline_entry& each : path::timeline(of_)) {
            feel::context item = to_value(each).as_context();
            item.set("text", path::event_text(says(), each, how_.language));
            items.emplace_back(std::move(item));
        }
        add("timeline", feel::value(std::move(items)));
    }

    const path::service_path& path_;
    const path::case_state& of_;
    const case_view_options& how_;
    bool hides_;           ///< where the client lives and works: there is an order, and the reader is not let past it
    bool hides_contacts_;  ///< also of a client without an order, when the reader has no business with the contacts
    feel::context made_;
};

}  // namespace

result<feel::value> try_view_case(const path::service_path& path, const path::case_state& of,
                                  const case_view_options& how) {
    constexpr std::array<std::string_view, 4> languages{"fi", "sv", "en", "fi-selko"};
    if (std::find(languages.begin(), languages.end(), how.language) == languages.end())
        return error(error_code::invalid_argument,
                     "the language is '" + how.language + "'; it must be fi, sv, en or fi-selko");
    if (!of.is_opened()) return error(error_code::case_not_opened, "the case has not been opened");
    if (how.reader == nullptr) return case_writer(path, of, how).write();
    if (how.reader->is_blind()) return nothing_to_see(*how.reader, how.language);
    const feel::value whole = case_writer(path, of, how).write();
    return seen_by(*how.reader, path.says(), of, whole.as_context(), how.language);
}

feel::value due_to_value(const path::service_path& path, const std::vector<path::due_item>& items,
                         const std::string& language) {
    std::vector<feel::value> made;
    for (const path::due_item& each : items) {
        feel::context item = to_value(each).as_context();
        item.set("name", path::name_in(path.says(), each.what, language));
        made.emplace_back(std::move(item));
    }
    return feel::value(std::move(made));
}

}  // namespace polku::inline POLKU_V::json
