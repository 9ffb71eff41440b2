// libwbxml as oracle: what its wbxml2xml makes of a message must be what the reader here makes.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <utility>

#include "decoders/eas/tokens.h"
#include "decoders/eas/wbxml.h"
#include "tests/decoders/eas/wbxml_text.h"
#include "tests/decoders/exchange_from_text.h"

namespace exotap::eas {
namespace {

using testing::sample;

// Elements that libwbxml names as protocol 2.5 or its own authors did; what stands behind them is
// MS-ASWBXML's name.
constexpr std::pair<std::string_view, std::string_view> kOtherNames[] = {
    {"AssistantTelephoneNumber", "AssistantPhoneNumber"},
    {"Attendee_Email", "Email"},
    {"Attendee_Name", "Name"},
    {"Attendee_Status", "AttendeeStatus"},
    {"Attendee_Type", "AttendeeType"},
    {"BusinessCity", "BusinessAddressCity"},
    {"BusinessCountry", "BusinessAddressCountry"},
    {"BusinessPostalCode", "BusinessAddressPostalCode"},
    {"BusinessState", "BusinessAddressState"},
    {"BusinessStreet", "BusinessAddressStreet"},
    {"DTStamp", "DtStamp"},
    {"DeviceEncryptionEnabled", "RequireStorageCardEncryption"},
    {"Exception_Deleted", "Deleted"},
    {"Exception_StartTime", "ExceptionStartTime"},
    {"FlagStatus", "Status"},
    {"ForwardeeEmail", "Email"},
    {"ForwardeeName", "Name"},
    {"HomeCity", "HomeAddressCity"},
    {"HomeCountry", "HomeAddressCountry"},
    {"HomePostalCode", "HomeAddressPostalCode"},
    {"HomeState", "HomeAddressState"},
    {"HomeStreet", "HomeAddressStreet"},
    {"Organizer_Email", "OrganizerEmail"},
    {"Organizer_Name", "OrganizerName"},
    {"OtherCity", "OtherAddressCity"},
    {"OtherCountry", "OtherAddressCountry"},
    {"OtherPostalCode", "OtherAddressPostalCode"},
    {"OtherState", "OtherAddressState"},
    {"OtherStreet", "OtherAddressStreet"},
    {"RMOwner", "Owner"},
    {"Recurrence_DayOfMonth", "DayOfMonth"},
    {"Recurrence_DayOfWeek", "DayOfWeek"},
    {"Recurrence_DeadOccur", "DeadOccur"},
    {"Recurrence_Interval", "Interval"},
    {"Recurrence_MonthOfYear", "MonthOfYear"},
    {"Recurrence_Occurrences", "Occurrences"},
    {"Recurrence_Regenerate", "Regenerate"},
    {"Recurrence_Start", "Start"},
    {"Recurrence_Type", "Type"},
    {"Recurrence_Until", "Until"},
    {"Recurrence_WeekOfMonth", "WeekOfMonth"},
    {"RemoveRightsManagementDistribution", "RemoveRightsManagementProtection"},
    {"Reply-To", "ReplyTo"},
    {"UTCDueDate", "UtcDueDate"},
    {"UTCStartDate", "UtcStartDate"},
    {"ihsManagementInformation", "RightsManagementInformation"},
};

// 16.x tokens that libwbxml 0.11.8 does not have, beside all of page 25.
bool is_unknown_there(Element element) {
  return element == Element{8, 0x10} || element == Element{8, 0x11} || element == Element{14, 0x3B};
}

std::string specified_name(std::string_view theirs) {
  const auto* const found = std::find_if(std::begin(kOtherNames), std::end(kOtherNames),
                                         [&](const auto& pair) { return pair.first == theirs; });
  return std::string(found == std::end(kOtherNames) ? theirs : found->second);
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::uint32_t bits = 0;
    for (std::size_t i = at; i < at + 3; ++i) {
      bits = bits << 8U | (i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U);
    }
    for (int shift = 18; shift >= 0; shift -= 6) out += kLetters[bits >> shift & 0x3FU];
  }
  for (std::size_t i = 0; i < (3 - bytes.size() % 3) % 3; ++i) out[out.size() - 1 - i] = '=';
  return out;
}

std::string xml_of(std::string_view bytes) {
  WbxmlReader reader(bytes);
  std::string xml;
  for (;;) {
    const WbxmlReader::Event event = reader.next();
    if (event == WbxmlReader::Event::text) xml += reader.text();
    if (event == WbxmlReader::Event::opaque) {
      // Bytes that are no text: the two ids of conversations.
      const bool id = reader.path().back().page == 22;
      xml += id ? base64(reader.text()) : std::string(reader.text());
    }
    if (event > WbxmlReader::Event::close) return xml;
    if (event != WbxmlReader::Event::open && event != WbxmlReader::Event::close) continue;
    const bool open = event == WbxmlReader::Event::open;
    xml += std::string(open ? "<" : "</") + std::string(element_name(reader.path().back())) + ">";
  }
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
}

// Its XML without declaration, namespaces and short forms, entities resolved.
std::string plain_form(std::string xml) {
  xml.erase(0, xml.find("<", xml.find("<!DOCTYPE") + 1));
  std::string out;
  for (std::size_t at = 0; at < xml.size();) {
    if (xml[at] != '<') {
      out.push_back(xml[at++]);
      continue;
    }
    const std::size_t end = xml.find('>', at);
    std::string tag = xml.substr(at + 1, end - at - 1);
    const bool short_form = tag.ends_with("/");
    if (short_form) tag.pop_back();
    const std::string name = tag.substr(0, tag.find(' '));
    const std::string ours =
        name.starts_with('/') ? "/" + specified_name(name.substr(1)) : specified_name(name);
    out += "<" + ours + ">";
    if (short_form) out += "</" + ours + ">";
    at = end + 1;
  }
  for (const auto& [entity, character] : {std::pair{"&lt;", "<"},
                                          {"&gt;", ">"},
                                          {"&quot;", "\""},
                                          {"&#13;", "\r"},
                                          {"&#xD;", "\r"},
                                          {"&apos;", "'"},
                                          {"&amp;", "&"}}) {
    replace_all(out, entity, character);
  }
  while (out.ends_with('\n')) out.pop_back();
  return out;
}

class Libwbxml : public ::testing::Test {
 protected:
  void SetUp() override {
    if (std::system("command -v wbxml2xml >/dev/null 2>&1") != 0) {
      GTEST_SKIP() << "no wbxml2xml here (Debian: libwbxml2-utils)";
    }
    folder_ = std::filesystem::temp_directory_path() /
              ("exotap-wbxml-" + std::to_string(std::random_device()()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  // Not indented, so that text stays as it is.
  std::string oracle(std::string_view bytes) {
    const std::string in = (folder_ / "in.wbxml").string();
    const std::string out = (folder_ / "out.xml").string();
    std::ofstream(in, std::ios::binary) << bytes;
    std::filesystem::remove(out);
    const std::string command =
        "wbxml2xml -m 0 -k -l ACTIVESYNC -o '" + out + "' '" + in + "' >/dev/null 2>&1";
    EXPECT_EQ(std::system(command.c_str()), 0);
    std::ifstream made(out, std::ios::binary);
    return plain_form(std::string(std::istreambuf_iterator<char>(made), {}));
  }

  std::filesystem::path folder_;
};

TEST_F(Libwbxml, NamesEveryTokenAlike) {
  for (std::uint8_t page = 0; page < page::kFind; ++page) {
    std::string tokens = "\x45" + testing::in_page(page);
    for (std::uint8_t token = 5; token < 64; ++token) {
      const Element element{page, token};
      if (!element_name(element).empty() && !is_unknown_there(element))
        tokens += static_cast<char>(token);
    }
    const std::string document = testing::document(tokens + "\x01");
    EXPECT_EQ(xml_of(document), oracle(document)) << page_name(page);
  }
}

TEST_F(Libwbxml, ReadsTheSamplesAlike) {
  if (!sample("eas-wbxml-01.wbxml")) GTEST_SKIP() << "no samples here";
  for (const char* name : {"01", "02", "03", "04", "05", "07", "08", "10", "11", "12", "13", "14",
                           "16", "18", "mitm-sync"}) {
    const auto bytes = sample(std::string("eas-wbxml-") + name + ".wbxml");
    ASSERT_TRUE(bytes) << name;
    EXPECT_EQ(xml_of(*bytes), oracle(*bytes)) << name;
  }
}

}  // namespace
}  // namespace exotap::eas
