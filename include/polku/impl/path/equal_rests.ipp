// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_EQUAL_RESTS_IPP
#define POLKU_IMPL_PATH_EQUAL_RESTS_IPP

#include <polku/impl/path/detail/treatment_model.hpp>
#include <polku/impl/path/detail/values_apart.hpp>
#include <polku/path/equal_treatment.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::path::detail {

/// What the deltas change of the things that decisions elsewhere wait for and read.
struct changed_grounds {
    std::set<std::string> known_for;  ///< facts that are known for another time, or are of another type
    std::set<std::string> consents;   ///< consents that are in force for another time
    std::set<std::string> read;       ///< names of FEEL texts whose values differ: facts and what cases tell
    std::set<std::string> values;     ///< facts that one variant has more values of
};

inline std::vector<std::string> steps_of(std::string_view pointer) {
    std::vector<std::string> made;
    while (!pointer.empty()) {
        const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
        std::string step;
        for (std::size_t i = 1; i < end; ++i) {
            const bool escaped = pointer[i] == '~' && i + 1 < end;
            step += escaped ? (pointer[++i] == '1' ? '/' : '~') : pointer[i];
        }
        made.push_back(std::move(step));
        pointer.remove_prefix(end);
    }
    return made;
}

inline changed_grounds grounds_of(const std::vector<structure_difference>& differences) {
    changed_grounds made;
    for (const structure_difference& each : differences) {
        const std::vector<std::string> at = steps_of(each.by_id);
        const std::string& list = at.front();
        const std::string member = at.size() > 2 ? at[2] : std::string();
        if (list == "facts" && at.size() > 2) {
            if (member == "valid_for" || member == "type") made.known_for.insert(at[1]);
            if (member == "valid_for" || member == "type" || member == "values") made.read.insert(at[1]);
            if (member == "values") made.values.insert(at[1]);
        }
        if (list == "consents" && member == "valid_for") made.consents.insert(at[1]);
        if (list == "placements" && at.size() == 2) made.read.insert({"placement kind", "placement running"});
        if (list == "entries" && at.size() == 2) made.read.insert("entry");
        if (list == "entries" && member == "self_referral") made.read.insert("self referral");
        if (list == "services" && at.size() == 2) made.read.insert("last referral service");
        if (list == "stages" && at.size() == 2) made.read.insert("stage");
    }
    return made;
}

class rests_comparison {
public:
    rests_comparison(const treatment_work& of, const std::vector<structure_difference>& differences)
        : of_(of), differences_(differences), changed_(grounds_of(differences)), path_(of.sides[0]->of.path) {
        for (const auto& [name, fact] : path_.says().facts) names_.push_back(name);
        for (const case_input& each : case_inputs()) names_.emplace_back(each.name);
    }

    void run() {
        const definition& says = path_.says();
        for (const auto& [id, each] : says.entries) waits(treatment_kind::entry, "/entries", id, each.requires_);
        for (const stage_definition& each : says.stages) stage(each);
        for (const auto& [id, each] : says.actions) {
            waits(treatment_kind::gate, "/actions", id, each.requires_);
            consents(treatment_kind::gate, "/actions", id, each.consent);
        }
        for (const auto& [id, each] : says.services) {
            waits(treatment_kind::service, "/services", id, each.requires_);
            consents(treatment_kind::service, "/services", id, each.consent);
        }
        for (const auto& [id, each] : says.assessments)
            waits(treatment_kind::service, "/assessments", id, each.requires_);
        const compiled_path& compiled = path_.data();
        for (std::size_t i = 0; i < says.obligations.size(); ++i) {
            reads(treatment_kind::duty, "/obligations", says.obligations[i].id, "due", compiled.obligations[i].due);
            if (compiled.obligations[i].guard)
                reads(treatment_kind::duty, "/obligations", says.obligations[i].id, "guard",
                      *compiled.obligations[i].guard);
        }
        for (const auto& [id, when] : compiled.services) reads(treatment_kind::service, "/services", id, "when", when);
        for (const auto& [id, when] : compiled.target_groups)
            reads(treatment_kind::other, "/target_groups", id, "when", when);
        inherited();
    }

private:
    /// Adds a finding unless a delta names the decision, or the other definition does not have it. `find_client` gives
    /// it a story where it can.
    template <class FindClient>
    void note(treatment_kind about, const std::string& list, const std::string& id, const std::string& member,
              const std::string& ground, const std::string& how, FindClient find_client) {
        treatment_difference made;
        made.about = about;
        made.issue = treatment_issue::rests_on;
        made.pointer = pointer_to(list, id) + "/" + member;
        if (is_declared_at(made.pointer)) return;
        made.subject = id;
        made.detail = ground;
        made.message = "'" + id + "' " + how + " '" + ground + "', which the definitions describe differently";
        const bool is_stage = list == "/stages";
        if (is_stage) made.pointer = pointer_to(list, stage_index(id)) + "/" + member;
        const bool met = find_client(made);
        made.is = met ? treatment_standing::refuted : treatment_standing::unknown;
        if (!met) made.message += "; no client who meets this was carried out";
        of_.add(std::move(made));
    }
    bool is_declared_at(const std::string& pointer) const {
        const auto by = of_.declared_by(pointer);
        return by[0] || by[1];
    }
    std::size_t stage_index(const std::string& id) const {
        const auto& stages = path_.says().stages;
        return static_cast<std::size_t>(
            std::find_if(stages.begin(), stages.end(), [&](const auto& s) { return s.id == id; }) - stages.begin());
    }

    void waits(treatment_kind about, const std::string& list, const std::string& id,
               const std::vector<std::string>& facts) {
        for (const std::string& fact : facts)
            if (changed_.known_for.count(fact) > 0)
                note(about, list, id, "requires", fact, "waits for the fact", [&](treatment_difference& into) {
                    return about == treatment_kind::stage && find_waiting_client(of_, id, fact, into);
                });
    }
    void consents(treatment_kind about, const std::string& list, const std::string& id,
                  const std::optional<std::string>& consent) {
        if (consent && changed_.consents.count(*consent) > 0)
            note(about, list, id, "consent", *consent, "waits for the consent", nobody);
    }
    /// A fact that a routing reads without waiting for it is null there once it has run out.
    void stage(const stage_definition& of) {
        waits(treatment_kind::stage, "/stages", of.id, of.requires_);
        const auto& routing = path_.data().stages[stage_index(of.id)].routing;
        if (!routing) return;
        for (const dmn::input_info& each : routing->program.inputs(routing->decision)) {
            const bool waited = std::find(of.requires_.begin(), of.requires_.end(), each.name) != of.requires_.end();
            if (!waited && changed_.known_for.count(each.name) > 0)
                note(treatment_kind::routing, "/stages", of.id, "routing", each.name, "reads", nobody);
        }
    }
    void reads(treatment_kind about, const std::string& list, const std::string& id, const std::string& member,
               const feel::expression& text) {
        for (const std::uint32_t slot : text.used_slots()) {
            if (slot >= names_.size() || changed_.read.count(names_[slot]) == 0) continue;
            const std::string& name = names_[slot];
            if (changed_.values.count(name) == 0 || changed_.known_for.count(name) > 0)
                note(about, list, id, member, name, "reads", nobody);
            else
                reads_values(about, list, id, member, name, text);
        }
    }
    void reads_values(treatment_kind about, const std::string& list, const std::string& id, const std::string& member,
                      const std::string& fact, const feel::expression& text) {
        values_apart apart(of_, text, member != "due", names_, fact);
        const values_apart::finding found = apart.compare();
        ++of_.into.compared;
        if (found == values_apart::finding::equal) return;
        note(about, list, id, member, fact, "reads", [&](treatment_difference& into) {
            if (found == values_apart::finding::not_seen) return false;
            into.where = apart.where();
            return apart.find_client(pointer_to(list, id), trigger_of(list, id), into);
        });
    }
    /// The event at which a text is read: that of its duty, or the sending of a referral to its service.
    std::string trigger_of(const std::string& list, const std::string& id) const {
        if (const auto* duty = path_.find_obligation(id); duty && list == "/obligations") return duty->on;
        return "referral_sent:" + id;
    }
    static bool nobody(treatment_difference&) { return false; }

    /// What belongs to the stage's owner unless said goes with the owner that a delta declares.
    void inherited() const {
        for (const structure_difference& each : differences_) {
            const std::vector<std::string> at = steps_of(each.by_id);
            if (at.size() != 3 || at[0] != "stages" || at[2] != "owner") continue;
            const auto follow = [&](treatment_kind about, const std::string& id) {
                treatment_difference made = each.what;
                made.about = about;
                made.issue = treatment_issue::rests_on;
                made.detail = at[1];
                made.subject = id;
                made.message = "'" + id + "' belongs to the owner of stage '" + at[1] + "'";
                of_.add(std::move(made));
            };
            for (const exit_definition& exit : path_.says().exits)
                if (!exit.follow_up_owner && !exit.follow_up.empty()) follow(treatment_kind::exit, exit.id);
            for (const auto& [id, meeting] : path_.says().meetings)
                if (!meeting.owner) follow(treatment_kind::other, id);
        }
    }

    const treatment_work& of_;
    const std::vector<structure_difference>& differences_;
    changed_grounds changed_;
    const service_path& path_;
    std::vector<std::string> names_;
};

POLKU_DECL void compare_what_decisions_rest_on(const treatment_work& of,
                                               const std::vector<structure_difference>& differences) {
    rests_comparison(of, differences).run();
}

}  // namespace polku::inline POLKU_V::path::detail

#endif
