// The console's last words: what was seen, each finding once, where the log is.
#pragma once

#include <string>

#include "app/console/console.h"
#include "app/console/local_time.h"
#include "app/console/status_line.h"
#include "app/console/told_findings.h"

namespace exotap {

struct SummaryOf {
  Tally tally;
  std::chrono::seconds span{0};  // from the first exchange to the end of the last
  const ToldFindings& findings;
  RunEnd end;
};

void append_summary(std::string& out, const SummaryOf& run, std::size_t columns, const Style& style,
                    Redaction& redaction, LocalTime& local);

}  // namespace exotap
