// The host a URL names, for those who compare hosts.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace exotap::flow {

inline constexpr std::size_t kMaxHostName = 255;

// "sts.contoso.com" of "https://user@sts.contoso.com:443/adfs/ls"; empty where there is none.
[[nodiscard]] std::string_view host_of_url(std::string_view url);
// The same in lower case; empty also where it is longer than a host can be.
[[nodiscard]] std::string lower_host_of_url(std::string_view url);
// "contoso.com" of "ada@Contoso.com", in lower case; empty where there is none.
[[nodiscard]] std::string lower_domain_of_address(std::string_view address);

// Names that Microsoft's servers have, whoever they serve.
[[nodiscard]] bool is_microsoft_host(std::string_view lower_host);

}  // namespace exotap::flow
