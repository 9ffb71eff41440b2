#include "decoders/entra/aadsts.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "decoders/free_text.h"

namespace exotap {
namespace {

struct Name {
  std::int64_t code;
  std::string_view name;
};

// In ascending order: it is searched by halves. Numbers the list explains without a name are not
// here.
constexpr Name kNames[] = {
    {16000, "InteractionRequired"},
    {16001, "UserAccountSelectionInvalid"},
    {16002, "AppSessionSelectionInvalid"},
    {16003, "SsoUserAccountNotFoundInResourceTenant"},
    {17003, "CredentialKeyProvisioningFailed"},
    {20001, "WsFedSignInResponseError"},
    {20012, "WsFedMessageInvalid"},
    {20033, "FedMetadataInvalidTenantName"},
    {50000, "TokenIssuanceError"},
    {50001, "InvalidResource"},
    {50002, "NotAllowedTenant"},
    {50003, "MissingSigningKey"},
    {50005, "DevicePolicyError"},
    {50006, "InvalidSignature"},
    {50007, "PartnerEncryptionCertificateMissing"},
    {50008, "InvalidSamlToken"},
    {50010, "AudienceUriValidationFailed"},
    {50011, "InvalidReplyTo"},
    {50012, "AuthenticationFailed"},
    {50013, "InvalidAssertion"},
    {50014, "GuestUserInPendingState"},
    {50015, "ViralUserLegalAgeConsentRequiredState"},
    {50017, "CertificateValidationFailed"},
    {50020, "UserUnauthorized"},
    {50027, "InvalidJwtToken"},
    {50033, "RetryableError"},
    {50034, "UserAccountNotFound"},
    {50048, "SubjectMismatchesIssuer"},
    {50049, "NoSuchInstanceForDiscovery"},
    {50050, "MalformedDiscoveryRequest"},
    {50053, "IdsLocked"},
    {50055, "InvalidPasswordExpiredPassword"},
    {50057, "UserDisabled"},
    {50058, "UserInformationNotProvided"},
    {50059, "MissingTenantRealmAndNoUserInformationProvided"},
    {50061, "SignoutInvalidRequest"},
    {50064, "CredentialAuthenticationError"},
    {50068, "SignoutInitiatorNotParticipant"},
    {50070, "SignoutUnknownSessionIdentifier"},
    {50071, "SignoutMessageExpired"},
    {50072, "UserStrongAuthEnrollmentRequiredInterrupt"},
    {50074, "UserStrongAuthClientAuthNRequiredInterrupt"},
    {50076, "UserStrongAuthClientAuthNRequired"},
    {50078, "UserStrongAuthExpired"},
    {50079, "UserStrongAuthEnrollmentRequired"},
    {50086, "SasNonRetryableError"},
    {50087, "SasRetryableError"},
    {50097, "DeviceAuthenticationRequired"},
    {50099, "PKeyAuthInvalidJwtUnauthorized"},
    {50105, "EntitlementGrantsNotFound"},
    {50107, "InvalidRealmUri"},
    {50120, "ThresholdJwtInvalidJwtFormat"},
    {50125, "PasswordResetRegistrationRequiredInterrupt"},
    {50126, "InvalidUserNameOrPassword"},
    {50127, "BrokerAppNotInstalled"},
    {50129, "DeviceIsNotWorkplaceJoined"},
    {50131, "ConditionalAccessFailed"},
    {50132, "SsoArtifactInvalidOrExpired"},
    {50133, "SsoArtifactRevoked"},
    {50134, "DeviceFlowAuthorizeWrongDatacenter"},
    {50135, "PasswordChangeCompromisedPassword"},
    {50136, "RedirectMsaSessionToApp"},
    {50139, "SessionMissingMsaOAuth2RefreshToken"},
    {50140, "KmsiInterrupt"},
    {50144, "InvalidPasswordExpiredOnPremPassword"},
    {50146, "MissingCustomSigningKey"},
    {50147, "MissingCodeChallenge"},
    {50155, "DeviceAuthenticationFailed"},
    {50158, "ExternalSecurityChallenge"},
    {50161, "InvalidExternalSecurityChallengeConfiguration"},
    {50166, "ExternalClaimsProviderThrottled"},
    {50168, "ChromeBrowserSsoInterruptRequired"},
    {50169, "InvalidRequestBadRealm"},
    {50170, "MissingExternalClaimsProviderMapping"},
    {50173, "FreshTokenNeeded"},
    {50177, "ExternalChallengeNotSupportedForPassthroughUsers"},
    {50178, "SessionControlNotSupportedForPassthroughUsers"},
    {50180, "WindowsIntegratedAuthMissing"},
    {50187, "DeviceInformationNotProvided"},
    {50192, "RawCredentialExpectedNotFound"},
    {50196, "LoopDetected"},
    {50197, "ConflictingIdentities"},
    {50199, "CmsiInterrupt"},
    {51000, "RequiredFeatureNotEnabled"},
    {51001, "DomainHintMustbePresent"},
    {51004, "UserAccountNotInDirectory"},
    {51005, "TemporaryRedirect"},
    {51006, "ForceReauthDueToInsufficientAuth"},
    {53000, "DeviceNotCompliant"},
    {53001, "DeviceNotDomainJoined"},
    {53002, "ApplicationUsedIsNotAnApprovedApp"},
    {53003, "BlockedByConditionalAccess"},
    {53004, "ProofUpBlockedDueToRisk"},
    {53010, "ProofUpBlockedDueToSecurityInfoAcr"},
    {54000, "MinorUserBlockedLegalAgeGroupRule"},
    {65001, "DelegationDoesNotExist"},
    {65004, "UserDeclinedConsent"},
    {65005, "MisconfiguredApplication"},
    {67003, "ActorNotValidServiceIdentity"},
    {70000, "InvalidGrant"},
    {70001, "UnauthorizedClient"},
    {70002, "InvalidClient"},
    {70003, "UnsupportedGrantType"},
    {70004, "InvalidRedirectUri"},
    {70005, "UnsupportedResponseType"},
    {70007, "UnsupportedResponseMode"},
    {70008, "ExpiredOrRevokedGrant"},
    {70011, "InvalidScope"},
    {70012, "MsaServerError"},
    {70016, "AuthorizationPending"},
    {70018, "BadVerificationCode"},
    {70019, "CodeExpired"},
    {70043, "BadTokenDueToSignInFrequency"},
    {75001, "BindingSerializationError"},
    {75003, "UnsupportedBindingError"},
    {75005, "Saml2MessageInvalid"},
    {75008, "RequestDeniedError"},
    {75011, "NoMatchedAuthnContextInOutputClaims"},
    {75016, "Saml2AuthenticationRequestInvalidNameIDPolicy"},
    {76021, "ApplicationRequiresSignedRequests"},
    {76026, "RequestIssueTimeExpired"},
    {80001, "OnPremiseStoreIsNotAvailable"},
    {80002, "OnPremisePasswordValidatorRequestTimedout"},
    {80005, "OnPremisePasswordValidatorUnpredictableWebException"},
    {80007, "OnPremisePasswordValidatorErrorOccurredOnPrem"},
    {80010, "OnPremisePasswordValidationEncryptionException"},
    {80012, "OnPremisePasswordValidationAccountLogonInvalidHours"},
    {80013, "OnPremisePasswordValidationTimeSkew"},
    {80014, "OnPremisePasswordValidationAuthenticationAgentTimeout"},
    {81004, "DesktopSsoIdentityInTicketIsNotAuthenticated"},
    {81005, "DesktopSsoAuthenticationPackageNotSupported"},
    {81006, "DesktopSsoNoAuthorizationHeader"},
    {81007, "DesktopSsoTenantIsNotOptIn"},
    {81009, "DesktopSsoAuthorizationHeaderValueWithBadFormat"},
    {81010, "DesktopSsoAuthTokenInvalid"},
    {81011, "DesktopSsoLookupUserBySidFailed"},
    {81012, "DesktopSsoMismatchBetweenTokenUpnAndChosenUpn"},
    {90002, "InvalidTenantName"},
    {90004, "InvalidRequestFormat"},
    {90005, "InvalidRequestWithMultipleRequirements"},
    {90006, "ExternalServerRetryableError"},
    {90007, "InvalidSessionId"},
    {90008, "TokenForItselfRequiresGraphPermission"},
    {90009, "TokenForItselfMissingIdenticalAppIdentifier"},
    {90010, "NotSupported"},
    {90012, "RequestTimeout"},
    {90013, "InvalidUserInput"},
    {90014, "MissingRequiredField"},
    {90015, "QueryStringTooLong"},
    {90016, "MissingRequiredClaim"},
    {90019, "MissingTenantRealm"},
    {90022, "AuthenticatedInvalidPrincipalNameFormat"},
    {90023, "InvalidRequest"},
    {90024, "RequestBudgetExceededError"},
    {90033, "MsodsServiceUnavailable"},
    {90036, "MsodsServiceUnretryableFailure"},
    {90038, "NationalCloudTenantRedirection"},
    {90043, "NationalCloudAuthCodeRedirection"},
    {90051, "InvalidNationalCloudId"},
    {90055, "TenantThrottlingError"},
    {90056, "BadResourceRequest"},
    {90072, "PassThroughUserMfaError"},
    {90081, "OrgIdWsFederationMessageInvalid"},
    {90082, "OrgIdWsFederationNotSupported"},
    {90084, "OrgIdWsFederationGuestNotAllowed"},
    {90085, "OrgIdWsFederationSltRedemptionFailed"},
    {90086, "OrgIdWsTrustDaTokenExpired"},
    {90087, "OrgIdWsFederationMessageCreationFromUriFailed"},
    {90090, "GraphRetryableError"},
    {90091, "GraphServiceUnreachable"},
    {90092, "GraphNonRetryableError"},
    {90093, "GraphUserUnauthorized"},
    {90094, "AdminConsentRequired"},
    {90095, "AdminConsentRequiredRequestAccess"},
    {90100, "InvalidRequestParameter"},
    {90101, "InvalidEmailAddress"},
    {90102, "InvalidUriParameter"},
    {90107, "InvalidXml"},
    {90114, "InvalidExpiryDate"},
    {90117, "InvalidRequestInput"},
    {90119, "InvalidUserCode"},
    {90120, "InvalidDeviceFlowRequest"},
    {90121, "InvalidEmptyRequest"},
    {90123, "IdentityProviderAccessDenied"},
    {90124, "V1ResourceV2GlobalEndpointNotSupported"},
    {90130, "NonConvergedAppV2GlobalEndpointNotSupported"},
    {130004, "NgcKeyNotFound"},
    {130005, "NgcInvalidSignature"},
    {130006, "NgcTransportKeyNotFound"},
    {130007, "NgcDeviceIsDisabled"},
    {130008, "NgcDeviceIsNotFound"},
    {135010, "KeyNotFound"},
    {140000, "InvalidRequestNonce"},
    {140001, "InvalidSessionKey"},
    {160021, "AppSessionSelectionInvalidSessionNotExist"},
    {230109, "CachedCredentialNonGWAuthNRequestsNotSupported"},
    {500011, "InvalidResourceServicePrincipalNotFound"},
    {500212, "NotAllowedByOutboundPolicyTenant"},
    {500213, "NotAllowedByInboundPolicyTenant"},
    {530032, "BlockedByConditionalAccessOnSecurityPolicy"},
    {530034, "DelegatedAdminBlockedDueToSuspiciousActivity"},
    {530035, "BlockedBySecurityDefaults"},
    {700005, "InvalidGrantRedeemAgainstWrongTenant"},
    {700011, "UnauthorizedClientAppNotFoundInOrgIdTenant"},
    {700016, "UnauthorizedClient_DoesNotMatchRequest"},
    {700020, "InteractionRequired"},
    {700022, "InvalidMultipleResourcesScope"},
    {700023, "InvalidResourcelessScope"},
    {700025, "InvalidClientPublicClientWithCredential"},
    {700082, "ExpiredOrRevokedGrantInactiveToken"},
    {900561, "BadResourceRequestInvalidRequest"},
    {5000819, "InvalidSamlTokenEmailMissingOrInvalid"},
    {7000112, "UnauthorizedClientApplicationDisabled"},
    {7000222, "InvalidClientSecretExpiredKeysProvided"},
    {9002313, "InvalidRequest"},
};
static_assert(std::is_sorted(std::begin(kNames), std::end(kNames),
                             [](const Name& a, const Name& b) { return a.code < b.code; }));

// Nobody is signed in; "stay signed in?"; "do you trust this application?"; the code of another
// device is not typed in yet.
constexpr std::array<std::int64_t, 4> kSteps = {50058, 50140, 50199, 70016};

// Which account; enrolment for and request of a second factor; the device's proof; registration for
// password resets.
constexpr std::array<std::int64_t, 7> kInterrupts = {16000, 50072, 50074, 50076,
                                                     50079, 50097, 50125};

}  // namespace

std::string_view aadsts_name(std::int64_t code) {
  const auto* found =
      std::lower_bound(std::begin(kNames), std::end(kNames), code,
                       [](const Name& entry, std::int64_t key) { return entry.code < key; });
  return found != std::end(kNames) && found->code == code ? found->name : std::string_view{};
}

bool is_aadsts_step(std::int64_t code) {
  return std::find(kSteps.begin(), kSteps.end(), code) != kSteps.end();
}

bool is_aadsts_interrupt(std::int64_t code) {
  return std::find(kInterrupts.begin(), kInterrupts.end(), code) != kInterrupts.end();
}

std::vector<std::int64_t> aadsts_codes(std::string_view text) {
  std::vector<std::int64_t> codes;
  while (codes.size() < kMaxAadstsCodes) {
    const std::string_view found = numbered_code(text, "AADSTS");
    if (found.empty()) break;
    const auto code = whole_number(found.substr(6));
    if (code && std::find(codes.begin(), codes.end(), *code) == codes.end()) {
      codes.push_back(*code);
    }
    text.remove_prefix(static_cast<std::size_t>(found.data() + found.size() - text.data()));
  }
  return codes;
}

void state_aadsts(std::int64_t code, Facts& facts) {
  for (std::size_t i = 0; facts.has(fact::kAadstsCode) && i < facts.size(); ++i) {
    if (facts[i].spec == &fact::kAadstsCode && facts[i].number == code) return;
  }
  facts.add(fact::kAadstsCode, code);
  facts.add_if(fact::kAadstsName, aadsts_name(code));
}

}  // namespace exotap
