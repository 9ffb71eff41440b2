// The console for programs.
#pragma once

#include <string>

#include "app/console/console.h"
#include "capture/ndjson.h"

namespace exotap {

class JsonConsole : public Console {
 public:
  JsonConsole(Screen& screen, Redaction& redaction, std::string run, bool quiet,
              ConsoleWorld world);

  void listening(std::string_view address, std::uint16_t port) override;
  void exchange(const Exchange& exchange, const Facts& facts) override;
  void finding(const Finding& finding) override;
  void gap(const Gap& gap) override;
  void notice(std::string_view message) override;
  void finish(const RunEnd& end) override;
  void flush() override;

 private:
  Screen& screen_;
  Redaction& redaction_;
  Ndjson format_;
  bool quiet_;
  ConsoleWorld world_;
  WallTime latest_{};
  std::string out_;
};

}  // namespace exotap
