// Autodiscover's SOAP form (MS-OXWSADISC): GetUserSettings, GetDomainSettings,
// GetFederationInformation, asked of autodiscover.svc. Its answers come with status 200
// whatever happened; the ErrorCode stands at three levels, and only the outermost one that is not
// NoError says what failed.
#pragma once

#include "decoders/decoder.h"

namespace exotap {

extern const Decoder kAutodiscoverSoapDecoder;

namespace fact {

inline constexpr FactSpec kAutodiscoverRequestDomain{
    "autodiscover.request.domain", FactType::text,
    "the domain that settings or federation were asked for; may repeat"};
inline constexpr FactSpec kAutodiscoverRequestSettings{
    "autodiscover.request.settings", FactType::text,
    "names of the settings asked for, in one line, at most 64"};
inline constexpr FactSpec kAutodiscoverRequestSettingCount{
    "autodiscover.request.setting_count", FactType::integer, "how many settings were asked for"};
inline constexpr FactSpec kAutodiscoverRequestServerVersion{
    "autodiscover.request.server_version", FactType::text,
    "RequestedServerVersion: the schema the client asks in, Exchange2013"};

inline constexpr FactSpec kAutodiscoverServerVersion{"autodiscover.server_version", FactType::text,
                                                     "ServerVersionInfo as a number: 15.20.7950.0"};
inline constexpr FactSpec kAutodiscoverServerSchema{"autodiscover.server_schema", FactType::text,
                                                    "Version of ServerVersionInfo: Exchange2015"};

inline constexpr FactSpec kAutodiscoverErrorLevel{
    "autodiscover.error.level", FactType::text,
    "where SOAP's failure stands: response (all of it), user, domain or setting"};
inline constexpr FactSpec kAutodiscoverErrorResponse{"autodiscover.error.response", FactType::text,
                                                     "SOAP's ErrorCode of the whole answer"};
inline constexpr FactSpec kAutodiscoverErrorUser{"autodiscover.error.user", FactType::text,
                                                 "SOAP's ErrorCode of each user's answer"};
inline constexpr FactSpec kAutodiscoverErrorDomain{"autodiscover.error.domain", FactType::text,
                                                   "SOAP's ErrorCode of each domain's answer"};
inline constexpr FactSpec kAutodiscoverErrorSetting{
    "autodiscover.error.setting", FactType::text,
    "each setting that was not given, and why: \"ExternalEwsUrl=SettingIsNotAvailable\""};

inline constexpr FactSpec kAutodiscoverSettingCount{"autodiscover.setting_count", FactType::integer,
                                                    "how many settings were given"};
inline constexpr FactSpec kAutodiscoverSetting{
    "autodiscover.setting", FactType::text,
    "each setting given that is no URL and has no fact of its own: \"CasVersion=15.20.7950.0\""};

inline constexpr FactSpec kAutodiscoverFederationApplication{
    "autodiscover.federation.application", FactType::text,
    "ApplicationUri: whom tokens for this organisation are made out to"};
inline constexpr FactSpec kAutodiscoverFederationDomain{
    "autodiscover.federation.domain", FactType::text,
    "domains federated with it; may repeat, at most 16"};
inline constexpr FactSpec kAutodiscoverFederationIssuer{
    "autodiscover.federation.issuer", FactType::text,
    "each TokenIssuer, its name and address in a line"};

inline constexpr FactSpec kDecodeAutodiscoverSoapError{
    "decode.autodiscover_soap.error", FactType::text,
    "what could not be read of a SOAP Autodiscover message"};

}  // namespace fact
}  // namespace exotap
