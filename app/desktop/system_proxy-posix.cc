#include "app/desktop/gnome_proxy.h"
#include "app/desktop/system_proxy.h"

namespace exotap {

std::unique_ptr<SystemProxy> make_system_proxy() { return std::make_unique<GnomeProxy>(); }

}  // namespace exotap
