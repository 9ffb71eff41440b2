// The control run: what came of trying a failed connection again without exotap. No decoder can
// read it off the exchange: exotap asks the server a second time (proxy/wire/probe), and what that
// came to is stated beside the decoders' and flow's facts.
#pragma once

#include <span>
#include <string_view>

#include "capture/exchange.h"
#include "decoders/facts.h"

namespace exotap {

namespace fact {

inline constexpr FactSpec kExotapControlOutcome{
    "exotap.control.outcome", FactType::text,
    "with --control-run, of a connection that failed: tried again without exotap it gave "
    "same_failure, other_failure or works; not_run where it was not tried"};
inline constexpr FactSpec kExotapControlVerdict{
    "exotap.control.verdict", FactType::text,
    "independent (it fails without exotap, too), caused_by_interception (it works without, and in "
    "exotap's way it fails again) or passed (by then it worked either way); absent where the "
    "control was not run"};
inline constexpr FactSpec kExotapControlDetail{"exotap.control.detail", FactType::text,
                                               "what the control run met, in one sentence"};

}  // namespace fact

[[nodiscard]] std::span<const FactSpec* const> control_facts();

// `control` is the probe's record (ProbeKind::control) about `failed`, or about a failure like it.
void state_control(const Exchange& failed, const Exchange& control, Facts& facts);

// It was not tried; `why` is one sentence.
void state_no_control(std::string_view why, Facts& facts);

}  // namespace exotap
