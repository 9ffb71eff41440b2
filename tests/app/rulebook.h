// A folder with rules and stories of a user's own, for tests of `exotap rules`.
#pragma once

#include <string>
#include <string_view>

#include "app/rules_command.h"
#include "tests/app/judging.h"
#include "tests/app/own_home.h"
#include "tests/app/spoken.h"

namespace exotap {

// A story of one exchange: the host answers GET /page with this status.
inline std::string page_story(int status) {
  return "title: A page\norigin: lab\ncause: none\nexchanges:\n"
         "  - destination: mail.contoso.com:443\n    address: 192.0.2.10\n"
         "    request: |\n      GET /page HTTP/1.1\n      Host: mail.contoso.com\n"
         "    answer: |\n      HTTP/1.1 " +
         std::to_string(status) + " Said\n      Content-Type: text/plain\n";
}

// A rule that fires where /page is answered with 418.
inline std::string teapot_rule(std::string_view name = "teapot",
                               std::string_view tests = "{fires: [brews], silent: [serves]}") {
  return "title: \"{url.domain} is a teapot\"\nname: " + std::string(name) +
         "\nid: 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed\nlevel: low\nowner: user\n"
         "logsource:\n  product: exotap\ndetection:\n  selection:\n"
         "    http.response.status_code: 418\n    url.path: /page\n  condition: selection\n"
         "explain: It brews tea.\nremedy: Ask it for tea.\ntests: " +
         std::string(tests) + "\n";
}

class Rulebook : public OwnHome {
 protected:
  [[nodiscard]] std::string folder() const { return (home() / "mine").string(); }
  void put(const std::string& name, const std::string& text) const {
    (void)file("mine/" + name, text);
  }
  static Spoken rules(const std::vector<std::string>& words) { return speak(rules_command, words); }
};

}  // namespace exotap
