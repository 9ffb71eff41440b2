#include "app/find_proxy_command.h"

#include <cstdlib>
#include <exception>
#include <optional>
#include <thread>

#include "app/child_process.h"
#include "app/environment.h"
#include "app/exit_code.h"
#include "app/libproxy.h"
#include "app/pac_file.h"

namespace exotap {
namespace {

constexpr std::string_view kVia = "via ";
constexpr std::string_view kFailed = "exotap: find-proxy: ";

constexpr std::string_view kHelp =
    "exotap find-proxy [--pac URL] URL\n\n"
    "The proxies that this system's settings name for a URL, best first; with --pac those that a\n"
    "PAC file names (http://, file://).\n\n"
    "Example:\n"
    "  exotap find-proxy https://outlook.office365.com/\n"
    "  exotap find-proxy --pac http://wpad.contoso.com/wpad.dat https://outlook.office365.com/\n";

// libproxy has no time limit, and no call that ends a wait: the process ends instead.
void end_in_time(std::ostream& out) {
  std::thread([&out] {
    std::this_thread::sleep_for(kFindProxyLimit);
    out << kFailed << "the proxy settings gave no answer in " << kFindProxyLimit.count()
        << " seconds (is the PAC file's server reachable?)" << std::endl;
    std::_Exit(kCouldNotStart);
  }).detach();
}

int print(const wire::ProxyAnswer& answer, Terminal terminal) {
  if (!answer.problem.empty()) {
    terminal.errors << kFailed << answer.problem << "\n";
    return kSomethingIsWrong;
  }
  for (const std::string& word : answer.words) terminal.out << kVia << word << "\n";
  return kDone;
}

wire::ProxyAnswer system_answer(const std::string& url) {
  wire::ProxyAnswer answer;
  for (std::string& word : proxies_for(url)) {
    // A password may stand in the settings, and this is printed.
    const std::optional<wire::Hop> hop = wire::parse_proxy_url(word, nullptr);
    answer.words.push_back(hop ? hop->name() : word.substr(0, word.find("://")) + "://");
  }
  if (answer.words.empty()) answer.problem = "libproxy does not say (see the system's settings)";
  return answer;
}

}  // namespace

int find_proxy_command(std::span<const std::string> words, Terminal terminal) {
  if (!words.empty() && (words[0] == "--help" || words[0] == "-h")) {
    terminal.out << kHelp;
    return kDone;
  }
  std::optional<std::string> pac;
  if (words.size() >= 2 && words[0] == "--pac") {
    pac = words[1];
    words = words.subspan(2);
  }
  if (words.size() != 1 || words[0].find("://") == std::string::npos) {
    terminal.errors << kFailed << "takes one URL (see exotap find-proxy --help)\n";
    return kUsage;
  }
  if (!has_libproxy()) {
    terminal.errors << kFailed
                    << "this program was built without libproxy (name the proxy with --upstream)\n";
    return kCouldNotStart;
  }
  end_in_time(terminal.errors);
  return print(pac ? ask_pac_file(*pac, words[0]) : system_answer(words[0]), terminal);
}

wire::ProxyAnswer ask_find_proxy(const std::string& pac, const std::string& url) {
  wire::ProxyAnswer answer;
  try {
    std::vector<std::string> words = {"find-proxy"};
    if (!pac.empty()) words.insert(words.end(), {"--pac", pac});
    words.push_back(url);
    ChildProcess child(own_executable(), words);
    std::string line;
    while (child.read_line(line)) {
      if (line.starts_with(kVia)) answer.words.push_back(line.substr(kVia.size()));
      if (line.starts_with(kFailed)) answer.problem = line.substr(kFailed.size());
    }
    const int code = child.stop(kFindProxyLimit);
    if (answer.words.empty() && answer.problem.empty()) {
      answer.problem = "reading the proxy settings ended with code " + std::to_string(code);
    }
  } catch (const std::exception& error) {
    answer.problem = error.what();
  }
  return answer;
}

}  // namespace exotap
