// The demo organization's entries, month by month, ready to be sent: the same at every call.
#ifndef LUMBUNG_SERVICES_HOST_DEMO_DEMO_PLAN_H_
#define LUMBUNG_SERVICES_HOST_DEMO_DEMO_PLAN_H_

#include <vector>

#include "services/host/demo/journal.h"

namespace lumbung::demo {

std::vector<DemoMonth> PlanDemo();

}  // namespace lumbung::demo

#endif  // LUMBUNG_SERVICES_HOST_DEMO_DEMO_PLAN_H_
