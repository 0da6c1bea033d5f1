// Who acts on vouchers. Duties are separated by person, not by account: two accounts of one person
// are one person here.
#ifndef LUMBUNG_SERVICES_VOUCHERS_DOMAIN_PERSON_H_
#define LUMBUNG_SERVICES_VOUCHERS_DOMAIN_PERSON_H_

#include <cstdint>
#include <string>
#include <vector>

namespace lumbung::vouchers {

struct Person {
  // Never 0 for somebody.
  std::int64_t id = 0;
  // Names the person for ever.
  std::string user_name;
  // As shown beside what the person did; kept as it was then.
  std::string display_name;
};

// The person who makes a call, and what the person may do in this organization.
struct Caller {
  Person person;
  std::vector<std::string> roles;
  // May post into soft-closed periods.
  bool adjuster = false;
};

}  // namespace lumbung::vouchers

#endif  // LUMBUNG_SERVICES_VOUCHERS_DOMAIN_PERSON_H_
