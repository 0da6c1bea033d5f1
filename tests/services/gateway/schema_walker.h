// Does a value fit a JSON schema? As much of JSON Schema as the API's document uses; what it does
// not know it reports, so that nothing passes unread.
#ifndef LUMBUNG_TESTS_SERVICES_GATEWAY_SCHEMA_WALKER_H_
#define LUMBUNG_TESTS_SERVICES_GATEWAY_SCHEMA_WALKER_H_

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace lumbung::gateway {

// One line for each place that does not fit, such as "/postings/0/amount: is no string". References
// point into `document`.
std::vector<std::string> Violations(const nlohmann::json& document, const nlohmann::json& schema,
                                    const nlohmann::json& value);

}  // namespace lumbung::gateway

#endif  // LUMBUNG_TESTS_SERVICES_GATEWAY_SCHEMA_WALKER_H_
