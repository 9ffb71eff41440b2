// Failed connections that wait for their control run: the same tried again without exotap. They are
// judged when it has come to something, so that their findings can say whose doing it was.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "capture/exchange.h"
#include "decoders/facts.h"

namespace exotap {

// For the analysis thread alone. Everything it waits for is bounded: in number, and in time.
class ControlRuns {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::size_t kMaxHeld = 256;  // exchanges; more are judged at once, without
  static constexpr std::size_t kMaxRuns = 64;   // known or under way; the oldest is forgotten first
  // What one failure came to is what others like it come to within this time: the same host, port
  // and way out, failing at the same point with the same error.
  static constexpr std::chrono::seconds kKnown{60};
  // A control takes two attempts at most, and may have to wait for others.
  static constexpr std::chrono::seconds kPatience{30};

  struct Failure {
    std::unique_ptr<const Exchange> exchange;
    Facts facts;  // the control's among them, once it is released
  };
  // Begins a control run; false where there is no budget for it.
  using Ask = std::function<bool(const Exchange&)>;
  // Told of each run that begins: what waits appears only when it has ended.
  using Announce = std::function<void(const Exchange&)>;
  // Whether a failure can be tried again at all.
  using IsQuestion = bool (*)(const Exchange&);

  ControlRuns(IsQuestion is_question, Ask ask, Announce announce = {})
      : is_question_(is_question), ask_(std::move(ask)), announce_(std::move(announce)) {}

  // `facts` are the decoders' and flow's of an exchange that has just ended. True where it is held:
  // it comes out of answered() or overdue() later. Else it is to be judged now; what is known of a
  // control is stated in `facts` then.
  [[nodiscard]] bool hold(const Exchange& exchange, Facts& facts, Clock::time_point now);

  // A probe's record of ProbeKind::control has come: those that waited for it, in order.
  [[nodiscard]] std::vector<Failure> answered(const Exchange& control, Clock::time_point now);
  // Those whose control takes too long; all of them where `ending`.
  [[nodiscard]] std::vector<Failure> overdue(Clock::time_point now, bool ending = false);

 private:
  struct Run {
    std::string like;                  // what tells failures apart
    std::uint64_t about = 0;           // the exchange it was begun for
    Clock::time_point since{};         // when it began or, with an answer, when that came
    std::unique_ptr<Exchange> answer;  // none: under way
    std::vector<Failure> held;
  };
  [[nodiscard]] Run* find(const std::string& like, Clock::time_point now);
  void make_room();

  IsQuestion is_question_;
  Ask ask_;
  Announce announce_;
  std::vector<Run> runs_;  // the oldest in front
  std::size_t held_ = 0;
};

}  // namespace exotap
