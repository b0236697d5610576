// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_EQUAL_ROUTING_IPP
#define POLKU_IMPL_PATH_EQUAL_ROUTING_IPP

#include <polku/dmn/program.hpp>
#include <polku/feel/value.hpp>
#include <polku/impl/path/detail/treatment_model.hpp>
#include <polku/path/equal_treatment.hpp>
#include <polku/rules/input_atoms.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::path::detail {

/// The routing of one stage in one variant.
struct treated_stage {
    treatment_side* side = nullptr;
    std::size_t index = 0;
    const stage_definition* says = nullptr;
    const compiled_routing* routing = nullptr;

    const stage_study& study() const { return side->studied().stages[index]; }
    std::span<const dmn::input_info> inputs() const { return routing->program.inputs(routing->decision); }
    bool reads(std::string_view input) const {
        const auto all = inputs();
        return std::any_of(all.begin(), all.end(), [&](const dmn::input_info& each) { return each.name == input; });
    }
    bool waits_for(const std::string& fact) const {
        return std::find(says->requires_.begin(), says->requires_.end(), fact) != says->requires_.end();
    }
};

template <class Map>
void append_keys(std::string& into, const Map& of) {
    for (const auto& [id, each] : of) (into += id) += '\x1f';
}

/// All that a routing answers by, beside the models: equal texts over equal models are equal decisions.
inline std::string basis_of(const treated_stage& of) {
    const definition& says = of.side->says();
    std::string made = of.says->routing->model + '\x1f' + of.says->routing->decision;
    for (const dmn::input_info& each : of.inputs()) {
        (made += '\x1e') += each.name + '\x1f';
        const auto fact = says.facts.find(each.name);
        if (find_case_input(each.name)) {
            if (each.name.substr(0, 9) == "placement") append_keys(made, says.placements);
            if (each.name == "entry") append_keys(made, says.entries);
            if (each.name == "last referral service") append_keys(made, says.services);
        } else if (fact != says.facts.end()) {
            made += fact->second.type + (of.waits_for(each.name) ? "!" : "?");
            append_keys(made, fact->second.values);
        }
    }
    return made;
}

/// Lays out the product of what two routings read.
class joint_maker {
public:
    explicit joint_maker(const std::array<treated_stage, 2>& of) : of_(of) {}

    joint_study run() {
        for (const treated_stage& side : of_) {
            for (const proof_finding& each : side.study().obstacles) made_.obstacles.push_back(each.message);
            made_.visits = std::max(made_.visits, side.study().visits.size());
        }
        for (const treated_stage& side : of_)
            for (const dmn::input_info& each : side.inputs()) input(each.name);
        if (placement_.names.empty()) return std::move(made_);
        add_placements();
        add_axis(std::move(placement_));
        return std::move(made_);
    }

private:
    const proof_axis* axis_of(std::size_t side, const std::string& name) const {
        for (const proof_axis& each : of_[side].study().axes)
            if (std::find(each.names.begin(), each.names.end(), name) != each.names.end()) return &each;
        return nullptr;
    }

    void input(const std::string& name) {
        if (!known_.insert(name).second) return;
        if (name == "placement running" || name == "placement kind") {
            placement_.names.push_back(name);
            return;
        }
        const proof_axis* const axes[] = {axis_of(0, name), axis_of(1, name)};
        proof_axis made;
        made.names = {name};
        for (const proof_axis* each : axes) {
            if (!each) continue;
            made.is = each->is;
            for (const auto& value : each->values) {
                const bool known = std::find(made.values.begin(), made.values.end(), value) != made.values.end();
                if (!known) made.add(value);
            }
        }
        if (made.is != proof_axis::form::visit && axes[0] && axes[1] && axes[0]->values != axes[1]->values)
            refine(name, made);
        add_axis(std::move(made));
    }

    /// Two decisions that cut the values of an input at other places: one value of each common class.
    void refine(const std::string& name, proof_axis& axis) {
        if (is_listed(name)) return;
        std::vector<feel::value> points;
        bool whole = true;
        for (const treated_stage& side : of_) {
            const auto model = side.side->model.read.find(side.says->routing->model);
            if (model == side.side->model.read.end()) continue;
            for (const rules::input_atoms& atoms :
                 rules::atoms_of_decision(model->second, side.routing->program, side.routing->decision)) {
                if (atoms.name != name) continue;
                for (const rules::input_atom& each : atoms.atoms) {
                    if (each.is_point) points.push_back(each.representative);
                    if (each.low) points.push_back(*each.low);
                    if (each.high) points.push_back(*each.high);
                }
            }
        }
        for (const feel::value& each : points) whole = add_around(each, axis) && whole;
        if (!whole)
            made_.obstacles.push_back("the two routings cut the values of '" + name +
                                      "' at different places that could not be put together");
    }

    /// True for an input whose values the definitions list, so that all of them are tried anyway.
    bool is_listed(const std::string& name) const {
        if (const case_input* told = find_case_input(name)) return told->type != "number" && told->type != "date";
        return std::any_of(of_.begin(), of_.end(), [&](const treated_stage& side) {
            const auto fact = side.side->says().facts.find(name);
            return fact != side.side->says().facts.end() &&
                   (fact->second.type == "boolean" || !fact->second.values.empty());
        });
    }

    /// A point and values so near on both sides of it that no other point lies between; false where that is not known.
    static bool add_around(const feel::value& point, proof_axis& axis) {
        const auto add = [&](feel::value value) {
            if (std::find(axis.values.begin(), axis.values.end(), std::vector{value}) == axis.values.end())
                axis.add({std::move(value)});
        };
        if (point.is(feel::kind::date)) {
            for (const std::int64_t days : {-1, 0, 1})
                if (const auto day = point.as_date().plus_days(days)) add(feel::value(*day));
            return true;
        }
        const auto whole = point.is(feel::kind::number) ? point.as_number().to_int64() : std::nullopt;
        if (!whole || *whole > 1'000'000'000 || *whole < -1'000'000'000) return false;
        // Points are whole numbers here, so a half lies between any two of them.
        add(feel::value(*whole));
        add(feel::value(*whole - 1));
        add(feel::value(*whole + 1));
        for (const std::int64_t tenths : {*whole * 10 - 5, *whole * 10 + 5})
            if (const auto half = feel::divide(feel::number(tenths), feel::number(10))) add(feel::value(*half));
        return true;
    }

    void add_placements() {
        std::set<std::string> kinds;
        for (const treated_stage& side : of_)
            for (const auto& [kind, each] : side.side->says().placements) kinds.insert(kind);
        placement_.is = proof_axis::form::told;
        const bool reads_kind = known_.count("placement kind") > 0;
        const auto add = [&](bool running, const feel::value& kind) {
            std::vector<feel::value> value;
            for (const std::string& name : placement_.names)
                value.push_back(name == "placement running" ? feel::value(running) : kind);
            if (std::find(placement_.values.begin(), placement_.values.end(), value) == placement_.values.end())
                placement_.add(std::move(value));
        };
        add(false, feel::value());
        if (!reads_kind) add(true, feel::value());
        for (const std::string& kind : reads_kind ? kinds : std::set<std::string>())
            for (const bool running : {true, false}) add(running, feel::value(kind));
    }

    /// May a client of that variant have this value?
    bool arises(std::size_t side, const std::string& name, const feel::value& value) const {
        const definition& says = of_[side].side->says();
        if (name == "entry") return says.entries.count(std::string(value.as_string())) > 0;
        if (name == "placement kind")
            return value.is_null() || says.placements.count(std::string(value.as_string())) > 0;
        if (name == "last referral service")
            return value.is_null() || says.services.count(std::string(value.as_string())) > 0;
        if (const case_input* told = find_case_input(name)) {
            if (told->type != "number" || value.is_null()) return true;
            const auto whole = value.as_number().to_int64();  // what cases count
            return whole && *whole >= 0 && feel::value(*whole) == value;
        }
        const auto fact = says.facts.find(name);
        if (fact == says.facts.end()) return false;
        if (value.is_null()) return true;
        if (!try_typed(value, fact->second.type, name)) return false;
        return fact->second.values.empty() ||
               (value.is(feel::kind::string) && fact->second.values.count(std::string(value.as_string())) > 0);
    }

    void add_axis(proof_axis axis) {
        // A fact that only one of them waits for is asked first there: that is told of `requires`, not of the routing.
        const bool may_be_unknown = std::none_of(
            of_.begin(), of_.end(), [&](const treated_stage& side) { return side.waits_for(axis.names.front()); });
        proof_axis made;
        made.is = axis.is;
        made.names = axis.names;
        for (std::vector<feel::value>& value : axis.values)
            if (axis.is != proof_axis::form::fact || !value.front().is_null() || may_be_unknown)
                made.add(std::move(value));
        for (std::size_t side = 0; side < 2; ++side) {
            std::vector<bool> each_value;
            for (const std::vector<feel::value>& value : made.values) {
                bool may = true;
                for (std::size_t i = 0; i < value.size(); ++i)
                    may = may && (made.is == proof_axis::form::visit || arises(side, made.names[i], value[i]));
                each_value.push_back(may);
            }
            made_.arises[side].push_back(std::move(each_value));
        }
        made_.study.axes.push_back(std::move(made));
    }

    const std::array<treated_stage, 2>& of_;
    joint_study made_;
    std::set<std::string> known_;
    proof_axis placement_;
};

/// Evaluates both routings on the whole product.
class joint_walk {
public:
    joint_walk(const std::array<treated_stage, 2>& of, joint_study& into) : of_(of), into_(into) {
        for (std::size_t side = 0; side < 2; ++side) {
            const auto inputs = of_[side].inputs();
            slots_[side].resize(inputs.size());
            for (const proof_axis& axis : into_.study.axes) {
                std::vector<std::size_t> places;
                for (const std::string& name : axis.names) {
                    std::size_t at = 0;
                    while (at < inputs.size() && inputs[at].name != name) ++at;
                    places.push_back(at);
                }
                places_[side].push_back(std::move(places));
            }
        }
    }

    void run(std::size_t visit) {
        const auto& axes = into_.study.axes;
        proof_point at(axes.size(), 0);
        for (bool more = true; more;) {
            one(at, visit);
            more = false;
            for (std::size_t axis = axes.size(); axis-- > 0 && !more;) {
                more = ++at[axis] < axes[axis].values.size();
                if (!more) at[axis] = 0;
            }
        }
    }

private:
    void one(const proof_point& at, std::size_t visit) {
        std::array<std::string, 2> says;
        std::array<bool, 2> may{true, true};
        for (std::size_t side = 0; side < 2; ++side) {
            for (std::size_t axis = 0; axis < at.size(); ++axis)
                may[side] = may[side] && into_.arises[side][axis][at[axis]];
            if (may[side]) says[side] = answer(side, at, visit);
        }
        if (may[0] || may[1]) ++into_.study.regions;
        if (may[0] == may[1] && says[0] == says[1]) return;
        if (into_.count++ == 0)
            for (std::size_t side = 0; side < 2; ++side)
                into_.first_says[side] = may[side] ? says[side] : std::string();
        auto& kept = into_.differing[visit];
        if (kept.size() < kept_regions) kept.push_back(at);
    }

    /// The stage or exit that is named, as FEEL; `null` where nothing is.
    std::string answer(std::size_t side, const proof_point& at, std::size_t visit) {
        std::vector<feel::value>& slots = slots_[side];
        for (std::size_t axis = 0; axis < at.size(); ++axis) {
            const proof_axis& in = into_.study.axes[axis];
            for (std::size_t i = 0; i < in.names.size(); ++i) {
                const std::size_t place = places_[side][axis][i];
                if (place >= slots.size()) continue;  // the other side alone reads it
                slots[place] = in.is == proof_axis::form::visit ? feel::value(static_cast<std::int64_t>(visit))
                                                                : in.values[at[axis]][i];
            }
        }
        feel::evaluation_context with(time::date_time{of_[side].side->says().valid.from, {}});
        const compiled_routing& routing = *of_[side].routing;
        const auto made = dmn::try_evaluate_slots(routing.program, routing.decision, slots, with);
        feel::value next = made ? made.value() : feel::value();
        if (next.is(feel::kind::context)) {
            const feel::value* named = next.as_context().find("next");
            next = named ? feel::value(*named) : feel::value();
        }
        return next.is(feel::kind::string) ? feel::to_string(next) : "null";
    }

    const std::array<treated_stage, 2>& of_;
    joint_study& into_;
    std::array<std::vector<feel::value>, 2> slots_;
    std::array<std::vector<std::vector<std::size_t>>, 2> places_;
};

class routing_comparison {
public:
    explicit routing_comparison(const treatment_work& of)
        : of_(of), same_models_(of.sides[0]->of.models == of.sides[1]->of.models) {}

    void run() const {
        const auto& stages = of_.sides[0]->says().stages;
        for (std::size_t i = 0; i < stages.size(); ++i) {
            const auto left = stage_of(0, stages[i].id);
            const auto right = stage_of(1, stages[i].id);
            if (!left || !right || !left->routing || !right->routing) continue;  // the definitions differ there
            const std::array<treated_stage, 2> both{*left, *right};
            if (same_models_ && basis_of(both[0]) == basis_of(both[1])) continue;
            compare(both);
        }
    }

private:
    std::optional<treated_stage> stage_of(std::size_t side, const std::string& id) const {
        const auto& stages = of_.sides[side]->says().stages;
        for (std::size_t i = 0; i < stages.size(); ++i) {
            if (stages[i].id != id) continue;
            const auto& routing = of_.sides[side]->of.path.data().stages[i].routing;
            return treated_stage{of_.sides[side], i, &stages[i], routing ? &*routing : nullptr};
        }
        return std::nullopt;
    }

    void compare(const std::array<treated_stage, 2>& both) const {
        joint_study joint = joint_maker(both).run();
        std::uint64_t regions = joint.visits;
        for (const proof_axis& each : joint.study.axes)
            regions = std::min(regions * each.values.size(), of_.with.max_regions + 1);
        const bool walkable = regions != 0 && regions <= of_.with.max_regions;
        if (!walkable)
            joint.obstacles.push_back(regions == 0 ? "an input has no value that could be tried"
                                                   : "its inputs make more than " +
                                                         std::to_string(of_.with.max_regions) + " combinations");
        joint_walk walk(both, joint);
        for (std::size_t visit = 1; walkable && visit <= joint.visits; ++visit) walk.run(visit);
        of_.into.regions += joint.study.regions;
        if (joint.count != 0) return differs(both, joint);
        if (!joint.obstacles.empty()) obstructed(both, joint);
    }

    treatment_difference about(const std::array<treated_stage, 2>& both, treatment_issue issue) const {
        treatment_difference made;
        made.about = treatment_kind::routing;
        made.issue = issue;
        made.subject = both[0].says->id;
        made.pointer = pointer_to("/stages", both[0].index) + "/routing";
        made.declared_by = of_.declared_by(pointer_to("/stages", made.subject) + "/routing");
        return made;
    }

    void differs(const std::array<treated_stage, 2>& both, const joint_study& joint) const {
        treatment_difference made = about(both, treatment_issue::answers);
        made.regions = joint.count;
        made.says = joint.first_says;
        made.where = region_text(joint.study, joint.differing.begin()->second.front());
        if (joint.visits > 1) made.where["times in stage"] = std::to_string(joint.differing.begin()->first);
        made.message = "the routing of stage '" + made.subject + "' answers " + std::to_string(joint.count) +
                       " combinations of its inputs differently";
        const bool met = find_routed_client(of_, made.subject, joint, made);
        if (!met)
            made.message +=
                "; no client who meets this was carried out" + (made.detail.empty() ? "" : ": " + made.detail);
        made.is = is_declared(made) ? treatment_standing::declared
                  : met             ? treatment_standing::refuted
                                    : treatment_standing::unknown;
        of_.add(std::move(made));
    }

    void obstructed(const std::array<treated_stage, 2>& both, const joint_study& joint) const {
        treatment_difference made = about(both, treatment_issue::opaque);
        made.is = is_declared(made) ? treatment_standing::declared : treatment_standing::unknown;
        made.message =
            "the routing of stage '" + made.subject + "' was not seen to be the same: " + joint.obstacles.front();
        of_.add(std::move(made));
    }

    const treatment_work& of_;
    bool same_models_;
};

POLKU_DECL void compare_routing(const treatment_work& of) { routing_comparison(of).run(); }

}  // namespace polku::inline POLKU_V::path::detail

#endif
