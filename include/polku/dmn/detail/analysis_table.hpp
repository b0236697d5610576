// SPDX-License-Identifier: Apache-2.0
// In front of the guard: see program_data.hpp.
#include <polku/dmn/analysis.hpp>

#ifndef POLKU_DMN_DETAIL_ANALYSIS_TABLE_HPP
#define POLKU_DMN_DETAIL_ANALYSIS_TABLE_HPP

#include <polku/dmn/detail/program_data.hpp>
#include <polku/dmn/table_atoms.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::dmn::detail {

/// A set of small numbers: rules of a table, or classes of an axis.
class index_set {
public:
    index_set() = default;
    explicit index_set(std::size_t size, bool full = false) : words_((size + 63) / 64, full ? ~std::uint64_t{0} : 0) {
        if (full && size % 64 != 0) words_.back() = (std::uint64_t{1} << (size % 64)) - 1;
    }
    bool test(std::size_t at) const noexcept { return ((words_[at / 64] >> (at % 64)) & 1U) != 0; }
    void set(std::size_t at) noexcept { words_[at / 64] |= std::uint64_t{1} << (at % 64); }
    void reset(std::size_t at) noexcept { words_[at / 64] &= ~(std::uint64_t{1} << (at % 64)); }
    POLKU_DECL bool none() const noexcept;
    POLKU_DECL std::size_t count() const noexcept;
    POLKU_DECL bool intersects(const index_set& other) const noexcept;
    POLKU_DECL bool intersects(const index_set& other, const index_set& within) const noexcept;
    POLKU_DECL bool contains(const index_set& other) const noexcept;
    POLKU_DECL index_set& operator&=(const index_set& other) noexcept;
    POLKU_DECL std::vector<std::uint32_t> items() const;
    std::size_t words() const noexcept { return words_.size(); }
    POLKU_DECL std::size_t hash() const noexcept;
    bool operator==(const index_set&) const = default;

private:
    std::vector<std::uint64_t> words_;
};

enum class atom_form : std::uint8_t { null, point, interval, other };

/// A piece of a column's axis in which every cell that compares with constants answers the same.
struct table_atom {
    static constexpr std::uint32_t open = 0xFFFFFFFF;

    atom_form is = atom_form::null;
    lane in = lane::number;
    std::uint32_t low = open;   ///< the point, or the one below an interval
    std::uint32_t high = open;  ///< the point above an interval
    feel::value inside;
    bool known = true;      ///< `inside` lies in it; false for intervals in which no value could be found, and `other`
    bool feasible = true;   ///< the column can have such a value, as far as declarations say
    bool yielded = true;    ///< and the decision behind the column can yield one
    bool in_domain = true;  ///< a rule is expected for it
    bool in_play = true;    ///< rules may not clash in it
    std::vector<feel::value> yields;  ///< of it, what the decision behind the column can yield, where that is listed
};

/// Atoms of one axis that no rule tells apart.
struct atom_class {
    std::vector<std::uint32_t> atoms;
    index_set must;  ///< rules whose cells on the axis accept it
    index_set may;   ///< those, and rules with cells that could not be seen through
    bool yielded = true;
    bool in_domain = true;
    bool in_play = true;
};

/// Where the value of an input expression comes from.
struct axis_origin {
    enum class form : std::uint8_t { input, decision, expression };
    form is = form::expression;
    std::uint32_t node = 0;         ///< of the input data or decision
    std::uint32_t input = 0;        ///< of an input: its place among the inputs of the node that is evaluated
    std::vector<std::string> path;  ///< entries below it
    const item_type* type = nullptr;
};

/// The columns over one input expression.
struct table_axis {
    std::string text;
    std::vector<std::uint32_t> columns;
    axis_origin from;
    std::array<bool, lane_count> lanes{};  ///< kinds that the expression can have
    bool any_kind = false;                 ///< of unknown type
    bool has_other = false;                ///< lists, contexts and the like are possible
    bool has_domain = false;               ///< values are declared
    bool is_listed = false;                ///< what the decision behind it can yield is listed
    std::array<bool, lane_count> named{};  ///< kinds of the constants in cells and declarations
    std::array<std::vector<feel::value>, lane_count> points;
    std::array<std::vector<std::uint32_t>, lane_count> atom_of_point;
    std::vector<table_atom> atoms;
    std::vector<atom_class> classes;
    std::vector<index_set> may_of;   ///< for each rule: classes that it may accept
    std::vector<index_set> must_of;  ///< and those that it accepts
    index_set yielded;               ///< classes that can occur
    index_set in_play;               ///< classes in which rules may not clash
    bool relevant = true;            ///< rules differ on it
};

/// What a decision can answer, as far as its logic shows it.
struct output_set {
    struct one {
        feel::value value;
        std::vector<std::uint32_t> rules;  ///< of the decision's table, from 1
    };
    bool known = false;  ///< every possible value is listed, or null
    std::vector<one> values;
    struct member;
    std::vector<member> members;
};
struct output_set::member {
    std::string name;
    output_set values;
};

/// For each axis the classes that make up a piece of the table's input space.
using table_region = std::vector<std::vector<std::uint32_t>>;

/// Everything known of one table.
struct table_study {
    const program_data& program;
    const table_place& place;
    const analysis_options& options;
    std::span<const std::unique_ptr<table_study>> all;  ///< studies of the program; upstream ones are finished
    const std::vector<output_set>& outputs;             ///< of every node; upstream ones are known
    const decision_table* written = nullptr;            ///< null pointer when the sources were not given
    const boxed_expression* element = nullptr;
    std::string source;
    std::string decision;  ///< name of the node as the program finds it

    std::vector<table_axis> axes;
    std::vector<std::uint32_t> axis_of;  ///< for each column
    std::vector<cell_place> opaque;      ///< ascending
    index_set has_opaque;                ///< rules with a cell that could not be seen through
    bool unsure = false;                 ///< some interval may hold values although none was found in it
    std::uint64_t work = 0;              ///< on the question at hand
    bool out_of_work = false;            ///< of the question at hand
    std::size_t replays = 0;             ///< evaluations so far; at most ten times what one finding may take
    std::vector<std::vector<std::optional<feel::value>>> constants;  ///< outputs of each rule, as the table gives them
    index_set dead;                                                  ///< rules that are never chosen
    table_verdicts verdicts;
    std::vector<finding> found;
    std::array<std::size_t, 16> found_of{};

    const compiled_table& table() const noexcept { return *place.table; }
    const program_node& node() const noexcept { return program.nodes[place.node]; }
    /// Each question has the whole bound, so that an expensive one does not leave the others open.
    void next_question() noexcept {
        work = 0;
        out_of_work = false;
    }
    bool spend(std::uint64_t amount) noexcept {
        work += amount;
        if (work > options.max_work) out_of_work = verdicts.out_of_work = true;
        return !out_of_work;
    }
    bool wants(finding_kind of) const noexcept { return found_of[static_cast<std::size_t>(of)] < options.max_findings; }
};

struct covered_sets;

/// Looks for pieces of a table's input space in which none of some rules surely accepts. The product of the axes is
/// explored axis by axis with the set of rules that are left; a set that was seen at the same place before, and had
/// nothing uncovered below it, is not explored again.
class cover_search {
public:
    /// `asked[i]` are the classes of axis i that are asked about; `rules` are those that may cover.
    POLKU_DECL cover_search(table_study& of, table_region asked, const index_set& rules);
    /// At most `limit` pieces. Check `of.out_of_work` afterwards: then there may be more.
    POLKU_DECL std::vector<table_region> uncovered(std::size_t limit);

private:
    POLKU_DECL void order_axes();
    POLKU_DECL bool explore(std::size_t depth, const index_set& left);
    POLKU_DECL void note(std::size_t depth, std::vector<std::uint32_t> classes);

    table_study& of_;
    table_region asked_;
    index_set rules_;
    std::vector<std::uint32_t> order_;     // axes, the most selective first
    std::vector<index_set> from_here_on_;  // at each depth: rules that accept all that is asked of this axis and later
    std::vector<std::uint32_t> chosen_;    // class of each axis above, by depth
    std::shared_ptr<covered_sets> covered_;
    std::vector<table_region> found_;
    std::size_t limit_ = 0;
};

/// What is declared of an axis' values, apart from its cells.
struct axis_constraints {
    std::vector<const feel::unary_tests*> tests;  ///< values outside never reach the cells
    std::vector<bool> simple;                     ///< of each of them: its answer changes at its constants only
    bool null_listed = false;
    bool null_in_cells = false;
};
/// Rules of a table by the text of their cells in one column.
using column_cells = std::vector<std::vector<std::uint32_t>>;

// Axes and atoms, in analysis_atoms.ipp.
POLKU_DECL bool lanes_of_type(const feel::type& type, std::array<bool, lane_count>& lanes);
POLKU_DECL void group_columns(table_study& of);
POLKU_DECL column_cells cells_of(const table_study& of, std::uint32_t column);
POLKU_DECL axis_constraints collect_points(table_study& of, table_axis& axis);
POLKU_DECL void make_atoms(table_study& of, table_axis& axis, const axis_constraints& known,
                           feel::evaluation_context& with);

// Classes, in analysis_classes.ipp. False when there are more of them than the work allows.
POLKU_DECL bool build_axes(table_study& of, feel::evaluation_context& with);

/// One class of each axis.
using chosen_classes = std::vector<std::uint32_t>;

/// What a replay must show: asked with the trace of the studied table.
class replay_test {
public:
    virtual ~replay_test() = default;
    virtual bool shown_by(const table_trace& in) const = 0;
};
/// What a replay showed: the inputs of the node, and those of the table.
struct replay_result {
    feel::context input;
    std::vector<feel::value> at;  ///< by column
};

// Witnesses, in analysis_witness.ipp.
/// A value of the class, the most readable one; null for classes without one.
POLKU_DECL feel::value value_in(const table_axis& axis, std::uint32_t of_class);
/// The values of such classes, by column.
POLKU_DECL std::vector<feel::value> values_at(const table_study& of, const chosen_classes& classes);
/// Evaluates the node, by the public evaluator, with inputs that should put the table's columns into the classes, until
/// the test is shown. Exact where columns are names and paths of inputs; else inputs are searched, within bounds.
POLKU_DECL std::optional<replay_result> replay(table_study& of, const chosen_classes& classes, const replay_test& test);

// Texts and places, in analysis_text.ipp.
POLKU_DECL std::string literal_of(const feel::value& of);
POLKU_DECL std::string class_text(const table_axis& axis, std::span<const std::uint32_t> classes);
POLKU_DECL std::string values_text(const table_study& of, std::span<const feel::value> by_column);
POLKU_DECL std::string rules_text(std::span<const std::uint32_t> from_zero);
POLKU_DECL position place_of_table(const table_study& of);
POLKU_DECL position place_of_rule(const table_study& of, std::uint32_t rule);
POLKU_DECL position place_of_cell(const table_study& of, std::uint32_t rule, std::uint32_t column);
POLKU_DECL position place_of_column(const table_study& of, std::uint32_t column);
POLKU_DECL position place_of_output(const table_study& of, std::uint32_t rule, std::uint32_t column);
/// A finding about some rules (counted from 0), placed at the last of them, or at the table when there is none.
POLKU_DECL finding finding_about(const table_study& of, finding_kind is, severity how, verdict says,
                                 const std::vector<std::uint32_t>& rules);
POLKU_DECL void set_witness(finding& of, const table_study& in, const replay_result& shown);
POLKU_DECL void set_witness(finding& of, const table_study& in, std::span<const feel::value> by_column);
/// Keeps the finding unless there are enough of its kind.
POLKU_DECL void report(table_study& of, finding what);

// The checks, each for one reason: analysis_gaps.ipp, analysis_overlaps.ipp, analysis_rules.ipp, analysis_advice.ipp,
// analysis_literals.ipp.
POLKU_DECL void find_gaps(table_study& of);
POLKU_DECL void find_overlaps(table_study& of);
POLKU_DECL void find_rules_never_chosen(table_study& of);
POLKU_DECL void find_refused_literals(table_study& of, feel::evaluation_context& with);
POLKU_DECL void find_advice(table_study& of);

/// How two rules meet: whether some input surely, or possibly, meets both. Over what upstream decisions yield; with
/// `in_play` only where rules may not clash, and so without null unless it is spoken of.
struct rule_meeting {
    bool surely = false;
    bool possibly = false;
};
POLKU_DECL rule_meeting meeting_of(const table_study& of, std::uint32_t left, std::uint32_t right, bool in_play);
/// Whether two rules answer the same; empty when an output is no constant.
POLKU_DECL std::optional<bool> answer_alike(const table_study& of, std::uint32_t left, std::uint32_t right);
/// The rules that go before a rule when both match, under FIRST and PRIORITY; empty when that is not known.
POLKU_DECL std::optional<index_set> rules_ahead(const table_study& of, std::uint32_t rule);
POLKU_DECL bool takes_one_rule(hit_policy policy) noexcept;
POLKU_DECL bool has_default(const compiled_table& table) noexcept;

// The requirement graph, in analysis_graph.ipp.
POLKU_DECL const output_set* upstream_of(const table_study& of, const table_axis& axis);
POLKU_DECL output_set outputs_of_node(const program_data& program, std::uint32_t node,
                                      std::span<const std::unique_ptr<table_study>> studies,
                                      feel::evaluation_context& with);
POLKU_DECL std::vector<std::uint32_t> nodes_in_order(const program_data& program);

}  // namespace polku::inline POLKU_V::dmn::detail

#endif
