// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_EQUAL_STRUCTURE_IPP
#define POLKU_IMPL_PATH_EQUAL_STRUCTURE_IPP

#include <polku/feel/value.hpp>
#include <polku/impl/path/detail/treatment_model.hpp>
#include <polku/path/detail/item_lists.hpp>
#include <polku/path/equal_treatment.hpp>

#include <algorithm>
#include <iterator>

namespace polku::inline POLKU_V::path {

namespace detail {

/// How much of a value is quoted in a difference.
inline constexpr std::size_t quoted_bytes = 160;

inline void add_stated(const feel::value& of, const std::string& at, std::vector<std::string>& into) {
    if (of.is(feel::kind::context) && !of.as_context().empty()) {
        for (const auto& [name, value] : of.as_context()) add_stated(value, pointer_to(at, name), into);
    } else if (is_list_of_ids(of)) {
        for (const feel::value& item : of.as_list()) {
            const std::string here = pointer_to(at, id_of(item));
            if (is_removal(item)) {
                into.push_back(here);
                continue;
            }
            for (const auto& [name, value] : item.as_context())
                if (name != "id") add_stated(value, pointer_to(here, name), into);
        }
    } else {
        into.push_back(at);
    }
}

/// Words in the languages of readers; they decide nothing.
inline bool is_words(const feel::value& of) {
    if (!of.is(feel::kind::context) || of.as_context().empty()) return false;
    constexpr std::string_view languages[] = {"fi", "sv", "en", "fi-selko"};
    for (const auto& [name, value] : of.as_context())
        if (std::find(std::begin(languages), std::end(languages), name) == std::end(languages)) return false;
    return true;
}

inline treatment_kind kind_at(std::string_view list) {
    constexpr std::pair<std::string_view, treatment_kind> kinds[] = {
        {"entries", treatment_kind::entry},      {"stages", treatment_kind::stage},
        {"obligations", treatment_kind::duty},   {"actions", treatment_kind::gate},
        {"exits", treatment_kind::exit},         {"services", treatment_kind::service},
        {"assessments", treatment_kind::service}};
    const auto found = std::find_if(std::begin(kinds), std::end(kinds), [&](const auto& k) { return k.first == list; });
    return found == std::end(kinds) ? treatment_kind::other : found->second;
}

/// Walks two merged definitions side by side.
class structure_walk {
public:
    explicit structure_walk(const treatment_work& of) : of_(of) {}

    std::vector<structure_difference> run() {
        const feel::context& left = of_.sides[0]->of.document.as_context();
        const feel::context& right = of_.sides[1]->of.document.as_context();
        each_member(left, right, [&](const std::string& name, const feel::value* a, const feel::value* b) {
            if (name == "id" || name == "version") return;  // what it is called decides nothing
            list_ = name;
            subject_.clear();
            walk(a, b, {"/" + name, "/" + name}, 1);
        });
        return std::move(made_);
    }

private:
    struct place {
        std::string by_id;
        std::string in_document;
    };

    template <class Visit>
    static void each_member(const feel::context& left, const feel::context& right, Visit visit) {
        for (const auto& [name, value] : left) visit(name, &value, right.find(name));
        for (const auto& [name, value] : right)
            if (left.find(name) == nullptr) visit(name, nullptr, &value);
    }

    void walk(const feel::value* left, const feel::value* right, const place& at, int depth) {
        // What only one of them has may be an item whose text is its name: a value of a fact, a municipality.
        if (left && right && (*left == *right || is_words(*left))) {
            ++of_.into.compared;
            return;
        }
        if (left && right && left->is(feel::kind::context) && right->is(feel::kind::context))
            return members(left->as_context(), right->as_context(), at, depth);
        if (left && right && is_list_of_ids(*left) && is_list_of_ids(*right)) return items(*left, *right, at, depth);
        note(left, right, at);
    }

    void members(const feel::context& left, const feel::context& right, const place& at, int depth) {
        each_member(left, right, [&](const std::string& name, const feel::value* a, const feel::value* b) {
            if (depth == 1) subject_ = name;
            walk(a, b, {pointer_to(at.by_id, name), pointer_to(at.in_document, name)}, depth + 1);
        });
    }

    void items(const feel::value& left, const feel::value& right, const place& at, int depth) {
        const auto one = [&](const feel::value& item, const feel::value* a, const feel::value* b, std::size_t index) {
            const std::string id(id_of(item));
            if (depth == 1) subject_ = id;
            walk(a, b, {pointer_to(at.by_id, id), pointer_to(at.in_document, index)}, depth + 1);
        };
        std::size_t index = 0;
        for (const feel::value& item : left.as_list()) one(item, &item, find_item(right, id_of(item)), index++);
        index = 0;
        for (const feel::value& item : right.as_list()) {
            if (find_item(left, id_of(item)) == nullptr) one(item, nullptr, &item, index);
            ++index;
        }
    }

    /// The receiver says until when somebody waits. How long a state of waiting lasts by the definition is read after
    /// that day alone, and only where the referral is then escalated: it decides nothing where neither variant does.
    bool decides_nothing(const std::string& pointer) const {
        for (const referral_state state : {referral_state::wait_listed, referral_state::on_hold}) {
            const std::string id(name_of(state));
            if (pointer != pointer_to(pointer_to("/services", subject_) + "/states", id) + "/within") continue;
            return std::none_of(of_.sides.begin(), of_.sides.end(), [&](const treatment_side* side) {
                const auto service = side->says().services.find(subject_);
                if (service == side->says().services.end()) return false;
                const auto limit = service->second.states.find(id);
                return limit == service->second.states.end() || limit->second.then == "escalate";
            });
        }
        return false;
    }

    void note(const feel::value* left, const feel::value* right, const place& at) {
        ++of_.into.compared;
        if (decides_nothing(at.by_id)) return;
        structure_difference made;
        made.by_id = at.by_id;
        treatment_difference& what = made.what;
        what.about = kind_at(list_);
        what.pointer = at.in_document;
        what.subject = subject_;
        what.declared_by = of_.declared_by(at.by_id);
        what.is = is_declared(what) ? treatment_standing::declared : treatment_standing::unknown;
        if (left) what.says[0] = feel::to_string(*left, quoted_bytes);
        if (right) what.says[1] = feel::to_string(*right, quoted_bytes);
        what.message = "the definitions say different things of '" + (subject_.empty() ? list_ : subject_) + "'";
        made_.push_back(std::move(made));
    }

    const treatment_work& of_;
    std::string list_;
    std::string subject_;
    std::vector<structure_difference> made_;
};

POLKU_DECL std::vector<structure_difference> structure_differences(const treatment_work& of) {
    return structure_walk(of).run();
}

}  // namespace detail

POLKU_DECL std::vector<std::string> stated_pointers(const feel::value& document) {
    std::vector<std::string> made;
    detail::add_stated(document, "", made);
    std::sort(made.begin(), made.end());
    made.erase(std::unique(made.begin(), made.end()), made.end());
    return made;
}

}  // namespace polku::inline POLKU_V::path

#endif
