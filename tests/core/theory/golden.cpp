#include "tests/core/theory/golden.h"

#include <fstream>
#include <stdexcept>

namespace initlens::theory::testing {

const nlohmann::json& golden()
{
    static const nlohmann::json values = [] {
        std::ifstream file(INITLENS_GOLDEN_THEORY);
        return nlohmann::json::parse(file);
    }();
    return values;
}

ActivationFunction functionNamed(std::string_view text)
{
    const auto choice =
        parseChoice(activations::Activation::table(), activations::Activation::kind, text);
    if (!choice) {
        throw std::invalid_argument(choice.error().message());
    }
    return functionOf(*choice);
}

ActivationFunction goldenActivation(const std::string& name)
{
    const std::string leaky = "leaky_relu_";
    return functionNamed(name.starts_with(leaky) ? "leaky_relu:slope=" + name.substr(leaky.size())
                                                 : name);
}

} // namespace initlens::theory::testing
