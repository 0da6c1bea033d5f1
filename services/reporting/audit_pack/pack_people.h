// The people in an audit pack: who may do what, as it is now. How it came about is in the log.
#ifndef LUMBUNG_SERVICES_REPORTING_AUDIT_PACK_PACK_PEOPLE_H_
#define LUMBUNG_SERVICES_REPORTING_AUDIT_PACK_PACK_PEOPLE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/identity/store/grant_store.h"
#include "services/identity/store/people_store.h"
#include "services/reporting/audit_pack/pack_context.h"

namespace lumbung::reporting {

struct Member {
  identity::StoredPerson person;
  std::vector<identity::StoredGrant> grants;
};

// Everybody who has or had a role in the organization, by user name.
std::vector<Member> ReadMembers(const PackContext& pack);

// book/people.json.
absl::Status PackPeople(PackContext& pack, const std::vector<Member>& members);

}  // namespace lumbung::reporting

#endif  // LUMBUNG_SERVICES_REPORTING_AUDIT_PACK_PACK_PEOPLE_H_
