// What people read about a failure: the names they search for, and one sentence.
#include "proxy/wire/error_names.h"

#include <gtest/gtest.h>

#include <boost/asio/error.hpp>

namespace exotap::wire {
namespace {

namespace error = boost::asio::error;

TEST(ErrorName, IsWhatTheSystemCallsIt) {
  EXPECT_EQ(error_name(error::connection_refused), "ECONNREFUSED");
  EXPECT_EQ(error_name(error::timed_out), "ETIMEDOUT");
  EXPECT_EQ(error_name(error::connection_reset), "ECONNRESET");
  EXPECT_EQ(error_name(error::host_unreachable), "EHOSTUNREACH");
  EXPECT_EQ(error_name(error::network_unreachable), "ENETUNREACH");
  EXPECT_EQ(error_name(error::broken_pipe), "EPIPE");
  EXPECT_EQ(error_name(error::no_descriptors), "EMFILE");
  EXPECT_EQ(error_name(error::eof), "EOF");
}

TEST(ErrorName, OfALookUpIsToldApart) {
  EXPECT_EQ(error_name(error::host_not_found), "HOST_NOT_FOUND");
  EXPECT_EQ(error_name(error::host_not_found_try_again), "TRY_AGAIN");
  EXPECT_EQ(error_name(error::no_data), "NO_DATA");
  EXPECT_EQ(error_name(error::no_recovery), "NO_RECOVERY");
}

TEST(ErrorName, OfThePlatformsOwnCodeIsTheSame) {
  const boost::system::error_code plain(ECONNREFUSED, boost::system::system_category());
  EXPECT_EQ(error_name(plain), "ECONNREFUSED");
}

TEST(ErrorName, WithoutANameIsCategoryAndNumber) {
  const boost::system::error_code odd(ENOTTY, boost::system::system_category());
  EXPECT_EQ(error_name(odd), "system:" + std::to_string(ENOTTY));
}

TEST(AlertName, IsTheOneOfTheStandard) {
  EXPECT_EQ(alert_name(40), "handshake_failure");
  EXPECT_EQ(alert_name(48), "unknown_ca");
  EXPECT_EQ(alert_name(70), "protocol_version");
  EXPECT_EQ(alert_name(112), "unrecognized_name");
  EXPECT_EQ(alert_name(120), "no_application_protocol");
  EXPECT_EQ(alert_name(0), "close_notify");
  EXPECT_EQ(alert_name(255), "alert 255");
  EXPECT_EQ(alert_name(-1), "alert -1");
}

std::string sentence(FaultType type, Stage stage, const char* code) {
  return fault_sentence({type, stage, code, {}}, "mail.contoso.com", 443);
}

TEST(FaultSentence, NamesHostPortAndCause) {
  EXPECT_EQ(sentence(FaultType::tcp, Stage::connect, "ECONNREFUSED"),
            "mail.contoso.com on port 443 refused the connection (ECONNREFUSED).");
  EXPECT_EQ(sentence(FaultType::tcp, Stage::connect, "EHOSTUNREACH"),
            "mail.contoso.com on port 443 could not be reached (EHOSTUNREACH).");
  EXPECT_EQ(sentence(FaultType::dns, Stage::resolve, "HOST_NOT_FOUND"),
            "The name mail.contoso.com could not be resolved (HOST_NOT_FOUND).");
}

TEST(FaultSentence, SaysWhatWasWaitedFor) {
  EXPECT_NE(sentence(FaultType::timeout, Stage::connect, "ETIMEDOUT")
                .find("nothing answered on this port"),
            std::string::npos);
  EXPECT_NE(
      sentence(FaultType::timeout, Stage::tls, "ETIMEDOUT").find("the TLS handshake got no answer"),
      std::string::npos);
  EXPECT_NE(sentence(FaultType::timeout, Stage::answer, "ETIMEDOUT").find("sent no answer"),
            std::string::npos);
}

TEST(FaultSentence, SpeaksOfACertificateNowhere) {
  // A connection that never got one must not be explained by one.
  for (const FaultType type : {FaultType::dns, FaultType::tcp, FaultType::timeout, FaultType::tls,
                               FaultType::client, FaultType::http, FaultType::proxy}) {
    for (const Stage stage : {Stage::resolve, Stage::connect, Stage::tls, Stage::request,
                              Stage::answer, Stage::tunnel}) {
      const std::string text = sentence(type, stage, "X");
      EXPECT_FALSE(text.empty());
      EXPECT_TRUE(text.ends_with(".")) << text;
      EXPECT_EQ(text.find("ertificate"), std::string::npos) << text;
    }
  }
}

TEST(FaultSentence, OfNoFaultIsEmpty) { EXPECT_EQ(fault_sentence({}, "a", 1), ""); }

}  // namespace
}  // namespace exotap::wire
