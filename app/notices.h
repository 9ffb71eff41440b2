// What `exotap run` itself has to say beside its console: warnings and errors of start, reload and
// routes, each a line `exotap: WHAT: WHY (what to do)` on standard error, whatever --format is.
#pragma once

#include <iosfwd>
#include <memory>
#include <string_view>

namespace exotap {

// Thread safe: I/O threads have notices, too. Each line is written and flushed at once, so that a
// crash loses none.
class Notices {
 public:
  // `errors` outlives it.
  explicit Notices(std::ostream& errors);
  ~Notices();
  Notices(const Notices&) = delete;
  Notices& operator=(const Notices&) = delete;

  // `line` is what follows "exotap: ", without a line end; braces in it mean nothing.
  void say(std::string_view line);

 private:
  struct Logger;
  std::unique_ptr<Logger> logger_;
};

}  // namespace exotap
