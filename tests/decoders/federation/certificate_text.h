// Two certificates as they stand in XML, made for tests with invented names: valid from 2025-03-01
// to 2026-03-01.
#pragma once

#include <string_view>

namespace exotap::testing {

inline constexpr std::string_view kSigningCertificate =
    "MIIBPjCB5aADAgECAgEBMAoGCCqGSM49BAMCMCkxJzAlBgNVBAMMHkFERlMgU2lnbmluZyAtIHN0cy5jb250b3NvLmNv"
    "bTAeFw0yNTAzMDEwMDAwMDBaFw0yNjAzMDEwMDAwMDBaMCkxJzAlBgNVBAMMHkFERlMgU2lnbmluZyAtIHN0cy5jb250"
    "b3NvLmNvbTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABGco6noTHjBKtX+jr7DnL0AvRx+Y8Uj3/xRwvK8yd3ihV9ul"
    "6QpUMiQF47mvI+VDG7uvII6gfUeDL3arpZH22rgwCgYIKoZIzj0EAwIDSAAwRQIhAMB7jZScpFlmil7U2husBjH5VGuY"
    "QSG3bILXho3y1qOQAiBjiDVY7PAmz/d8F88SPV+o1ijhRvunXbCe4fp7PFWwhQ==";
inline constexpr std::string_view kSigningThumbprint = "036CE605CE48B00EEC402973D3979B3425CC07D4";
inline constexpr std::string_view kSigningSha256 =
    "7d89e109e0c9f1eeafa4c7cd9ffcb58ef75f1b4c7205a05f7f69743bb82ff59d";

inline constexpr std::string_view kEncryptionCertificate =
    "MIIBRDCB66ADAgECAgEBMAoGCCqGSM49BAMCMCwxKjAoBgNVBAMMIUFERlMgRW5jcnlwdGlvbiAtIHN0cy5jb250b3Nv"
    "LmNvbTAeFw0yNTAzMDEwMDAwMDBaFw0yNjAzMDEwMDAwMDBaMCwxKjAoBgNVBAMMIUFERlMgRW5jcnlwdGlvbiAtIHN0"
    "cy5jb250b3NvLmNvbTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABKg1EGl1OpcOVVnyI6ERld2M/wKfYyHqUoNSJcYo"
    "QMC6nINWO2mbZUx8uCUF3FRhaz9jmigD12CsSqTgIiNbLnYwCgYIKoZIzj0EAwIDSAAwRQIhAN0MOo1F9tXF8bDx+q0J"
    "5QuIZwkbP/9f1CUeEv7fr5ZHAiAeIu+96+4TdSWC5hMwj13ba0MxeX37XfRsJRpQH48+xw==";
inline constexpr std::string_view kEncryptionThumbprint =
    "B85CBB3C16F5A029C40313FF67EA7A2B82A8FD93";

}  // namespace exotap::testing
