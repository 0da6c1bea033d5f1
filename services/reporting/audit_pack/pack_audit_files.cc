#include "services/reporting/audit_pack/pack_audit_files.h"

#include <utility>

#include "ledger/core/status.h"
#include "ledger/store/journal_cursor.h"
#include "reports/audit_pack/ads_files.h"
#include "reports/audit_pack/saft_file.h"

namespace lumbung::reporting {
namespace {

std::vector<reports::AuditPerson> PeopleOf(const std::vector<Member>& members) {
  std::vector<reports::AuditPerson> people;
  for (const Member& member : members) {
    reports::AuditPerson person{
        member.person.user_name, member.person.display_name, !member.person.disabled, {}};
    for (const identity::StoredGrant& grant : member.grants) {
      if (!grant.revoked_at.has_value()) person.roles.push_back(grant.role);
    }
    people.push_back(std::move(person));
  }
  return people;
}

}  // namespace

absl::Status PackAuditFiles(PackContext& pack,
                            const std::vector<reports::TrialBalanceLine>& trial_balance,
                            const std::vector<Member>& members,
                            const std::map<EntryId, EntryPeople>& people) {
  reports::AuditSource source;
  source.book = pack.facts.book;
  source.organization_uid = pack.facts.organization.uid;
  source.organization_name = pack.facts.organization.display_name;
  source.period = pack.facts.period;
  source.made_at = pack.facts.made_at;
  source.trial_balance = trial_balance;
  source.people = PeopleOf(members);
  source.visit_entries = [&](const reports::EntryVisitor& visit) {
    return store::VisitEntries(pack.scope, pack.facts.book->book().key, pack.facts.period.from,
                               pack.facts.period.to, [&](const PostedEntry& entry) {
                                 const auto found = people.find(entry.id);
                                 const EntryPeople who =
                                     found == people.end() ? EntryPeople() : found->second;
                                 return visit({&entry, who.entered_by, who.approved_by});
                               });
  };
  LUMBUNG_RETURN_IF_ERROR(reports::AddAdsFiles(source, pack.archive));
  if (!reports::CheckSaftFit(source).ok()) return absl::OkStatus();
  return pack.archive.Add("saft/saf-t.xml", [&source](reports::ByteSink& sink) {
    return reports::WriteSaftFile(source, sink);
  });
}

}  // namespace lumbung::reporting
