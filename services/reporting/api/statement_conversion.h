// Statements, and words in both languages, from the library to protobuf.
#ifndef LUMBUNG_SERVICES_REPORTING_API_STATEMENT_CONVERSION_H_
#define LUMBUNG_SERVICES_REPORTING_API_STATEMENT_CONVERSION_H_

#include "lumbung/reporting/v1/resources.pb.h"
#include "reports/model/statement.h"
#include "services/reporting/statements/statement_reader.h"

namespace lumbung::reporting::api {

void SetLabel(const reports::Label& label, v1::Label* out);
v1::StatementDefinition DefinitionToProto(const reports::StatementDefinition& definition);
v1::Statement StatementToProto(const reports::Statement& statement, const Reading& reading);
v1::Contribution ContributionToProto(const reports::Contribution& contribution,
                                     const reports::Figures& figures,
                                     const reports::PeriodFigures& period);

}  // namespace lumbung::reporting::api

#endif  // LUMBUNG_SERVICES_REPORTING_API_STATEMENT_CONVERSION_H_
