#include "app/desktop/proxy_switch.h"

#include "app/desktop/proxy_journal.h"

namespace exotap {
namespace {

using State = Restored::State;

constexpr std::chrono::milliseconds kDeathPatience{500};
constexpr const char* kJournalRemedy =
    " (what exotap changes is written down there: make it readable and writable for you)";

std::string setting_of(std::string_view desktop) {
  return std::string(desktop) + "'s proxy setting";
}

// Puts back, last written first, each value that is still ours. The first one is the anchor: where
// it is not ours, either nothing was changed yet, or everything is back already, or somebody else
// has set another address, and then the rest is theirs, too.
Restored put_back(SystemProxy& desktop, const ProxyJournal& journal) {
  const std::string setting = setting_of(desktop.name());
  const Outcome<ProxyValues> now = desktop.read();
  if (!now) return {State::failed, setting + " is not put back: " + now.error};
  if (now->size() != journal.former.size()) {
    return {State::failed, setting + " is not put back: it has other values now (report this)"};
  }
  if (*now == journal.former) return {State::done, setting + " is as it was before"};
  Restored left{State::left, setting + " was changed by somebody else meanwhile, and stays so"};
  if (now->front() != journal.ours.front()) return left;
  bool all = true;
  for (std::size_t i = now->size(); i-- > 0;) {
    if ((*now)[i] == journal.former[i]) continue;
    if ((*now)[i] != journal.ours[i]) {
      all = false;
      continue;
    }
    if (const std::string why = desktop.write(journal.former[i]); !why.empty()) {
      return {State::failed, setting + " is not put back: " + why};
    }
  }
  return all ? Restored{State::done, setting + " is put back"} : left;
}

}  // namespace

std::string ProxySwitch::set(std::string_view script_url) {
  if (const std::string why = file_.lock(); !why.empty()) return why + kJournalRemedy;
  std::string why = set_locked(script_url);
  file_.unlock();
  return why;
}

std::string ProxySwitch::set_locked(std::string_view script_url) {
  const auto there = file_.read();
  if (!there) return there.error + kJournalRemedy;
  if (there->has_value()) {
    return "another exotap has set it (end that one first, or leave --system-proxy out; see "
           "exotap restore)";
  }
  Outcome<ProxyValues> former = desktop_.read();
  if (!former) return former.error;
  const ProxyJournal journal{std::string(desktop_.name()), this_process(), std::move(*former),
                             desktop_.with_script(script_url)};
  if (std::string why = file_.create(to_text(journal)); !why.empty()) {
    return why + kJournalRemedy;
  }
  desktop_.restore_at_login(true);
  for (const ProxyValue& value : journal.ours) {
    std::string why = desktop_.write(value);
    if (why.empty()) continue;
    const Restored undone = put_back(desktop_, journal);
    if (undone.state == State::failed) return why + "; and " + undone.words;
    desktop_.restore_at_login(false);
    const std::string kept = file_.remove();
    return kept.empty() ? why : why + "; and " + kept;
  }
  return {};
}

Restored ProxySwitch::restore() {
  // Nothing is made on disk where there never was a journal.
  if (const auto there = file_.read(); there && !there->has_value()) return {};
  if (const std::string why = file_.lock(); !why.empty()) {
    return {State::failed, why + kJournalRemedy};
  }
  Restored restored = restore_locked();
  file_.unlock();
  return restored;
}

Restored ProxySwitch::restore_locked() {
  const auto text = file_.read();
  if (!text)
    return {State::failed, text.error + " (it says what exotap changed: make it readable)"};
  if (!text->has_value()) return {};
  const Outcome<ProxyJournal> journal = parse_journal(**text);
  if (!journal) {
    desktop_.restore_at_login(false);
    const auto aside = file_.set_aside();
    const std::string where = aside ? "it is kept as " + aside->string() : aside.error;
    return {State::unread, file_.path().string() + ": cannot be understood: " + journal.error +
                               "; " + where + " (look at the desktop's proxy setting yourself)"};
  }
  if (journal->process != this_process() && outlives(journal->process, kDeathPatience)) {
    return {State::in_use, "the exotap with process number " + std::to_string(journal->process.id) +
                               " runs and uses " + setting_of(journal->desktop) +
                               " (it puts it back when it ends)"};
  }
  if (journal->desktop != desktop_.name()) {
    return {State::failed, file_.path().string() + ": it is about " + setting_of(journal->desktop) +
                               ", and this is " + std::string(desktop_.name()) +
                               " (run exotap restore there)"};
  }
  Restored restored = put_back(desktop_, *journal);
  if (restored.state == State::failed) return restored;
  // Before the journal: as long as that is there, somebody sees to the rest.
  desktop_.restore_at_login(false);
  if (const std::string why = file_.remove(); !why.empty()) {
    return {State::failed, why + kJournalRemedy};
  }
  return restored;
}

}  // namespace exotap
