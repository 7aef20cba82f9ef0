#include "app/command_line/function_options.h"

#include "core/theory/formula_parser.h"

#include <fmt/format.h>

namespace initlens::app {

std::vector<Flag> functionFlags(std::string section)
{
    return {{.name = "--activation",
             .value = "ID[:KEY=VALUE,...]",
             .help = "The activation; `initlens list activations` shows all of them.",
             .section = section,
             .repeatable = false,
             .suggest = suggestRows<activations::Activation>},
            {.name = "--formula",
             .value = "EXPRESSION",
             .help = fmt::format("An activation of your own in place of one of the list, made of "
                                 "{}.",
                                 theory::formulaVocabulary()),
             .section = section}};
}

FunctionOption parseFunction(const Invocation& invocation, std::string_view verb, Error& problems)
{
    FunctionOption function;
    const std::string* activation = invocation.find("--activation");
    const std::string* formula = invocation.find("--formula");
    if (activation == nullptr && formula == nullptr) {
        problems.add(fmt::format("{} needs --activation or --formula", verb));
    } else if (activation != nullptr && formula != nullptr) {
        problems.add(fmt::format("{} takes --activation or --formula, not both", verb));
    } else if (formula != nullptr) {
        function.formula = *formula;
    } else {
        auto choice = parseChoice(activations::Activation::table(), activations::Activation::kind,
                                  *activation);
        if (choice) {
            function.activation = *std::move(choice);
        } else {
            problems.append(choice.error());
        }
    }
    return function;
}

} // namespace initlens::app
