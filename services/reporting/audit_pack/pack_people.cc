#include "services/reporting/audit_pack/pack_people.h"

#include <optional>
#include <utility>

namespace lumbung::reporting {
namespace {

constexpr int kPeopleAtOnce = 500;

std::string DateText(const std::optional<Date>& date) {
  return date ? date->ToString() : "";
}

std::vector<identity::StoredGrant> ReadGrants(const PackContext& pack,
                                              const std::string& user_name) {
  identity::GrantFilter filter;
  filter.user_name = user_name;
  filter.revoked_too = true;
  std::vector<identity::StoredGrant> grants;
  while (true) {
    std::vector<identity::StoredGrant> some = identity::ListGrants(pack.scope, filter);
    if (some.empty()) return grants;
    filter.after = some.back().grant_id;
    for (identity::StoredGrant& grant : some) grants.push_back(std::move(grant));
  }
}

}  // namespace

std::vector<Member> ReadMembers(const PackContext& pack) {
  identity::OpenPeople(pack.scope);
  std::vector<Member> members;
  std::string after;
  while (true) {
    std::vector<identity::StoredPerson> people =
        identity::ListPeople(pack.scope, after, kPeopleAtOnce);
    if (people.empty()) return members;
    after = people.back().user_name;
    for (identity::StoredPerson& person : people) {
      std::vector<identity::StoredGrant> grants = ReadGrants(pack, person.user_name);
      members.push_back({std::move(person), std::move(grants)});
    }
  }
}

absl::Status PackPeople(PackContext& pack, const std::vector<Member>& members) {
  Json people = Json::array();
  for (const Member& member : members) {
    Json roles = Json::array();
    for (const identity::StoredGrant& grant : member.grants) {
      roles.push_back({{"role", grant.role},
                       {"scope", grant.scope},
                       {"starts_on", DateText(grant.starts_on)},
                       {"ends_on", DateText(grant.ends_on)},
                       {"granted_by", grant.granted_by},
                       {"granted_at", Utc(grant.granted_at)},
                       {"revoked_at", grant.revoked_at ? Utc(*grant.revoked_at) : ""}});
    }
    people.push_back({{"user_name", member.person.user_name},
                      {"display_name", member.person.display_name},
                      {"disabled", member.person.disabled},
                      {"roles", std::move(roles)}});
  }
  return pack.archive.Add("book/people.json", JsonFile({{"people", std::move(people)}}));
}

}  // namespace lumbung::reporting
