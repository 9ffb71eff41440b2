#include "decoders/mapi/error_names.h"

#include <algorithm>
#include <array>

namespace exotap {
namespace {

struct Named {
  std::uint32_t code;
  std::string_view name;
};

// By code (MS-OXCDATA 2.4 and 2.4.1).
constexpr std::array<Named, 107> kNames = {{
    {0x00000000, "Success"},
    {0x000003EB, "UnknownUser"},
    {0x000003ED, "Exiting"},
    {0x000003EE, "BadConfiguration"},
    {0x000003EF, "UnknownCodePage"},
    {0x000003F0, "ServerMemory"},
    {0x000003F2, "LoginPermission"},
    {0x000003F3, "DatabaseRolledBack"},
    {0x000003F5, "AuditNotAllowed"},
    {0x000003F6, "ZombieUser"},
    {0x00000451, "BadVersion"},
    {0x00000454, "DatabaseError"},
    {0x00000468, "NoReplicaHere"},
    {0x00000469, "NoReplicaAvailable"},
    {0x0000046A, "PublicDatabase"},
    {0x0000046B, "NotPublicDatabase"},
    {0x00000474, "TimeExpired"},
    {0x00000476, "DatabaseNotInitialized"},
    {0x00000478, "WrongServer"},
    {0x0000047D, "BufferTooSmall"},
    {0x0000047F, "ServerPaused"},
    {0x00000480, "ServerBusy"},
    {0x00000481, "NoSuchLogon"},
    {0x00000484, "NotConfigured"},
    {0x00000488, "MaximumSendThreadExceeded"},
    {0x0000048B, "NotPrivateDatabase"},
    {0x000004B1, "RpcRegisterIf"},
    {0x000004B2, "RpcListen"},
    {0x000004B6, "RpcFormat"},
    {0x000004B9, "NullObject"},
    {0x000004BC, "RpcAuthentication"},
    {0x000004BD, "RpcBadAuthenticationLevel"},
    {0x000004D6, "NotAuthorized"},
    {0x000004D9, "QuotaExceeded"},
    {0x000004DD, "ShutoffQuotaExceeded"},
    {0x000004DE, "TooManyOpenObjects"},
    {0x000004DF, "ClientVersionBlocked"},
    {0x000004E0, "RpcHttpDisallowed"},
    {0x000004E1, "CachedModeRequired"},
    {0x000004ED, "FormatError"},
    {0x000004FB, "FolderDisabled"},
    {0x00000501, "NoReadRight"},
    {0x0000050C, "MailboxInTransit"},
    {0x0000050D, "BackupInProgress"},
    {0x00000512, "RestoreInProgress"},
    {0x0000057A, "ObjectNotFound"},
    {0x0000057E, "DSNoSuchObject"},
    {0x0000060E, "Paused"},
    {0x00000648, "WrongMailbox"},
    {0x0000064C, "ChangePassword"},
    {0x0000064D, "PasswordExpired"},
    {0x0000064E, "InvalidWorkstation"},
    {0x0000064F, "InvalidLogonHours"},
    {0x00000650, "AccountDisabled"},
    {0x000006B9, "NoServerSupport"},
    {0x000007D8, "ProtocolDisabled"},
    {0x000007D9, "CleartextLogonDisabled"},
    {0x000007EE, "Rejected"},
    {0x0000089A, "AmbiguousAlias"},
    {0x0000089B, "UnknownMailbox"},
    {0x0000096C, "MailboxDisabled"},
    {0x0000096E, "AddressBookUnavailable"},
    {0x0000096F, "AddressBookError"},
    {0x00000970, "NotEncrypted"},
    {0x00000971, "AddressBookObjectNotFound"},
    {0x00000973, "RpcServerTooBusy"},
    {0x00000974, "RpcOutOfMemory"},
    {0x00000975, "RpcServerOutOfMemory"},
    {0x00000976, "RpcOutOfResources"},
    {0x00000977, "RpcServerUnavailable"},
    {0x0000097D, "SubsystemStopping"},
    {0x0000097E, "AttendantUnavailable"},
    {0x00000A2D, "MaximumConnectionPoolsExceeded"},
    {0x00000A2E, "InvalidRpcHandle"},
    {0x00000A31, "LowFreeSpaceForDatabase"},
    {0x00000A32, "LowFreeSpaceForLogs"},
    {0x00000A33, "MailboxIsQuarantined"},
    {0x00000A34, "DatabaseMountInProgress"},
    {0x00000A35, "DatabaseDismountInProgress"},
    {0x00000A36, "ConnectionsOverBudget"},
    {0x00000A37, "NotFoundInContainer"},
    {0x00000A39, "InvalidConnectionPool"},
    {0x80004005, "GeneralFailure"},
    {0x80040102, "NotSupported"},
    {0x80040103, "InvalidCharacterWidth"},
    {0x8004010B, "ServerBusy"},
    {0x8004010D, "OutOfDisk"},
    {0x8004010E, "OutOfResources"},
    {0x8004010F, "NotFound"},
    {0x80040110, "VersionMismatch"},
    {0x80040111, "LogonFailed"},
    {0x80040112, "TooManySessions"},
    {0x80040113, "UserCanceled"},
    {0x80040115, "NetworkError"},
    {0x80040116, "DiskError"},
    {0x8004011E, "InvalidCodepage"},
    {0x8004011F, "InvalidLocale"},
    {0x80040123, "TimeSkew"},
    {0x80040200, "EndOfSession"},
    {0x80040201, "UnknownEntryId"},
    {0x80040400, "NotCompleted"},
    {0x80040401, "Timeout"},
    {0x80040403, "TableTooBig"},
    {0x80040405, "InvalidBookmark"},
    {0x80070005, "AccessDenied"},
    {0x8007000E, "OutOfMemory"},
    {0x80070057, "InvalidParameter"},
}};

}  // namespace

std::string_view mapi_error_name(std::uint32_t code) {
  const auto found =
      std::lower_bound(kNames.begin(), kNames.end(), code,
                       [](const Named& named, std::uint32_t key) { return named.code < key; });
  return found != kNames.end() && found->code == code ? found->name : std::string_view{};
}

std::string mapi_error_text(std::uint32_t code) {
  std::string text = "0x";
  for (unsigned shift = 32; shift > 0; shift -= 4) {
    text.push_back("0123456789ABCDEF"[(code >> (shift - 4)) & 15U]);
  }
  return text;
}

}  // namespace exotap
