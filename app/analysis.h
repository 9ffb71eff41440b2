// The analysis thread: drains the queue between the wire and the Judge.
#pragma once

#include <atomic>
#include <memory>
#include <thread>

#include "app/judge.h"
#include "capture/analysis_queue.h"

namespace exotap {

// The calls may come from any one thread beside the analysis thread itself.
class Analysis {
 public:
  // `judge` belongs to the analysis thread from here on, until finish() has returned.
  Analysis(AnalysisQueue& queue, Judge& judge);
  ~Analysis();
  Analysis(const Analysis&) = delete;
  Analysis& operator=(const Analysis&) = delete;

  // Other rules for the exchanges to come.
  void replace_rules(std::unique_ptr<const RuleSet> rules);
  // Judges what is in the queue, flushes the sinks, ends the thread.
  void finish();

 private:
  void run();

  AnalysisQueue& queue_;
  Judge& judge_;
  std::atomic<const RuleSet*> next_rules_{nullptr};  // owned; taken over by the thread
  std::thread thread_;
};

}  // namespace exotap
