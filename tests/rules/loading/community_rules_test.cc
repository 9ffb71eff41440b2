// Rules that others wrote, read where they stand outside the project.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "decoders/decoder.h"
#include "rules/judging/engine.h"
#include "rules/loading/rule_files.h"

namespace exotap {
namespace {

using testing::Contains;
using testing::IsEmpty;
using testing::Not;

class CommunityRules : public testing::Test {
 protected:
  void SetUp() override {
    const auto folder = std::filesystem::path(EXOTAP_SAMPLES).parent_path() / "sigma";
    if (!std::filesystem::exists(folder)) {
      GTEST_SKIP() << "NOT TESTED: no community rules at " << folder;
    }
    LoadReport report;
    const auto files = read_rule_files(folder, report);
    std::vector<RuleSource> sources;
    for (const RuleFile& file : files) sources.push_back(file.source());
    loaded_ = load_rules(sources, Vocabulary(all_facts()), std::move(report));
    for (const LoadMessage& error : loaded_.report.errors()) ADD_FAILURE() << to_string(error);
    ASSERT_NE(loaded_.rules, nullptr);
    EXPECT_EQ(loaded_.rules->size(), files.size());
  }

  // The names of the rules that fire for a request.
  std::vector<std::string> fired(std::string_view method, std::string_view host,
                                 std::string_view path, std::string_view query,
                                 std::string_view agent, int status) {
    Facts facts;
    facts.add(*find_fact("http.request.method"), method);
    facts.add(*find_fact("url.scheme"), "https");
    facts.add(*find_fact("url.domain"), host);
    facts.add(*find_fact("url.port"), 443);
    facts.add(*find_fact("url.path"), path);
    facts.add_if(*find_fact("url.query"), query);
    facts.add_if(*find_fact("user_agent.original"), agent);
    facts.add(*find_fact("http.response.status_code"), status);
    Engine engine(*loaded_.rules);
    std::vector<Finding> findings;
    engine.judge({1}, facts, WallTime(), findings);
    std::vector<std::string> names;
    for (const Finding& finding : findings) names.push_back(finding.rule_name);
    return names;
  }

  LoadedRules loaded_;
};

constexpr std::string_view kBrowser =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36";

TEST_F(CommunityRules, LoadUnchangedAndStaySilentOnOrdinaryMail) {
  EXPECT_THAT(fired("POST", "outlook.office365.com", "/mapi/emsmdb/", "MailboxId=a", kBrowser, 200),
              IsEmpty());
}

TEST_F(CommunityRules, MatchAHostAndAnExtension) {
  EXPECT_THAT(fired("GET", "evil.hopto.org", "/tools/setup.EXE", "", kBrowser, 200),
              Contains("proxy_download_susp_dyndns"));
  EXPECT_THAT(fired("GET", "evil.hopto.org", "/tools/setup.txt", "", kBrowser, 200),
              Not(Contains("proxy_download_susp_dyndns")));
}

TEST_F(CommunityRules, MatchAUserAgentsBeginning) {
  EXPECT_THAT(fired("GET", "203.0.113.9", "/a", "", "Microsoft BITS/7.8", 200),
              Contains("proxy_ua_bitsadmin_susp_ip"));
}

TEST_F(CommunityRules, MatchThePathAndTheWholeAddressAsCUri) {
  EXPECT_THAT(fired("POST", "f5.example", "/mgmt/tm/util/bash", "", kBrowser, 200),
              Contains("proxy_f5_tm_utility_bash_api_request"));
  EXPECT_THAT(fired("POST", "www.amazon.com", "/N4215/adj/amzn.us.sr.aps", "",
                    "Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko", 200),
              Contains("proxy_hktl_cobalt_strike_malleable_c2_requests"));
  EXPECT_THAT(fired("GET", "www.pastebin.com", "/raw/abc", "", kBrowser, 200),
              Contains("proxy_raw_paste_service_access"));
}

TEST_F(CommunityRules, MatchAllOfSeveralQueryParts) {
  constexpr std::string_view kQuery = "lng=en&ver=2-5-3680&beta=n&type=upd&rmode=p&product=aps";
  EXPECT_THAT(fired("GET", "a.example", "/checkupdate.php", kQuery, kBrowser, 200),
              Contains("proxy_pua_advanced_ip_scanner_update_check"));
  EXPECT_THAT(fired("GET", "a.example", "/checkupdate.php", "lng=en", kBrowser, 200),
              Not(Contains("proxy_pua_advanced_ip_scanner_update_check")));
}

TEST_F(CommunityRules, MatchKeywordsAnywhereUnlessTheirFilterHolds) {
  constexpr std::string_view kQuery = "name={{7*7}}";
  EXPECT_THAT(fired("GET", "a.example", "/x", kQuery, kBrowser, 200),
              Contains("web_ssti_in_access_logs"));
  EXPECT_THAT(fired("GET", "a.example", "/x", kQuery, kBrowser, 404),
              Not(Contains("web_ssti_in_access_logs")));
}

TEST_F(CommunityRules, TakeAFieldThatIsNeverAvailableForAbsent) {
  EXPECT_THAT(fired("POST", "a.example", "/tunnel.aspx", "cmd=connect&target=b", "", 200),
              Contains("web_webshell_regeorg"));
  EXPECT_THAT(fired("POST", "a.example", "/tunnel.aspx", "cmd=connect&target=b", kBrowser, 200),
              Not(Contains("web_webshell_regeorg")));
}

TEST(CommunityFields, EachMeansAFactThatExists) {
  for (const FieldAlias& alias : field_aliases()) {
    for (const std::string_view fact : {alias.fact, alias.other_fact}) {
      if (fact.empty() || find_composed_fact(fact) != nullptr) continue;
      EXPECT_NE(find_fact(fact), nullptr) << alias.field << " means " << fact;
    }
  }
}

}  // namespace
}  // namespace exotap
