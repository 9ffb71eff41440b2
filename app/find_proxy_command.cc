#include "app/find_proxy_command.h"

#include <cstdlib>
#include <exception>
#include <functional>
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
constexpr std::string_view kFor = "for ";
constexpr std::string_view kFailed = "exotap: find-proxy: ";

constexpr std::string_view kHelp =
    "exotap find-proxy [--pac URL [--upstream-ca FILE]...] URL...\n\n"
    "The proxies that this system's settings name for a URL, best first; with --pac those that a\n"
    "PAC file names (http://, https://, file://). https:// is verified by the system's trust\n"
    "anchors, and by those in --upstream-ca files.\n\n"
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

// As they are found, so that a name that does not come takes nothing from those before it.
int print(const std::vector<std::string>& urls, Terminal terminal,
          const std::function<wire::ProxyAnswer(const std::string&)>& find) {
  int code = kDone;
  for (const std::string& url : urls) {
    const wire::ProxyAnswer answer = find(url);
    if (urls.size() > 1) terminal.out << kFor << url << "\n";
    for (const std::string& word : answer.words) terminal.out << kVia << word << "\n";
    terminal.out << std::flush;
    if (answer.problem.empty()) continue;
    terminal.errors << kFailed << answer.problem << std::endl;
    code = kSomethingIsWrong;
  }
  return code;
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

std::optional<ProxyQuestion> understand(std::span<const std::string> words) {
  ProxyQuestion question;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool is_pac = words[i] == "--pac";
    if (is_pac || words[i] == "--upstream-ca") {
      if (++i == words.size() || words[i].empty()) return std::nullopt;
      if (is_pac) {
        question.pac = words[i];
      } else {
        question.ca_files.push_back(words[i]);
      }
    } else if (words[i].find("://") == std::string::npos) {
      return std::nullopt;
    } else {
      question.urls.push_back(words[i]);
    }
  }
  if (question.urls.empty()) return std::nullopt;
  return question;
}

}  // namespace

int find_proxy_command(std::span<const std::string> words, Terminal terminal) {
  if (!words.empty() && (words[0] == "--help" || words[0] == "-h")) {
    terminal.out << kHelp;
    return kDone;
  }
  const std::optional<ProxyQuestion> understood = understand(words);
  if (!understood) {
    terminal.errors << kFailed << "takes URLs (see exotap find-proxy --help)\n";
    return kUsage;
  }
  if (!has_libproxy()) {
    terminal.errors << kFailed
                    << "this program was built without libproxy (name the proxy with --upstream)\n";
    return kCouldNotStart;
  }
  end_in_time(terminal.errors);
  if (understood->pac.empty()) return print(understood->urls, terminal, system_answer);
  PacFile file(understood->pac, understood->ca_files);
  return print(understood->urls, terminal,
               [&file](const std::string& url) { return file.ask(url); });
}

std::vector<wire::ProxyAnswer> ask_find_proxy(const ProxyQuestion& question) {
  std::vector<wire::ProxyAnswer> answers(question.urls.size());
  std::string problem;
  if (answers.empty()) return answers;
  try {
    std::vector<std::string> words = {"find-proxy"};
    if (!question.pac.empty()) words.insert(words.end(), {"--pac", question.pac});
    for (const std::string& file : question.ca_files) {
      words.insert(words.end(), {"--upstream-ca", file});
    }
    words.insert(words.end(), question.urls.begin(), question.urls.end());
    ChildProcess child(own_executable(), words);
    std::size_t next = answers.size() == 1 ? 1 : 0;  // who alone is asked for is not named
    std::string line;
    while (child.read_line(line)) {
      const bool of_next = next < answers.size() && line.starts_with(kFor) &&
                           std::string_view(line).substr(kFor.size()) == question.urls[next];
      if (of_next) {
        ++next;
      } else if (next > 0 && line.starts_with(kVia)) {
        answers[next - 1].words.push_back(line.substr(kVia.size()));
      } else if (line.starts_with(kFailed)) {
        problem = line.substr(kFailed.size());
        if (next > 0 && answers[next - 1].words.empty()) answers[next - 1].problem = problem;
      }
    }
    const int code = child.stop(kFindProxyLimit);
    if (problem.empty()) {
      problem = "reading the proxy settings ended with code " + std::to_string(code);
    }
  } catch (const std::exception& error) {
    problem = error.what();
  }
  for (wire::ProxyAnswer& answer : answers) {
    if (answer.words.empty() && answer.problem.empty()) answer.problem = problem;
  }
  return answers;
}

}  // namespace exotap
