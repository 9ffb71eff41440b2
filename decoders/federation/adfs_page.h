// AD FS's own pages below /adfs: the sign-in page that comes back with a sentence after a wrong
// password, and the error page with its numbers. Both come as ordinary web pages, often with status
// 200 (the pages' elements are those of AD FS on Windows Server 2012 R2 and later; AD FS 2.0 shows
// a "Reference number"). MSIS numbers are AD FS's own, ID numbers those of the identity framework
// below it; the activity id finds the event in the server's log.
#pragma once

#include <string>
#include <string_view>

#include "decoders/facts.h"

namespace exotap {

namespace fact {

inline constexpr FactSpec kAdfsPage{"adfs.page", FactType::text,
                                    "what page of AD FS came: sign_in, error or token (it posts "
                                    "one); absent where it is none of these"};
inline constexpr FactSpec kAdfsErrorCode{"adfs.error.code", FactType::text,
                                         "AD FS's number for the error on its page: MSIS7012"};
inline constexpr FactSpec kAdfsErrorId{"adfs.error.id", FactType::text,
                                       "the identity framework's number for it: ID3242, ID4037"};
inline constexpr FactSpec kAdfsErrorMessage{"adfs.error.message", FactType::text,
                                            "the page's sentence about what failed"};
inline constexpr FactSpec kAdfsActivityId{
    "adfs.activity_id", FactType::text,
    "activity id or reference number on the page: the event in the server's log has it, too"};
inline constexpr FactSpec kAdfsRelyingParty{"adfs.relying_party", FactType::text,
                                            "whom the sign-in was for, as the error page says"};
inline constexpr FactSpec kAdfsErrorTime{"adfs.error.time", FactType::text,
                                         "the server's time on the error page"};

}  // namespace fact

inline constexpr const FactSpec* kAdfsPageFacts[] = {
    &fact::kAdfsPage,         &fact::kAdfsErrorCode,  &fact::kAdfsErrorId,
    &fact::kAdfsErrorMessage, &fact::kAdfsActivityId, &fact::kAdfsRelyingParty,
    &fact::kAdfsErrorTime,
};

// True for paths below /adfs, in any case.
[[nodiscard]] bool is_adfs_path(std::string_view path);

// States an HTML page of AD FS. What it says failed, or nothing: "AD FS MSIS7012".
std::string state_adfs_page(std::string_view page, Facts& facts);

// "b3a1f0d2-…": the first GUID in the text; empty where there is none.
[[nodiscard]] std::string_view first_guid(std::string_view text);

}  // namespace exotap
