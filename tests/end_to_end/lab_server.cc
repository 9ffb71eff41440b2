// The lab as a program of its own, for tests in other languages and for trying by hand:
//   exotap_lab_server CA_FILE [STORY...]
// starts the named stories (all of them without a name), writes the root to CA_FILE, prints one
// line of JSON {"hosts": {"sts.contoso.com:443": PORT, ...}, "ca": "CA_FILE", "domains": [...]}
// and ends when standard input closes.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "app/lab/cloud.h"

namespace {

using exotap::lab::Story;

std::vector<Story> chosen(const std::vector<std::string>& names) {
  std::vector<Story> all = exotap::lab::built_in_stories(false);
  if (names.empty()) return all;
  std::erase_if(all, [&](const Story& story) {
    return std::find(names.begin(), names.end(), story.id) == names.end();
  });
  return all;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

void print_ready(const exotap::lab::Cloud& cloud, const std::string& ca) {
  std::vector<std::string> hosts;
  std::vector<std::string> domains;
  for (const auto& [host, port] : cloud.ports()) {
    hosts.push_back("\"" + host + "\": " + std::to_string(port));
  }
  for (const auto& domain : cloud.domains()) domains.push_back("\"" + domain + "\"");
  std::cout << "{\"hosts\": {" << joined(hosts) << "}, \"ca\": \"" << ca << "\", \"domains\": ["
            << joined(domains) << "]}" << std::endl;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: exotap_lab_server CA_FILE [STORY...]\n";
    return 2;
  }
  try {
    const std::vector<std::string> names(argv + 2, argv + argc);
    std::vector<Story> stories = chosen(names);
    if (stories.size() < names.size() || stories.empty()) {
      std::cerr << "exotap_lab_server: no story of that name\n";
      return 2;
    }
    const exotap::lab::Cloud cloud(std::move(stories));
    std::ofstream(argv[1]) << cloud.root_pem();
    print_ready(cloud, argv[1]);
    while (std::getchar() != EOF) {
    }
  } catch (const std::exception& error) {
    std::cerr << "exotap_lab_server: " << error.what() << "\n";
    return 3;
  }
  return 0;
}
