// SPDX-License-Identifier: Apache-2.0
#include <polku/report/path_diagram.hpp>

#include <polku/path/explain.hpp>
#include <polku/report/labels.hpp>
#include <polku/report/svg.hpp>

#include <algorithm>
#include <vector>

namespace polku::inline POLKU_V::report {

namespace {

// Measures of the drawing, in pixels: stages stand in one row, entries left of it, exits below their stage, and routing
// that is not to the next stage runs in lanes above the row.
constexpr int stage_width = 168;  // a bold word of 21 letters, which Finnish has
constexpr int stage_height = 92;
constexpr int gap = 42;
constexpr int left_edge = 204;
constexpr int lane = 18;
constexpr int chip_height = 48;  // three lines of text
constexpr int chip_gap = 8;

struct edge {
    std::size_t from = 0;
    std::size_t to = 0;
    int level = 0;  // lane above the row, from 1; 0 is the straight arrow to the next stage
    bool is_back() const { return to <= from; }
};

class path_drawer {
public:
    path_drawer(const path::service_path& path, std::string_view language, std::span<const std::string> way)
        : path_(path), says_(path.says()), language_(language), way_(way) {
        find_edges();
    }

    std::string draw() {
        top_ = 24 + lanes_ * lane;
        const int columns = static_cast<int>(says_.stages.size());
        const int below = top_ + stage_height + 34 + static_cast<int>(most_exits_) * (chip_height + chip_gap);
        const int entries = top_ + static_cast<int>(says_.entries.size()) * 26 + 20;
        const int width = left_edge + columns * (stage_width + gap);
        drawing into(width, std::max(below, entries) + 26, path::text_in(says_.name, language_));
        draw_entries(into);
        for (std::size_t i = 0; i < says_.stages.size(); ++i) draw_stage(into, i);
        for (const edge& each : edges_) draw_edge(into, each);
        into.text(left_edge, std::max(below, entries) + 14, word(label::any_stage, language_), "small");
        return std::move(into).finish();
    }

private:
    int x_of(std::size_t stage) const { return left_edge + static_cast<int>(stage) * (stage_width + gap); }

    std::vector<const path::exit_definition*> exits_of(std::string_view stage) const {
        std::vector<const path::exit_definition*> found;
        for (const std::string& target : path_.routing_targets(stage)) {
            if (const path::exit_definition* exit = path_.find_exit(target); exit != nullptr) found.push_back(exit);
        }
        return found;
    }

    void find_edges() {
        const auto& stages = says_.stages;
        for (std::size_t from = 0; from < stages.size(); ++from) {
            most_exits_ = std::max(most_exits_, exits_of(stages[from].id).size());
            for (const std::string& target : path_.routing_targets(stages[from].id)) {
                const auto found =
                    std::find_if(stages.begin(), stages.end(), [&](const auto& s) { return s.id == target; });
                if (found == stages.end()) continue;
                const auto to = static_cast<std::size_t>(found - stages.begin());
                edges_.push_back({from, to, to == from + 1 ? 0 : -1});
            }
        }
        // Short edges get the low lanes, so that lanes do not cross more than they must.
        std::stable_sort(edges_.begin(), edges_.end(), [](const edge& a, const edge& b) { return span(a) < span(b); });
        for (edge& each : edges_) {
            if (each.level != 0) each.level = ++lanes_;
        }
    }

    static std::size_t span(const edge& of) { return of.from > of.to ? of.from - of.to : of.to - of.from; }

    void draw_entries(drawing& into) const {
        into.text(12, top_ - 8, word(label::entries, language_), "strong");
        int y = top_;
        for (const auto& [id, entry] : says_.entries) {
            into.box(10, y, 160, 21, "entry");
            into.text(18, y + 15, shortened(path::text_in(entry.name, language_), 24), "small");
            y += 26;
        }
        const int middle = top_ + stage_height / 2;
        into.line(174, middle, left_edge - 8, middle, "edge");
        arrow_right(into, left_edge, middle, "arrow");
    }

    void draw_stage(drawing& into, std::size_t index) const {
        const path::stage_definition& stage = says_.stages[index];
        const int x = x_of(index);
        const auto owner = says_.roles.find(stage.owner);
        const bool is_last = !way_.empty() && way_.back() == stage.id;
        into.box(x, top_, stage_width, stage_height, is_last ? "here" : "stage", path::text_in(stage.help, language_));
        const std::string visits = visits_of(stage.id);
        if (!visits.empty()) into.text(x + 7, top_ + 15, visits, "walked-number");
        into.centred(x + stage_width / 2, top_ + 32, path::text_in(stage.name, language_), 21, "strong");
        if (owner != says_.roles.end())
            into.text(x + stage_width / 2, top_ + stage_height - 24,
                      shortened(path::text_in(owner->second.name, language_), 27), "small", "middle");
        into.text(x + stage_width / 2, top_ + stage_height - 9,
                  std::string(word(label::at_most, language_)) + " " + period_text(stage.max, language_), "small",
                  "middle");
        int y = top_ + stage_height + 26;
        const auto exits = exits_of(stage.id);
        if (!exits.empty()) {
            into.line(x + stage_width / 2, top_ + stage_height, x + stage_width / 2, y - 8, "edge");
            arrow_down(into, x + stage_width / 2, y, "arrow");
        }
        for (const path::exit_definition* exit : exits) {
            into.box(x, y, stage_width, chip_height, "exit");
            into.centred(x + stage_width / 2, y + chip_height / 2, path::text_in(exit->name, language_), 24, "small");
            y += chip_height + chip_gap;
        }
    }

    /// Places of a stage in the client's way, from 1: "2, 5".
    std::string visits_of(std::string_view stage) const {
        std::string made;
        for (std::size_t i = 0; i < way_.size(); ++i)
            if (way_[i] == stage) made += (made.empty() ? "" : ", ") + std::to_string(i + 1);
        return made;
    }
    bool is_walked(const edge& of) const {
        for (std::size_t i = 1; i < way_.size(); ++i)
            if (way_[i - 1] == says_.stages[of.from].id && way_[i] == says_.stages[of.to].id) return true;
        return false;
    }

    void draw_edge(drawing& into, const edge& what) const {
        const bool walked = is_walked(what);
        if (what.level == 0) {
            const int y = top_ + stage_height / 2;
            into.line(x_of(what.from) + stage_width, y, x_of(what.to) - 8, y, walked ? "walked" : "edge");
            arrow_right(into, x_of(what.to), y, walked ? "arrow-walked" : "arrow");
            return;
        }
        // Each lane leaves and enters at places of its own along the stage's upper edge.
        const int shift = what.level * 10 % 50;
        const int leaves = x_of(what.from) + (what.is_back() ? 22 + shift : stage_width - 62 + shift);
        const int enters = x_of(what.to) + (what.is_back() ? stage_width - 20 - shift : 20 + shift);
        const int y = top_ - 10 - what.level * lane + lane / 2;
        into.path("M" + std::to_string(leaves) + " " + std::to_string(top_) + " V" + std::to_string(y) + " H" +
                      std::to_string(enters) + " V" + std::to_string(top_ - 8),
                  walked           ? "walked"
                  : what.is_back() ? "back"
                                   : "edge");
        arrow_down(into, enters, top_, walked ? "arrow-walked" : what.is_back() ? "arrow-back" : "arrow");
    }

    static void arrow_right(drawing& into, int x, int y, std::string_view css_class) {
        into.path("M" + std::to_string(x) + " " + std::to_string(y) + " l-9 -4 v8 z", css_class);
    }
    static void arrow_down(drawing& into, int x, int y, std::string_view css_class) {
        into.path("M" + std::to_string(x) + " " + std::to_string(y) + " l-4 -9 h8 z", css_class);
    }

    const path::service_path& path_;
    const path::definition& says_;
    std::string_view language_;
    std::span<const std::string> way_;
    std::vector<edge> edges_;
    std::size_t most_exits_ = 0;
    int lanes_ = 0;
    int top_ = 0;
};

}  // namespace

std::string path_diagram(const path::service_path& path, std::string_view language, std::span<const std::string> way) {
    return path_drawer(path, language, way).draw();
}

}  // namespace polku::inline POLKU_V::report
