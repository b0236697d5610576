// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_BATCH_GRAPH_IPP
#define POLKU_IMPL_DMN_BATCH_GRAPH_IPP

#include <polku/dmn/detail/batch_table.hpp>
#include <polku/impl/dmn/detail/batch_graph.hpp>

#include <algorithm>
#include <bit>
#include <cstring>
#include <type_traits>
#include <utility>

namespace polku::inline POLKU_V::dmn::detail {

template <class Number>
void add_bytes(std::string& to, Number of) {
    char bytes[sizeof of];
    std::memcpy(bytes, &of, sizeof of);
    to.append(bytes, sizeof of);
}

/// All that evaluation can see of a value of these kinds; empty for other kinds.
inline std::string identity_of(const feel::value& of) {
    std::string made(1, static_cast<char>(of.kind()));
    switch (of.kind()) {
        case feel::kind::null: made += static_cast<char>(of.reason()); return made;
        case feel::kind::boolean: made += of.as_boolean() ? '1' : '0'; return made;
        case feel::kind::string: made += of.as_string(); return made;
        case feel::kind::date: add_bytes(made, of.as_date().to_days()); return made;
        case feel::kind::number: {
            const feel::number number = of.as_number();
            add_bytes(made, number.lo());
            add_bytes(made, number.hi());
            add_bytes(made, number.scale());
            return made;
        }
        default: return {};
    }
}

/// The same in one word, for values that come often; 0 for others.
inline std::uint64_t short_identity_of(const feel::value& of) {
    const std::uint64_t kind = (static_cast<std::uint64_t>(of.kind()) + 1) << 56U;
    switch (of.kind()) {
        case feel::kind::null: return kind | static_cast<std::uint64_t>(of.reason());
        case feel::kind::boolean: return kind | (of.as_boolean() ? 1U : 0U);
        case feel::kind::number: {
            const feel::number number = of.as_number();
            const std::int32_t scale = number.scale();
            const bool is_short = number.hi() == 0 && number.lo() >> 48U == 0 && scale >= 0 && scale < 256;
            return is_short ? kind | static_cast<std::uint64_t>(scale) << 48U | number.lo() : 0;
        }
        default: return 0;
    }
}

POLKU_DECL std::uint32_t coded_values::code_of(feel::value of) {
    const auto next = static_cast<std::uint32_t>(values_.size());
    if (const std::uint64_t name = short_identity_of(of); name != 0) {
        const auto [at, is_new] = short_.emplace(name, next);
        if (is_new) values_.push_back(std::move(of));
        return at->second;
    }
    std::string key = identity_of(of);
    if (!key.empty()) {
        const auto [at, is_new] = known_.emplace(std::move(key), next);
        if (!is_new) return at->second;
    }
    values_.push_back(std::move(of));
    return next;
}

POLKU_DECL void coded_values::clear() noexcept {
    values_.clear();
    short_.clear();
    known_.clear();
}

POLKU_DECL void pair_codes::join(std::span<std::uint32_t> firsts, std::span<const std::uint32_t> seconds) {
    for (std::size_t row = 0; row < firsts.size(); ++row) {
        const std::uint32_t second = seconds[row];
        const std::uint64_t place = std::uint64_t{firsts[row]} << bits_ | second;
        const bool is_placed = second >> bits_ == 0 && place < square_.size() && square_[place] != unset;
        firsts[row] = POLKU_LIKELY(is_placed) ? square_[place] : code_of(firsts[row], second);
    }
}

inline void pair_codes::place(std::uint64_t first, std::uint32_t second, std::uint32_t code) {
    const std::uint64_t place = first << bits_ | second;
    if (second >> bits_ != 0 || place >= most_places) return;
    if (place >= square_.size()) square_.resize(static_cast<std::size_t>(place) + 1, unset);
    square_[place] = code;
}

POLKU_DECL std::uint32_t pair_codes::code_of(std::uint32_t first, std::uint32_t second) {
    const std::uint64_t pair = std::uint64_t{first} << 32U | second;
    const std::uint32_t code = known_.emplace(pair, static_cast<std::uint32_t>(known_.size())).first->second;
    if (const auto bits = static_cast<unsigned>(std::bit_width(second)); bits > bits_ && bits <= most_bits) {
        bits_ = bits;
        square_.clear();
        for (const auto& [each, told] : known_) place(each >> 32U, static_cast<std::uint32_t>(each), told);
    } else {
        place(first, second, code);
    }
    return code;
}

POLKU_DECL void pair_codes::clear() noexcept {
    known_.clear();
    square_.clear();
    bits_ = 0;
}

POLKU_DECL batch_graph::batch_graph(program from, decision_ref what)
    : program_(std::move(from)),
      data_(*program_data::of(program_)),
      node_(data_.nodes[what.index]),
      places_(node_.places),
      codes_(node_.places),
      values_(node_.places),
      held_(node_.places, unset) {}

POLKU_DECL std::unique_ptr<batch_graph> batch_graph::try_make(const program& from, decision_ref what) {
    const program_data& data = *program_data::of(from);
    const program_node& node = data.nodes[what.index];
    if (node.is != node_kind::decision || node.steps.empty()) return nullptr;
    std::unique_ptr<batch_graph> made(new batch_graph(from, what));
    for (const plan_step& each : node.steps) {
        remembered_step step;
        step.step = &each;
        for (const std::uint32_t place : each.slots) {
            const auto is_made = [&](const plan_step::made_source& source) { return source.place == place; };
            const auto source = std::find_if(each.made.begin(), each.made.end(), is_made);
            if (source == each.made.end()) {
                step.read.push_back(place);
                continue;
            }
            // A function is the same in every row; a context of an import may hold values of the row.
            const slot_source& of = data.nodes[each.node].sources[source->source];
            if (!of.members.empty()) return nullptr;
            made->values_[place] = data.function_of(of.node);
        }
        if (step.read.size() > 1) step.pairs.resize(step.read.size() - 1);
        made->steps_.push_back(std::move(step));
    }
    return made;
}

POLKU_DECL const std::vector<feel::value>& batch_graph::answers() const noexcept {
    return places_[node_.result_place].values();
}

POLKU_DECL void batch_graph::start() {
    const bool is_full = std::any_of(places_.begin(), places_.end(),
                                     [](const coded_values& each) { return each.size() > most_values; }) ||
                         std::any_of(steps_.begin(), steps_.end(),
                                     [](const remembered_step& each) { return each.answer.size() > most_values; });
    if (!is_full) return;
    for (coded_values& each : places_) each.clear();
    std::fill(held_.begin(), held_.end(), unset);
    for (remembered_step& each : steps_) {
        each.answer.clear();
        for (pair_codes& pairs : each.pairs) pairs.clear();
    }
}

/// Codes of the rows of a column.
template <class Code>
class column_coder {
public:
    column_coder(const batch_column& from, std::size_t first, std::vector<std::uint32_t>& into, Code code)
        : from_(from), first_(first), into_(into), code_(code) {}

    void operator()(const batch_column::unknown&) {
        if (!into_.empty()) into_.assign(into_.size(), code_(feel::value(feel::null_reason::unknown_input)));
    }
    void operator()(const batch_column::booleans& of) {
        by_place(2, [&](std::size_t row) { return bit_at(of.bits, row) ? 1 : 0; });
    }
    void operator()(const batch_column::integers& of) {
        by_name([&](std::size_t row) { return of.coefficients[row]; });
    }
    void operator()(const batch_column::days& of) {
        by_name([&](std::size_t row) { return of.since_epoch[row]; });
    }
    void operator()(const batch_column::codes& of) {
        by_place(of.dictionary.size(), [&](std::size_t row) { return of.indexes[row]; });
    }
    void operator()(const batch_column::repeated& of) {
        by_place(of.items.size(), [&](std::size_t row) { return of.indexes[row]; });
    }
    template <class Layout>
    void operator()(const Layout&) {
        for (std::size_t row = 0; row < into_.size(); ++row) into_[row] = code_(value_in_row(from_, first_ + row));
    }

private:
    static constexpr std::uint32_t none = 0xFFFF'FFFF;

    /// Rows that a whole number tells apart; `code_at` has what each number came to, `none` at first.
    template <class Name, class Known>
    void each_row(Name name, Known code_at) {
        std::uint32_t of_null = none;
        for (std::size_t row = 0; row < into_.size(); ++row) {
            const std::size_t at = first_ + row;
            if (!from_.validity.empty() && !bit_at(from_.validity, at)) {
                if (of_null == none) of_null = code_(feel::value());
                into_[row] = of_null;
                continue;
            }
            std::uint32_t& code = code_at(name(at));
            if (code == none) code = code_(value_in_row(from_, at));
            into_[row] = code;
        }
    }
    template <class Name>
    void by_name(Name name) {
        boost::unordered_flat_map<std::int64_t, std::uint32_t> known;
        each_row(name, [&](std::int64_t of) -> std::uint32_t& { return known.emplace(of, none).first->second; });
    }
    /// Numbers from 0 to below `places`.
    template <class Name>
    void by_place(std::size_t places, Name name) {
        if (places > 2 * into_.size() + 64) return by_name(name);
        std::vector<std::uint32_t> known(places, none);
        each_row(name, [&](std::int32_t of) -> std::uint32_t& { return known[static_cast<std::size_t>(of)]; });
    }

    const batch_column& from_;
    std::size_t first_;
    std::vector<std::uint32_t>& into_;
    Code code_;
};

POLKU_DECL void batch_graph::code_column(std::size_t at, const batch_column& from, std::size_t first,
                                         feel::evaluation_context& with) {
    const item_type* const type = data_.nodes[node_.input_nodes[at]].type.get();
    const auto code = [&](feel::value of) {
        return places_[at].code_of(type == nullptr ? std::move(of) : conformed(std::move(of), *type, with));
    };
    codes_[at].resize(rows_);
    std::visit(column_coder(from, first, codes_[at], code), from.data);
}

/// What tells each row's evaluation of a step from others.
POLKU_DECL void batch_graph::combine(remembered_step& of) {
    if (of.read.empty()) {
        combined_.assign(rows_, 0);
        return;
    }
    combined_ = codes_[of.read.front()];
    for (std::size_t at = 1; at < of.read.size(); ++at) of.pairs[at - 1].join(combined_, codes_[of.read[at]]);
}

/// As `program_run::evaluate_step` does; false where a limit was passed, or might be by the row as a whole.
POLKU_DECL bool batch_graph::evaluate(remembered_step& of, std::size_t row, feel::evaluation_context& with,
                                      std::uint32_t& answer) {
    with.reset();
    for (const std::uint32_t place : of.read) {
        const std::uint32_t code = codes_[place][row];
        if (held_[place] == code) continue;
        values_[place] = places_[place].values()[code];
        held_[place] = code;
    }
    frame in(with);
    in.slots.borrow_only(values_.data(), of.step->slots);
    feel::value made = with.step() ? of.step->body->evaluate(in) : feel::value();
    const item_type* const type = of.step->type;
    if (type != nullptr) made = conformed(std::move(made), *type, with);
    if (with.faulted() || with.steps() > with.bounds().steps / (steps_.size() + 1)) return false;
    answer = places_[of.step->place].code_of(std::move(made));
    return true;
}

/// False when the caller asked to stop.
POLKU_DECL bool batch_graph::run_row(remembered_step& of, std::size_t row, std::uint32_t* remembered,
                                     feel::evaluation_context& with) {
    ++of.evaluated;
    std::uint32_t& code = codes_[of.step->place][row];
    if (evaluate(of, row, with, code)) {
        if (remembered != nullptr) *remembered = code;
        return true;
    }
    by_itself_[row] = true;
    return !with.faulted() || with.fault()->code() != error_code::cancelled;
}

POLKU_DECL bool batch_graph::run_step(remembered_step& of, feel::evaluation_context& with) {
    std::vector<std::uint32_t>& codes = codes_[of.step->place];
    codes.assign(rows_, 0);
    const bool repeats = of.repeats();
    if (repeats) combine(of);
    for (std::size_t row = 0; row < rows_; ++row) {
        if (by_itself_[row]) continue;
        ++of.rows;
        std::uint32_t* remembered = nullptr;
        if (repeats) {
            const std::uint32_t combination = combined_[row];
            if (combination >= of.answer.size()) of.answer.resize(combination + 1, unset);
            remembered = &of.answer[combination];
            if (*remembered != unset) {
                codes[row] = *remembered;
                continue;
            }
        }
        if (!run_row(of, row, remembered, with)) return false;
    }
    return true;
}

POLKU_DECL bool batch_graph::decide(std::span<const batch_column> inputs, std::size_t first,
                                    std::span<std::uint32_t> codes, feel::evaluation_context& with) {
    rows_ = codes.size();
    by_itself_.assign(rows_, false);
    with.reset();
    if (!with.step()) return false;
    for (std::size_t at = 0; at < inputs.size(); ++at) code_column(at, inputs[at], first, with);
    // A limit that a column's values pass is a matter of each row that has one.
    if (with.faulted()) return with.fault()->code() != error_code::cancelled;
    for (remembered_step& each : steps_)
        if (!run_step(each, with)) return false;
    with.reset();
    for (std::size_t row = 0; row < rows_; ++row)
        if (!by_itself_[row]) codes[row] = codes_[node_.result_place][row];
    return true;
}

}  // namespace polku::inline POLKU_V::dmn::detail

#endif
