#include "decoders/signin/wstrust_fault.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::expect_facts;
using testing::expect_never_told;
using testing::value_of;

constexpr std::string_view kTrust13 = "http://docs.oasis-open.org/ws-sx/ws-trust/200512";
constexpr std::string_view kTrust2005 = "http://schemas.xmlsoap.org/ws/2005/02/trust";

Facts of(std::string_view envelope) {
  const XmlDocument document(envelope);
  Facts facts;
  if (const XmlNode fault = document.find("Fault")) state_soap_fault(fault, facts);
  state_psf(document.root(), facts);
  return facts;
}

std::string fault(std::string_view space, std::string_view subcode, std::string_view reason,
                  std::string_view detail = "") {
  return "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body><s:Fault><s:Code>"
         "<s:Value>s:Sender</s:Value><s:Subcode><s:Value xmlns:a='" +
         std::string(space) + "'>" + std::string(subcode) +
         "</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang='en-US'>" +
         std::string(reason) + "</s:Text></s:Reason>" + std::string(detail) +
         "</s:Fault></s:Body></s:Envelope>";
}

TEST(SoapFault, TellsItsSubcodeAndFamily) {
  for (const std::string_view space : {kTrust13, kTrust2005}) {
    expect_facts(
        of(fault(space, "a:FailedAuthentication",
                 "ID3242: The security token could not be authenticated.")),
        {{"wstrust.fault.code", "Sender"},
         {"wstrust.fault.subcode", "FailedAuthentication"},
         {"wstrust.fault.subcode_prefix", "wst"},
         {"wstrust.fault.id", "ID3242"},
         {"wstrust.fault.reason", "ID3242: The security token could not be authenticated."}});
  }
}

TEST(SoapFault, KnowsEveryFamilyByItsNamespace) {
  const std::pair<std::string_view, std::string_view> known[] = {
      {"http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd", "wsse"},
      {"http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd", "wsu"},
      {"http://www.w3.org/2005/08/addressing", "wsa"},
      {"http://docs.oasis-open.org/wsfed/federation/200706", "fed"},
      {"http://schemas.xmlsoap.org/ws/2006/12/federation", "fed"},
      {"http://schemas.microsoft.com/net/2005/12/windowscommunicationfoundation/dispatcher", "ms"},
      {"urn:unknown", "a"}};
  for (const auto& [space, prefix] : known) {
    EXPECT_EQ(value_of(of(fault(space, "a:X", "")), "wstrust.fault.subcode_prefix"), prefix);
  }
  EXPECT_EQ(value_of(of(fault("urn:x", "Plain", "")), "wstrust.fault.subcode"), "Plain");
}

TEST(SoapFault, FindsAdfsNumbersAlsoInTheDetail) {
  EXPECT_EQ(value_of(of(fault(kTrust13, "a:RequestFailed",
                              "MSIS3127: The specified request "
                              "failed.")),
                     "wstrust.fault.msis"),
            "MSIS3127");
  EXPECT_EQ(value_of(of(fault(kTrust13, "a:RequestFailed", "see below",
                              "<s:Detail><ExceptionDetail><Message>x</Message><Message>MSIS7068: "
                              "Access denied.</Message></ExceptionDetail></s:Detail>")),
                     "wstrust.fault.msis"),
            "MSIS7068");
}

TEST(SoapFault, ReadsSoap11) {
  expect_facts(
      of("<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><s:Fault>"
         "<faultcode xmlns:a='http://schemas.xmlsoap.org/ws/2005/02/trust'>a:FailedAuthentication"
         "</faultcode><faultstring>MSIS7068: Access denied.</faultstring></s:Fault></s:Body>"
         "</s:Envelope>"),
      {{"wstrust.fault.subcode", "FailedAuthentication"},
       {"wstrust.fault.subcode_prefix", "wst"},
       {"wstrust.fault.msis", "MSIS7068"}});
  const Facts plain =
      of("<Envelope><Body><Fault><faultcode>s:Client</faultcode></Fault></Body>"
         "</Envelope>");
  EXPECT_EQ(value_of(plain, "wstrust.fault.code"), "Client");
  EXPECT_EQ(value_of(plain, "wstrust.fault.subcode"), "(absent)");
}

TEST(SoapFault, WithoutAnythingStatesNothing) {
  EXPECT_TRUE(of("<Envelope><Body><Fault/></Body></Envelope>").empty());
}

std::string psf(std::string_view status, std::string_view detail) {
  return "<S:Envelope xmlns:S='x' xmlns:psf='http://schemas.microsoft.com/Passport/SoapServices/"
         "SOAPFault'><S:Header><psf:pp><psf:authstate>0x80048800</psf:authstate><psf:reqstatus>" +
         std::string(status) +
         "</psf:reqstatus><psf:errorstatus>0x80045B00</psf:errorstatus><psf:serverInfo "
         "ServerTime='2026-01-01T00:00:00Z'>SERVER1 rid:x</psf:serverInfo><psf:signChallenge>CANARY"
         "</psf:signChallenge></psf:pp></S:Header><S:Body>" +
         std::string(detail) + "</S:Body></S:Envelope>";
}

TEST(Psf, TellsEntrasNumbersAndTheirNames) {
  const Facts facts =
      of(psf("0x80048821",
             "<S:Fault><S:Detail><psf:error><psf:value>0x80048821</psf:value>"
             "<psf:internalerror><psf:code>0x80041012</psf:code><psf:text>AADSTS50126: Error"
             " validating credentials.</psf:text></psf:internalerror></psf:error></S:Detail>"
             "</S:Fault>"));
  expect_facts(facts, {{"wstrust.psf.authstate", "0x80048800"},
                       {"wstrust.psf.reqstatus", "0x80048821"},
                       {"wstrust.psf.errorstatus", "0x80045B00"},
                       {"wstrust.psf.server_info", "SERVER1 rid:x"},
                       {"wstrust.psf.server_time", "2026-01-01T00:00:00Z"},
                       {"wstrust.psf.value", "0x80048821"},
                       {"wstrust.psf.code", "0x80041012"},
                       {"wstrust.psf.text", "AADSTS50126: Error validating credentials."},
                       {"wstrust.psf.name", "PPCRL_REQUEST_E_BAD_MEMBER_NAME_OR_PASSWORD"},
                       {"wstrust.psf.code_name", "PP_E_BAD_PASSWORD"},
                       {"aadsts.code", "50126"}});
  expect_never_told(facts, "CANARY");
}

TEST(Psf, NamesTheFailureOfAnAnswerWithoutAFault) {
  EXPECT_EQ(value_of(of(psf("0x8004882c", "")), "wstrust.psf.name"),
            "PPCRL_REQUEST_E_INVALID_POLICY");
}

TEST(Psf, NamesNoFailureWhereThereIsNone) {
  EXPECT_EQ(value_of(of(psf("0x0", "")), "wstrust.psf.name"), "(absent)");
  EXPECT_EQ(value_of(of(psf("0x48803", "")), "wstrust.psf.name"), "(absent)");
  EXPECT_TRUE(of("<Envelope/>").empty());
}

TEST(Psf, TakesTheFailingBlockOfSeveral) {
  EXPECT_EQ(value_of(of("<E><pp><reqstatus>0x0</reqstatus></pp><pp><reqstatus>0x80048831"
                        "</reqstatus></pp></E>"),
                     "wstrust.psf.name"),
            "PPCRL_REQUEST_E_PASSWORD_EXPIRED");
}

}  // namespace
}  // namespace exotap
