#include "decoders/eas/common_statuses.h"

#include <algorithm>
#include <iterator>

namespace exotap::eas {
namespace {

struct Row {
  std::uint8_t value;
  std::string_view name;
};

// MS-ASCMD section 2.2.2, sorted; 157 to 159 are not used.
constexpr Row kNames[] = {
    {101, "InvalidContent"},
    {102, "InvalidWBXML"},
    {103, "InvalidXML"},
    {104, "InvalidDateTime"},
    {105, "InvalidCombinationOfIDs"},
    {106, "InvalidIDs"},
    {107, "InvalidMIME"},
    {108, "DeviceIdMissingOrInvalid"},
    {109, "DeviceTypeMissingOrInvalid"},
    {110, "ServerError"},
    {111, "ServerErrorRetryLater"},
    {112, "ActiveDirectoryAccessDenied"},
    {113, "MailboxQuotaExceeded"},
    {114, "MailboxServerOffline"},
    {115, "SendQuotaExceeded"},
    {116, "MessageRecipientUnresolved"},
    {117, "MessageReplyNotAllowed"},
    {118, "MessagePreviouslySent"},
    {119, "MessageHasNoRecipient"},
    {120, "MailSubmissionFailed"},
    {121, "MessageReplyFailed"},
    {122, "AttachmentIsTooLarge"},
    {123, "UserHasNoMailbox"},
    {124, "UserCannotBeAnonymous"},
    {125, "UserPrincipalCouldNotBeFound"},
    {126, "UserDisabledForSync"},
    {127, "UserOnNewMailboxCannotSync"},
    {128, "UserOnLegacyMailboxCannotSync"},
    {129, "DeviceIsBlockedForThisUser"},
    {130, "AccessDenied"},
    {131, "AccountDisabled"},
    {132, "SyncStateNotFound"},
    {133, "SyncStateLocked"},
    {134, "SyncStateCorrupt"},
    {135, "SyncStateAlreadyExists"},
    {136, "SyncStateVersionInvalid"},
    {137, "CommandNotSupported"},
    {138, "VersionNotSupported"},
    {139, "DeviceNotFullyProvisionable"},
    {140, "RemoteWipeRequested"},
    {141, "LegacyDeviceOnStrictPolicy"},
    {142, "DeviceNotProvisioned"},
    {143, "PolicyRefresh"},
    {144, "InvalidPolicyKey"},
    {145, "ExternallyManagedDevicesNotAllowed"},
    {146, "NoRecurrenceInCalendar"},
    {147, "UnexpectedItemClass"},
    {148, "RemoteServerHasNoSSL"},
    {149, "InvalidStoredRequest"},
    {150, "ItemNotFound"},
    {151, "TooManyFolders"},
    {152, "NoFoldersFound"},
    {153, "ItemsLostAfterMove"},
    {154, "FailureInMoveOperation"},
    {155, "MoveCommandDisallowedForNonPersistentMoveAction"},
    {156, "MoveCommandInvalidDestinationFolder"},
    {160, "AvailabilityTooManyRecipients"},
    {161, "AvailabilityDLLimitReached"},
    {162, "AvailabilityTransientFailure"},
    {163, "AvailabilityFailure"},
    {164, "BodyPartPreferenceTypeNotSupported"},
    {165, "DeviceInformationRequired"},
    {166, "InvalidAccountId"},
    {167, "AccountSendDisabled"},
    {168, "IRM_FeatureDisabled"},
    {169, "IRM_TransientError"},
    {170, "IRM_PermanentError"},
    {171, "IRM_InvalidTemplateID"},
    {172, "IRM_OperationNotPermitted"},
    {173, "NoPicture"},
    {174, "PictureTooLarge"},
    {175, "PictureLimitReached"},
    {176, "BodyPart_ConversationTooLarge"},
    {177, "MaximumDevicesReached"},
    {178, "InvalidRecipients"},
};

static_assert(std::is_sorted(std::begin(kNames), std::end(kNames),
                             [](const Row& a, const Row& b) { return a.value < b.value; }));

constexpr std::string_view kProvision = "provision";

StatusKind kind_of(std::int64_t value) {
  switch (value) {
    case 118:  // MessagePreviouslySent: it has been sent, and the client goes on
    case 173:  // NoPicture and the two after it say how little of a picture there is
    case 174:
    case 175:
    case 176:  // BodyPart_ConversationTooLarge: the message comes without that part
      return StatusKind::ordinary;
    case 142:  // What older protocols say with HTTP status 449: clients provision and come again
    case 143:
    case 144:
    case 165:
      return StatusKind::asks;
    default:
      return StatusKind::failure;
  }
}

}  // namespace

StatusMeaning common_status(std::int64_t value) {
  const Row* found =
      std::lower_bound(std::begin(kNames), std::end(kNames), value,
                       [](const Row& row, std::int64_t key) { return row.value < key; });
  if (found == std::end(kNames) || found->value != value) return {};
  const StatusKind kind = kind_of(value);
  return {kind, found->name, kind == StatusKind::asks ? kProvision : std::string_view{}};
}

}  // namespace exotap::eas
