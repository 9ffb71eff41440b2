// A PAC file's answer for a URL. libproxy runs the script; what it leaves out is added around it:
// libproxy takes a file that cannot be had, or a script that fails, for "direct", and drops the
// proxies of a kind it does not know. A script that gives nothing (null, "" or no return at all)
// means "direct", as for browsers; one that gives a number or an object has failed.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "app/temporary_folder.h"
#include "proxy/wire/upstream/upstream_settings.h"

namespace exotap {

inline constexpr std::chrono::seconds kPacFilePatience{6};  // to fetch it; less than what asks

// For a process of its own, whose environment it changes, and one at a time.
class PacFile {
 public:
  // Fetches it: http://, https:// (verified by the system's trust anchors and these files) or
  // file://, bounded as in app/desktop/script_fetch.h.
  PacFile(std::string pac, const std::vector<std::string>& ca_files);

  // Blocks as proxies_for() does. A problem where the file could not be had, or its script fails.
  [[nodiscard]] wire::ProxyAnswer ask(const std::string& url) const;

 private:
  std::string pac_;
  std::string problem_;
  TemporaryFolder folder_{"exotap-pac"};
};

// The script with an addition that writes each of its answers as proxies whose names say what was
// meant, so that every one of them survives; and the way back from such a name. Empty where the
// word is no such name: then the script has failed.
[[nodiscard]] std::string told_script(std::string_view script);
[[nodiscard]] std::string told_word(std::string_view word);

}  // namespace exotap
