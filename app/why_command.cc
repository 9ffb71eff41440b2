#include "app/why_command.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "app/exit_code.h"
#include "app/rule_page.h"
#include "app/rule_sources.h"
#include "app/why.h"
#include "capture/evidence_place.h"
#include "capture/ndjson_reader.h"
#include "capture/story.h"
#include "decoders/decoder.h"
#include "decoders/flow/flow.h"
#include "rules/judging/engine.h"
#include "rules/words/printable.h"

namespace exotap {
namespace {

constexpr std::size_t kMostNear = 3;    // rules told of that do not match
constexpr std::size_t kMaxShown = 200;  // bytes of a value

// Calls see(event_id, exchange, facts) for every exchange; an error, or empty.
using See = std::function<void(const std::string&, const Exchange&, const Facts&)>;

std::string see_log(const std::string& file, const See& see) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return file + ": cannot be read (is the path right?)";
  NdjsonReader reader(in, [](std::string_view) {});
  while (const std::optional<Judged> judged = reader.next()) {
    see(reader.event_id(), *judged->exchange, judged->facts);
  }
  if (reader.counts().exchanges == 0) {
    return file + ": no exchange in it (give a .ndjson file of --log, or a story's .yml)";
  }
  return {};
}

std::string see_story(const std::string& file, const See& see) {
  const StoryResult read = read_story(file);
  if (!read.story) return read.error;
  Flow flow;
  for (const ExchangePtr& exchange : read.story->exchanges) {
    Facts facts;
    decode(*exchange, facts);
    flow.fold(*exchange, facts);
    see(std::to_string(exchange->id), *exchange, facts);
  }
  return {};
}

bool is_story(std::string_view file) { return file.ends_with(".yml") || file.ends_with(".yaml"); }

// "1a2b3c4d-7" is meant by itself and by "7".
bool is_meant(std::string_view event_id, std::string_view wanted) {
  if (event_id == wanted) return true;
  const std::size_t dash = event_id.rfind('-');
  return dash != std::string_view::npos && event_id.substr(dash + 1) == wanted;
}

std::string heading_of(const std::string& event_id, const Exchange& exchange) {
  std::string text = event_id + ": " + exchange.host + ":" + std::to_string(exchange.port);
  if (exchange.fault) text += ", " + exchange.fault.code;
  return text;
}

std::string text_of(const Facts& facts, std::string_view name) {
  const FactSpec* spec = find_fact(name);
  return spec == nullptr ? std::string() : printable(facts.text(*spec), kMaxShown);
}

// One line an exchange, to choose from.
std::string event_line(const std::string& event_id, const Exchange& exchange, const Facts& facts) {
  std::string text = event_id + "  " + text_of(facts, "http.request.method") + " " +
                     printable(exchange.host, kMaxShown) + text_of(facts, "url.path");
  const std::string status = text_of(facts, "http.response.status_code");
  const std::string error = text_of(facts, "error.code");
  if (!status.empty()) text += "  " + status;
  if (!error.empty()) text += "  " + error;
  return text + "\n";
}

std::string facts_of(const Facts& facts) {
  std::string text;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const Fact fact = facts[i];
    text += "  " + std::string(fact.spec->name) + " = " + printable(fact.text, kMaxShown);
    const std::string_view place = evidence_place(fact.spec->name);
    text += place.empty() ? "\n" : "   [" + std::string(place) + "]\n";
  }
  return text;
}

// Judges every exchange, so that correlations know what came before, and speaks of the one asked
// about.
class WhyTeller {
 public:
  WhyTeller(const RuleSet& rules, std::optional<std::size_t> only, const WhyOptions& options,
            std::ostream& out)
      : rules_(rules), only_(only), options_(options), out_(out), engine_(rules) {}

  void see(const std::string& event_id, const Exchange& exchange, const Facts& facts) {
    if (first_.empty()) first_ = event_id;
    last_ = event_id;
    findings_.clear();
    engine_.judge({exchange.id}, facts, exchange.started, findings_);
    if (options_.ask == WhyOptions::Ask::events) {
      found_ = true;
      out_ << event_line(event_id, exchange, facts);
      return;
    }
    if (!is_meant(event_id, options_.event)) return;
    found_ = true;
    out_ << heading_of(event_id, exchange) << "\n";
    if (options_.ask == WhyOptions::Ask::facts) {
      out_ << facts_of(facts);
      return;
    }
    const auto told = only_ ? std::vector<std::size_t>{*only_} : worth_telling(facts);
    for (const std::size_t rule : told) tell(rule, facts);
    if (told.empty()) out_ << "\nno rule matches it, nor would one with one statement otherwise\n";
  }
  [[nodiscard]] bool found() const { return found_; }
  [[nodiscard]] const std::string& first() const { return first_; }
  [[nodiscard]] const std::string& last() const { return last_; }

 private:
  [[nodiscard]] bool fired(std::size_t rule) const {
    return std::ranges::find(findings_, rules_.rule(rule).name, &Finding::rule_name) !=
           findings_.end();
  }
  // Those that match or nearly do, and correlations completed here.
  [[nodiscard]] std::vector<std::size_t> worth_telling(const Facts& facts) const {
    std::vector<std::size_t> told;
    for (std::size_t i = 0; i < rules_.size(); ++i) {
      if (rules_.compiled(i).correlation && fired(i)) told.push_back(i);
    }
    std::ranges::copy(nearest_rules(rules_, facts, kMostNear), std::back_inserter(told));
    return told;
  }
  void tell(std::size_t rule, const Facts& facts) {
    const Rule& asked = rules_.rule(rule);
    const bool correlation = rules_.compiled(rule).correlation.has_value();
    const std::size_t misses = correlation ? 1 : nearness(rules_, rule, facts).misses;
    out_ << "\n" << asked.name << ": ";
    if (fired(rule)) {
      out_ << "fires\n";
    } else if (correlation) {
      out_ << "is not completed by this exchange\n";
    } else if (misses == 0 && asked.fires_alone) {
      out_ << "matches, and was told for this exchange before\n";
    } else if (misses == 0) {
      out_ << "matches; it does not fire by itself, but is counted by another rule\n";
    } else {
      out_ << "stays silent; " << misses
           << (misses == 1 ? " statement keeps it\n" : " statements keep it\n");
    }
    out_ << why(rules_, rule, facts);
  }

  const RuleSet& rules_;
  std::optional<std::size_t> only_;
  const WhyOptions& options_;
  std::ostream& out_;
  Engine engine_;
  std::vector<Finding> findings_;
  std::string first_, last_;
  bool found_ = false;
};

}  // namespace

int tell_why(const WhyOptions& options, Terminal terminal) {
  const std::unique_ptr<const RuleSet> rules = load_all_rules(options.rules, terminal.errors);
  if (!rules) return kUsage;
  std::optional<std::size_t> only;
  if (!options.rule.empty()) {
    only = find_rule(*rules, options.rule);
    if (!only) {
      terminal.errors << "exotap: analyze: there is no rule '" << options.rule << "'"
                      << rule_suggestion(*rules, options.rule)
                      << " (exotap rules list names them all)\n";
      return kUsage;
    }
  }
  WhyTeller teller(*rules, only, options, terminal.out);
  const See see = [&](const std::string& id, const Exchange& exchange, const Facts& facts) {
    teller.see(id, exchange, facts);
  };
  bool all_read = true;
  for (const std::string& file : options.files) {
    const std::string why = is_story(file) ? see_story(file, see) : see_log(file, see);
    if (why.empty()) continue;
    terminal.errors << "exotap: " << why << "\n";
    all_read = false;
  }
  if (!all_read) return kUnreadableInput;
  if (teller.found()) return kDone;
  terminal.errors << "exotap: analyze: there is no exchange '" << options.event << "' (they are "
                  << teller.first() << " to " << teller.last() << ")\n";
  return kSomethingIsWrong;
}

}  // namespace exotap
