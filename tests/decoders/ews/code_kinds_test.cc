#include "decoders/ews/code_kinds.h"

#include <gtest/gtest.h>

namespace exotap::ews {
namespace {

// One of each kind, first and last of the table among them.
TEST(EwsCodeKinds, OfEachKind) {
  EXPECT_EQ(kind_of_code("ErrorServerBusy"), "throttled");
  EXPECT_EQ(kind_of_code("ErrorTooManyObjectsOpened"), "throttled");
  EXPECT_EQ(kind_of_code("ErrorMailboxMoveInProgress"), "retry");
  EXPECT_EQ(kind_of_code("ErrorBatchProcessingStopped"), "retry");
  EXPECT_EQ(kind_of_code("ErrorInternalServerError"), "server");
  EXPECT_EQ(kind_of_code("ErrorADOperation"), "server");
  EXPECT_EQ(kind_of_code("ErrorAccessDenied"), "rights");
  EXPECT_EQ(kind_of_code("ErrorItemNotFound"), "rights");
  EXPECT_EQ(kind_of_code("ErrorNonExistentMailbox"), "address");
  EXPECT_EQ(kind_of_code("ErrorMailboxConfiguration"), "address");
  EXPECT_EQ(kind_of_code("ErrorProxyRequestProcessingFailed"), "free_busy");
  EXPECT_EQ(kind_of_code("ErrorSchemaValidation"), "client_bug");
  EXPECT_EQ(kind_of_code("ErrorCrossSiteRequest"), "routing");
  EXPECT_EQ(kind_of_code("ErrorWrongServerVersionDelegate"), "routing");
  EXPECT_EQ(kind_of_code("ErrorAccountDisabled"), "account");
  EXPECT_EQ(kind_of_code("ErrorQuotaExceededOnDelete"), "quota");
  EXPECT_EQ(kind_of_code("ErrorNameResolutionNoResults"), "warning");
}

TEST(EwsCodeKinds, OthersHaveNone) {
  EXPECT_EQ(kind_of_code("NoError"), "");
  EXPECT_EQ(kind_of_code(""), "");
  EXPECT_EQ(kind_of_code("ErrorAccessDenie"), "");
  EXPECT_EQ(kind_of_code("ErrorAccessDeniedX"), "");
  EXPECT_EQ(kind_of_code("zzz"), "");
}

}  // namespace
}  // namespace exotap::ews
