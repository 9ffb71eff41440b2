// A second process that waits for this one's end, to do then what this one may no longer be able to
// do: a desktop whose setting names a dead exotap sends who starts a browser past the company's
// proxy, and so nowhere. One implementation a platform.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace exotap {

// For one thread.
class Guardian {
 public:
  Guardian() = default;
  // Lets it go on, and waits a moment for its end.
  ~Guardian();
  Guardian(const Guardian&) = delete;
  Guardian& operator=(const Guardian&) = delete;

  // Starts `program`. Its input ends when this process does, however that comes about, or this
  // object; nothing else of this process is open in it, what it says is not read, and it is in no
  // terminal's reach. Once. Empty, or why there is none.
  [[nodiscard]] std::string start(const std::filesystem::path& program,
                                  const std::vector<std::string>& words);

 private:
  int input_ = -1;  // the end that is held open here
  std::int64_t process_ = 0;
};

// The other side of it: returns when the input ends. Meanwhile, and afterwards, no request to end
// is heeded, for those are exotap's; and the process has this name, so that who ends or reloads
// "exotap" by name does not mean it. At most 15 bytes.
void wait_for_end_of_input(const char* name);

}  // namespace exotap
