#include "decoders/eas/statuses.h"

#include <algorithm>
#include <array>

#include "decoders/eas/common_statuses.h"

namespace exotap::eas {
namespace {

constexpr StatusKind kOk = StatusKind::ordinary;
constexpr StatusKind kAsks = StatusKind::asks;
constexpr StatusKind kFails = StatusKind::failure;

constexpr std::string_view kFolderSync = "folder_sync";
constexpr std::string_view kWholeRequest = "whole_request";
constexpr std::string_view kOtherInterval = "other_interval";

struct Row {
  std::uint8_t page;
  std::uint8_t value;
  std::uint8_t parent;  // token of the element around it, of the same page; 0: whatever it is
  StatusMeaning meaning;
};

constexpr std::uint8_t kAnywhere = 0;
constexpr std::uint8_t kMoveResponse = 0x0A;
constexpr std::uint8_t kResolveResponse = 0x06;
constexpr std::uint8_t kPolicy = 0x07;
constexpr std::uint8_t kProvision = 0x05;

// Sorted by page and value. Values from 101 on mean the same everywhere: common_statuses.h.
constexpr Row kRows[] = {
    // Sync: MS-ASCMD 2.2.3.177.17
    {page::kAirSync, 3, kAnywhere, {kFails, "invalid synchronization key", {}}},
    {page::kAirSync, 4, kAnywhere, {kFails, "protocol error", {}}},
    {page::kAirSync, 5, kAnywhere, {kFails, "server error", {}}},
    {page::kAirSync, 6, kAnywhere, {kFails, "conversion error", {}}},
    {page::kAirSync, 7, kAnywhere, {kFails, "conflict", {}}},
    {page::kAirSync, 8, kAnywhere, {kFails, "object not found", {}}},
    {page::kAirSync, 9, kAnywhere, {kFails, "mailbox is full", {}}},
    {page::kAirSync, 12, kAnywhere, {kAsks, "folder hierarchy has changed", kFolderSync}},
    {page::kAirSync, 13, kAnywhere, {kAsks, "incomplete request", kWholeRequest}},
    {page::kAirSync, 14, kAnywhere, {kAsks, "interval out of range", kOtherInterval}},
    {page::kAirSync, 15, kAnywhere, {kFails, "too many collections", {}}},
    {page::kAirSync, 16, kAnywhere, {kFails, "something to try again", {}}},
    // MoveItems: 2.2.3.177.10, where success is 3
    {page::kMove, 1, kMoveResponse, {kFails, "invalid source", {}}},
    {page::kMove, 2, kMoveResponse, {kFails, "invalid destination", {}}},
    {page::kMove, 3, kAnywhere, {kOk, "success", {}}},
    {page::kMove, 4, kMoveResponse, {kFails, "source and destination are the same", {}}},
    {page::kMove, 5, kAnywhere, {kFails, "item cannot be moved", {}}},
    {page::kMove, 7, kAnywhere, {kFails, "source or destination locked", {}}},
    // GetItemEstimate: 2.2.3.177.7
    {page::kGetItemEstimate, 2, kAnywhere, {kFails, "invalid collection", {}}},
    {page::kGetItemEstimate, 3, kAnywhere, {kFails, "synchronization not begun", {}}},
    {page::kGetItemEstimate, 4, kAnywhere, {kFails, "invalid synchronization key", {}}},
    // FolderCreate, FolderDelete, FolderSync, FolderUpdate: 2.2.3.177.3 to 2.2.3.177.6
    {page::kFolderHierarchy, 2, kAnywhere, {kFails, "folder exists", {}}},
    {page::kFolderHierarchy, 3, kAnywhere, {kFails, "special folder", {}}},
    {page::kFolderHierarchy, 4, kAnywhere, {kFails, "folder not found", {}}},
    {page::kFolderHierarchy, 5, kAnywhere, {kFails, "parent folder not found", {}}},
    {page::kFolderHierarchy, 6, kAnywhere, {kFails, "server error", {}}},
    {page::kFolderHierarchy, 9, kAnywhere, {kFails, "invalid synchronization key", {}}},
    {page::kFolderHierarchy, 10, kAnywhere, {kFails, "malformed request", {}}},
    {page::kFolderHierarchy, 11, kAnywhere, {kFails, "unknown error", {}}},
    {page::kFolderHierarchy, 12, kAnywhere, {kFails, "code unknown", {}}},
    // MeetingResponse: 2.2.3.177.9
    {page::kMeetingResponse, 2, kAnywhere, {kFails, "invalid meeting request", {}}},
    {page::kMeetingResponse, 3, kAnywhere, {kFails, "mailbox error", {}}},
    {page::kMeetingResponse, 4, kAnywhere, {kFails, "server error", {}}},
    // ResolveRecipients: 2.2.3.177.12; how a name was found is no failure
    {page::kResolveRecipients, 2, kResolveResponse, {kOk, "ambiguous, with suggestions", {}}},
    {page::kResolveRecipients, 3, kResolveResponse, {kOk, "ambiguous, some suggestions", {}}},
    {page::kResolveRecipients, 4, kResolveResponse, {kOk, "nobody found", {}}},
    {page::kResolveRecipients, 5, kAnywhere, {kFails, "protocol error", {}}},
    {page::kResolveRecipients, 6, kAnywhere, {kFails, "server error", {}}},
    {page::kResolveRecipients, 7, kAnywhere, {kOk, "no certificate", {}}},
    {page::kResolveRecipients, 8, kAnywhere, {kOk, "too many certificates", {}}},
    // ValidateCert: 2.2.3.177.18
    {page::kValidateCert, 2, kAnywhere, {kFails, "protocol error", {}}},
    {page::kValidateCert, 3, kAnywhere, {kFails, "signature invalid", {}}},
    {page::kValidateCert, 4, kAnywhere, {kFails, "source not trusted", {}}},
    {page::kValidateCert, 5, kAnywhere, {kFails, "invalid chain", {}}},
    {page::kValidateCert, 6, kAnywhere, {kFails, "not for signing mail", {}}},
    {page::kValidateCert, 7, kAnywhere, {kFails, "expired or not yet valid", {}}},
    {page::kValidateCert, 8, kAnywhere, {kFails, "periods in the chain disagree", {}}},
    {page::kValidateCert, 9, kAnywhere, {kFails, "used for another purpose", {}}},
    {page::kValidateCert, 10, kAnywhere, {kFails, "information missing", {}}},
    {page::kValidateCert, 11, kAnywhere, {kFails, "wrong role in the chain", {}}},
    {page::kValidateCert, 12, kAnywhere, {kFails, "address does not match", {}}},
    {page::kValidateCert, 13, kAnywhere, {kFails, "revoked", {}}},
    {page::kValidateCert, 14, kAnywhere, {kFails, "revocation server not reached", {}}},
    {page::kValidateCert, 15, kAnywhere, {kFails, "chain revoked", {}}},
    {page::kValidateCert, 16, kAnywhere, {kFails, "revocation unknown", {}}},
    {page::kValidateCert, 17, kAnywhere, {kFails, "server error", {}}},
    // Ping: 2.2.3.177.11
    {page::kPing, 1, kAnywhere, {kOk, "interval over, no change", {}}},
    {page::kPing, 2, kAnywhere, {kOk, "changes", {}}},
    {page::kPing, 3, kAnywhere, {kAsks, "parameters missing", kWholeRequest}},
    {page::kPing, 4, kAnywhere, {kFails, "syntax error", {}}},
    {page::kPing, 5, kAnywhere, {kAsks, "interval out of range", kOtherInterval}},
    {page::kPing, 6, kAnywhere, {kFails, "too many folders", {}}},
    {page::kPing, 7, kAnywhere, {kAsks, "folder hierarchy has changed", kFolderSync}},
    {page::kPing, 8, kAnywhere, {kFails, "server error", {}}},
    // Provision: MS-ASPROV 2.2.2.54.1 (Policy) and 2.2.2.54.2 (Provision)
    {page::kProvision, 2, kProvision, {kFails, "protocol error", {}}},
    {page::kProvision, 2, kPolicy, {kOk, "no policy for this client", {}}},
    {page::kProvision, 3, kProvision, {kFails, "server error", {}}},
    {page::kProvision, 3, kPolicy, {kFails, "unknown policy type", {}}},
    {page::kProvision, 4, kPolicy, {kFails, "policy data corrupted", {}}},
    {page::kProvision, 5, kPolicy, {kFails, "wrong policy key", {}}},
    // Search: MS-ASCMD 2.2.3.177.13
    {page::kSearch, 2, kAnywhere, {kFails, "invalid request", {}}},
    {page::kSearch, 3, kAnywhere, {kFails, "server error", {}}},
    {page::kSearch, 4, kAnywhere, {kFails, "bad link", {}}},
    {page::kSearch, 5, kAnywhere, {kFails, "access denied", {}}},
    {page::kSearch, 6, kAnywhere, {kFails, "not found", {}}},
    {page::kSearch, 7, kAnywhere, {kFails, "connection failed", {}}},
    {page::kSearch, 8, kAnywhere, {kFails, "too complex", {}}},
    {page::kSearch, 10, kAnywhere, {kFails, "timed out", {}}},
    {page::kSearch, 11, kAnywhere, {kAsks, "folder hierarchy not known", kFolderSync}},
    {page::kSearch, 12, kAnywhere, {kOk, "end of the results", {}}},
    {page::kSearch, 13, kAnywhere, {kFails, "access blocked", {}}},
    {page::kSearch, 14, kAnywhere, {kFails, "credentials required", {}}},
    // Settings: 2.2.3.177.15
    {page::kSettings, 2, kAnywhere, {kFails, "protocol error", {}}},
    {page::kSettings, 3, kAnywhere, {kFails, "access denied", {}}},
    {page::kSettings, 4, kAnywhere, {kFails, "server unavailable", {}}},
    {page::kSettings, 5, kAnywhere, {kFails, "invalid arguments", {}}},
    {page::kSettings, 6, kAnywhere, {kFails, "conflicting arguments", {}}},
    {page::kSettings, 7, kAnywhere, {kFails, "denied by policy", {}}},
    // ItemOperations: 2.2.3.177.8
    {page::kItemOperations, 2, kAnywhere, {kFails, "protocol error", {}}},
    {page::kItemOperations, 3, kAnywhere, {kFails, "server error", {}}},
    {page::kItemOperations, 4, kAnywhere, {kFails, "bad URI", {}}},
    {page::kItemOperations, 5, kAnywhere, {kFails, "access denied", {}}},
    {page::kItemOperations, 6, kAnywhere, {kFails, "object not found", {}}},
    {page::kItemOperations, 7, kAnywhere, {kFails, "connection failed", {}}},
    {page::kItemOperations, 8, kAnywhere, {kFails, "invalid byte range", {}}},
    {page::kItemOperations, 9, kAnywhere, {kFails, "unknown store", {}}},
    {page::kItemOperations, 10, kAnywhere, {kFails, "file is empty", {}}},
    {page::kItemOperations, 11, kAnywhere, {kFails, "too large", {}}},
    {page::kItemOperations, 12, kAnywhere, {kFails, "input or output error", {}}},
    {page::kItemOperations, 14, kAnywhere, {kFails, "conversion failed", {}}},
    {page::kItemOperations, 15, kAnywhere, {kFails, "attachment invalid", {}}},
    {page::kItemOperations, 16, kAnywhere, {kFails, "access denied", {}}},
    {page::kItemOperations, 17, kAnywhere, {kFails, "partly done", {}}},
    {page::kItemOperations, 18, kAnywhere, {kFails, "credentials required", {}}},
    // Find: 2.2.3.177.2
    {page::kFind, 2, kAnywhere, {kFails, "invalid request", {}}},
    {page::kFind, 3, kAnywhere, {kAsks, "folder hierarchy not known", kFolderSync}},
    {page::kFind, 4, kAnywhere, {kFails, "range does not begin with 0", {}}},
};

constexpr bool before(const Row& a, const Row& b) {
  return a.page != b.page ? a.page < b.page : a.value < b.value;
}
static_assert(std::is_sorted(std::begin(kRows), std::end(kRows), before));

constexpr std::int64_t kLargest = 255;  // MS-ASCMD's values are below 200

}  // namespace

StatusMeaning status_meaning(Element status, Element parent, std::int64_t value) {
  if (value < 0 || value > kLargest) return {};
  const Row key{status.page, static_cast<std::uint8_t>(value), kAnywhere, {}};
  const auto [first, last] = std::equal_range(std::begin(kRows), std::end(kRows), key, before);
  for (const Row* row = first; row != last; ++row) {
    const bool here = parent.page == status.page && parent.token == row->parent;
    if (row->parent == kAnywhere || here) return row->meaning;
  }
  if (value == 1) return {kOk, "success", {}};
  return common_status(value);
}

bool is_status(Element element) {
  static constexpr std::array<Element, 15> kStatuses = {{{page::kAirSync, 0x0E},
                                                         {page::kMove, 0x0B},
                                                         {page::kGetItemEstimate, 0x0E},
                                                         {page::kFolderHierarchy, 0x0C},
                                                         {page::kMeetingResponse, 0x0B},
                                                         {page::kResolveRecipients, 0x07},
                                                         {page::kValidateCert, 0x0A},
                                                         {page::kPing, 0x07},
                                                         {page::kProvision, 0x0B},
                                                         {page::kSearch, 0x0C},
                                                         {page::kGal, 0x11},
                                                         {page::kSettings, 0x06},
                                                         {page::kItemOperations, 0x0D},
                                                         {page::kComposeMail, 0x12},
                                                         {page::kFind, 0x0A}}};
  static constexpr Element kBodyPart{page::kAirSyncBase, 0x1B};
  return element == kBodyPart ||
         std::find(kStatuses.begin(), kStatuses.end(), element) != kStatuses.end();
}

}  // namespace exotap::eas
