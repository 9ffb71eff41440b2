#include "decoders/ews/code_kinds.h"

#include <algorithm>
#include <iterator>

namespace exotap::ews {
namespace {

struct Known {
  std::string_view code;
  std::string_view kind;
};

// In ascending order: it is searched by halves.
constexpr Known kKnown[] = {
    {"ErrorADOperation", "server"},
    {"ErrorADUnavailable", "retry"},
    {"ErrorAccessDenied", "rights"},
    {"ErrorAccountDisabled", "account"},
    {"ErrorAttachmentSizeLimitExceeded", "quota"},
    {"ErrorAutoDiscoverFailed", "free_busy"},
    {"ErrorAvailabilityConfigNotFound", "free_busy"},
    {"ErrorBatchProcessingStopped", "retry"},
    {"ErrorCalendarIsDelegatedForAccept", "rights"},
    {"ErrorCallerIsInvalidADAccount", "rights"},
    {"ErrorCannotDeleteObject", "rights"},
    {"ErrorChangeKeyRequired", "client_bug"},
    {"ErrorClientDisconnected", "retry"},
    {"ErrorConnectionFailed", "retry"},
    {"ErrorConnectionFailedTransientError", "retry"},
    {"ErrorContentConversionFailed", "server"},
    {"ErrorCorruptData", "server"},
    {"ErrorCreateItemAccessDenied", "rights"},
    {"ErrorCrossSiteRequest", "routing"},
    {"ErrorDelegateNoUser", "rights"},
    {"ErrorDelegateValidationFailed", "rights"},
    {"ErrorDistinguishedUserNotSupported", "rights"},
    {"ErrorExceededConnectionCount", "throttled"},
    {"ErrorExceededFindCountLimit", "throttled"},
    {"ErrorExceededSubscriptionCount", "throttled"},
    {"ErrorExpiredSubscription", "client_bug"},
    {"ErrorFolderNotFound", "rights"},
    {"ErrorFreeBusyDLLimitReached", "free_busy"},
    {"ErrorFreeBusyGenerationFailed", "free_busy"},
    {"ErrorImpersonateUserDenied", "rights"},
    {"ErrorImpersonationDenied", "rights"},
    {"ErrorImpersonationFailed", "rights"},
    {"ErrorIncorrectSchemaVersion", "client_bug"},
    {"ErrorIndividualMailboxLimitReached", "free_busy"},
    {"ErrorInsufficientResources", "retry"},
    {"ErrorInternalServerError", "server"},
    {"ErrorInternalServerTransientError", "retry"},
    {"ErrorInvalidArgument", "client_bug"},
    {"ErrorInvalidAuthorizationContext", "client_bug"},
    {"ErrorInvalidChangeKey", "client_bug"},
    {"ErrorInvalidCrossForestCredentials", "free_busy"},
    {"ErrorInvalidExchangeImpersonationHeaderData", "client_bug"},
    {"ErrorInvalidFreeBusyViewType", "free_busy"},
    {"ErrorInvalidId", "client_bug"},
    {"ErrorInvalidIdEmpty", "client_bug"},
    {"ErrorInvalidIdMalformed", "client_bug"},
    {"ErrorInvalidLicense", "account"},
    {"ErrorInvalidMailbox", "address"},
    {"ErrorInvalidMergedFreeBusyInterval", "free_busy"},
    {"ErrorInvalidOperation", "client_bug"},
    {"ErrorInvalidOrganizationRelationshipForFreeBusy", "free_busy"},
    {"ErrorInvalidPropertyRequest", "client_bug"},
    {"ErrorInvalidPullSubscriptionId", "client_bug"},
    {"ErrorInvalidPushSubscriptionUrl", "client_bug"},
    {"ErrorInvalidRecipients", "address"},
    {"ErrorInvalidRequest", "client_bug"},
    {"ErrorInvalidSchemaVersionForMailboxVersion", "client_bug"},
    {"ErrorInvalidServerVersion", "client_bug"},
    {"ErrorInvalidSid", "client_bug"},
    {"ErrorInvalidSmtpAddress", "address"},
    {"ErrorInvalidSubscription", "client_bug"},
    {"ErrorInvalidSyncStateData", "client_bug"},
    {"ErrorInvalidUserInfo", "address"},
    {"ErrorInvalidUserPrincipalName", "address"},
    {"ErrorInvalidUserSid", "address"},
    {"ErrorInvalidWatermark", "client_bug"},
    {"ErrorItemCorrupt", "server"},
    {"ErrorItemNotFound", "rights"},
    {"ErrorLogonAsNetworkServiceFailed", "retry"},
    {"ErrorMailRecipientNotFound", "address"},
    {"ErrorMailboxConfiguration", "address"},
    {"ErrorMailboxFailover", "retry"},
    {"ErrorMailboxLogonFailed", "free_busy"},
    {"ErrorMailboxMoveInProgress", "retry"},
    {"ErrorMailboxStoreUnavailable", "retry"},
    {"ErrorMeetingSuggestionGenerationFailed", "free_busy"},
    {"ErrorMessageTrackingNoSuchDomain", "address"},
    {"ErrorMissedNotificationEvents", "client_bug"},
    {"ErrorMissingArgument", "client_bug"},
    {"ErrorMissingEmailAddress", "address"},
    {"ErrorMissingManagedFolderId", "address"},
    {"ErrorMissingUserIdInformation", "address"},
    {"ErrorNameResolutionMultipleResults", "warning"},
    {"ErrorNameResolutionNoMailbox", "warning"},
    {"ErrorNameResolutionNoResults", "warning"},
    {"ErrorNoCalendar", "free_busy"},
    {"ErrorNoDestinationCASDueToKerberosRequirements", "routing"},
    {"ErrorNoDestinationCASDueToSSLRequirements", "routing"},
    {"ErrorNoDestinationCASDueToVersionMismatch", "routing"},
    {"ErrorNoFreeBusyAccess", "free_busy"},
    {"ErrorNoPublicFolderReplicaAvailable", "address"},
    {"ErrorNoRespondingCASInDestinationSite", "routing"},
    {"ErrorNonExistentMailbox", "address"},
    {"ErrorNonPrimarySmtpAddress", "address"},
    {"ErrorNotAllowedExternalSharingByPolicy", "free_busy"},
    {"ErrorNotDelegate", "rights"},
    {"ErrorNotEnoughMemory", "retry"},
    {"ErrorOrganizationAccessBlocked", "account"},
    {"ErrorOrganizationNotFederated", "address"},
    {"ErrorPasswordChangeRequired", "account"},
    {"ErrorPasswordExpired", "account"},
    {"ErrorProxiedSubscriptionCallFailure", "routing"},
    {"ErrorProxyCallFailed", "routing"},
    {"ErrorProxyGroupSidLimitExceeded", "routing"},
    {"ErrorProxyRequestNotAllowed", "free_busy"},
    {"ErrorProxyRequestProcessingFailed", "free_busy"},
    {"ErrorProxyServiceDiscoveryFailed", "routing"},
    {"ErrorProxyTokenExpired", "free_busy"},
    {"ErrorPublicFolderRequestProcessingFailed", "free_busy"},
    {"ErrorPublicFolderServerNotFound", "rights"},
    {"ErrorQuotaExceeded", "quota"},
    {"ErrorQuotaExceededOnDelete", "quota"},
    {"ErrorReadEventsFailed", "client_bug"},
    {"ErrorRequestAborted", "client_bug"},
    {"ErrorRequestStreamTooBig", "free_busy"},
    {"ErrorResultSetTooBig", "free_busy"},
    {"ErrorSchemaValidation", "client_bug"},
    {"ErrorSendAsDenied", "rights"},
    {"ErrorServerBusy", "throttled"},
    {"ErrorServiceDiscoveryFailed", "free_busy"},
    {"ErrorStaleObject", "client_bug"},
    {"ErrorSubscriptionAccessDenied", "client_bug"},
    {"ErrorSubscriptionDelegateAccessNotSupported", "client_bug"},
    {"ErrorSubscriptionNotFound", "client_bug"},
    {"ErrorTimeIntervalTooBig", "free_busy"},
    {"ErrorTimeoutExpired", "retry"},
    {"ErrorTokenSerializationDenied", "rights"},
    {"ErrorTooManyObjectsOpened", "throttled"},
    {"ErrorUnableToGetUserOofSettings", "free_busy"},
    {"ErrorUnsupportedMimeConversion", "client_bug"},
    {"ErrorUnsupportedPropertyDefinition", "client_bug"},
    {"ErrorUserNotAllowedByPolicy", "account"},
    {"ErrorUserNotUnifiedMessagingEnabled", "rights"},
    {"ErrorWin32InteropError", "free_busy"},
    {"ErrorWrongServerVersion", "routing"},
    {"ErrorWrongServerVersionDelegate", "routing"},
};

constexpr bool is_ascending() {
  for (std::size_t i = 1; i < std::size(kKnown); ++i) {
    if (kKnown[i - 1].code >= kKnown[i].code) return false;
  }
  return true;
}
static_assert(is_ascending());

}  // namespace

std::string_view kind_of_code(std::string_view code) {
  const auto* const found = std::lower_bound(
      std::begin(kKnown), std::end(kKnown), code,
      [](const Known& known, std::string_view sought) { return known.code < sought; });
  return found != std::end(kKnown) && found->code == code ? found->kind : std::string_view{};
}

}  // namespace exotap::ews
