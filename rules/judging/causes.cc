#include "rules/judging/causes.h"

#include <algorithm>
#include <utility>

namespace exotap {
namespace {

// The first time, the 10th, the 100th ...: the rest is told with the last word.
bool is_worth_a_line(std::uint64_t count) {
  while (count >= 10 && count % 10 == 0) count /= 10;
  return count == 1;
}

bool agree(const Mark& cause, const Mark& symptom) {
  return cause.consequence == symptom.consequence && cause.end == Mark::End::cause &&
         symptom.end == Mark::End::symptom && cause.same == symptom.same;
}

}  // namespace

Causes::Told* Causes::find(std::uint64_t number) {
  const auto found = std::ranges::find(told_, number, &Told::number);
  return number == 0 || found == told_.end() ? nullptr : &*found;
}

// nullptr where the cause is forgotten: nothing more hangs below it then.
Causes::Told* Causes::root_of(Told& told) {
  Told* root = &told;
  while (root != nullptr && root->cause != 0) root = find(root->cause);
  return root;
}

const Mark* Causes::explains(const Told& cause, const Told& symptom) {
  for (const Mark& mark : cause.marks) {
    const auto matches = [&](const Mark& other) {
      if (!agree(mark, other)) return false;
      if (mark.order == Mark::Order::cause_first && cause.first > symptom.first) return false;
      const auto apart =
          cause.first > symptom.first ? cause.first - symptom.latest : symptom.first - cause.latest;
      return apart <= mark.timespan;
    };
    if (std::ranges::any_of(symptom.marks, matches)) return &mark;
  }
  return nullptr;
}

void Causes::hang_below(Told& symptom, Told& cause) {
  symptom.cause = cause.number;
  cause.untold = true;
  if (cause.symptoms.size() < kMaxSymptoms) cause.symptoms.push_back(symptom.number);
}

Causes::Told& Causes::remember(std::string identity, std::vector<Finding>& forgotten) {
  if (told_.size() >= kMaxRemembered) {
    const auto quietest = std::ranges::min_element(told_, {}, &Told::latest);
    say_last_word(*quietest, forgotten);
    told_.erase(quietest);
  }
  Told& told = told_.emplace_back();
  told.identity = std::move(identity);
  return told;
}

void Causes::rank(Finding& finding, std::string_view identity, std::vector<Mark> marks,
                  WallTime time, std::vector<Finding>& forgotten) {
  number(finding);
  std::string whole(identity);
  whole.append(1, '\0').append(std::to_string(finding.attempt_id));
  const auto known = std::ranges::find(told_, whole, &Told::identity);
  if (known != told_.end() && finding.repeats > 1) return tell_again(*known, finding, time);
  // Ten quiet minutes later it is told anew, and is another one.
  if (known != told_.end()) known->identity.clear();
  Told& told = remember(std::move(whole), forgotten);
  told.number = finding.number;
  told.first = told.latest = time;
  told.marks = std::move(marks);
  told.count = 1;
  place(told, finding);
  told.finding = finding;
}

void Causes::tell_again(Told& told, Finding& finding, WallTime time) {
  told.latest = std::max(told.latest, time);
  ++told.count;
  finding.again_of = told.number;
  finding.because_of = told.cause;
  finding.is_news = is_worth_a_line(told.count);
  told.untold = told.untold || !finding.is_news;
  if (finding.is_news && told.symptoms.empty()) told.untold = false;
  told.finding = finding;
}

// First below the earliest cause of its own; then whatever it explains hangs below that, or it.
void Causes::place(Told& told, Finding& finding) {
  Told* cause = nullptr;
  const Mark* by = nullptr;
  for (Told& other : told_) {
    const Mark* mark = &other == &told ? nullptr : explains(other, told);
    Told* root = mark == nullptr ? nullptr : root_of(other);
    if (root == nullptr || root == &told) continue;
    if (cause != nullptr && root->first >= cause->first) continue;
    cause = root;
    by = mark;
  }
  if (cause != nullptr) {
    finding.joined_by.push_back(by->consequence);
    hang_below(told, *cause);
    finding.because_of = cause->number;
  }
  for (Told& other : told_) {
    if (&other == &told || &other == cause || other.cause != 0) continue;
    const Mark* mark = explains(told, other);
    if (mark == nullptr) continue;
    finding.joined_by.push_back(mark->consequence);
    hang_below(other, told);
    finding.cause_of.push_back(other.number);
  }
  told.untold = false;
}

void Causes::say_last_word(const Told& told, std::vector<Finding>& last_words) {
  if (!told.untold) return;
  Finding& word = last_words.emplace_back(told.finding);
  number(word);
  word.again_of = told.number;
  word.because_of = told.cause;
  word.cause_of = told.symptoms;
  word.is_news = true;
  word.is_last_word = true;
}

void Causes::end(std::vector<Finding>& last_words) {
  for (Told& told : told_) {
    say_last_word(told, last_words);
    told.untold = false;
  }
}

void Causes::forget_marks() {
  for (Told& told : told_) told.marks.clear();
}

}  // namespace exotap
