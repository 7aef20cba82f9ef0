#include "core/theory/jacobian_spectrum.h"

#include "core/theory/spectral_moments.h"
#include "core/theory/spectrum_curve.h"

#include <algorithm>
#include <cmath>

namespace initlens::theory {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
/// A bulk of less mass is nothing that a network of any width would show.
constexpr double leastBulk = 1e-9;

/// Atoms of lambda at sigma_w = 1, ascending. A free product has an atom where its factors have
/// atoms whose masses fall short of 1 by less than 1 in all (Bercovici and Voiculescu 1998).
std::vector<SpectrumCurve::Atom> survivingAtoms(const SlopeLaws& slopes, Ensemble ensemble)
{
    std::vector<SpectrumCurve::Atom> atoms;
    if (ensemble == Ensemble::Gaussian) {
        return atoms;
    }
    atoms.push_back({.logLambda = 0, .mass = 1});
    for (const SlopeLaws::Group& group : slopes.groups()) {
        const SlopeLaw& law = *group.law;
        const auto factors = static_cast<double>(group.count);
        const bool alone = !law.hasContinuousPart() && law.atoms().size() == 1;
        std::vector<SpectrumCurve::Atom> products;
        for (const SpectrumCurve::Atom& before : atoms) {
            for (const SlopeLaw::Atom& atom : law.atoms()) {
                const double others = alone ? law.zeroMass() : 1 - atom.mass;
                const double mass = before.mass - factors * others;
                if (mass > 0) {
                    products.push_back(
                        {.logLambda = before.logLambda + factors * std::log(atom.value),
                         .mass = mass});
                }
            }
        }
        atoms = std::move(products);
    }
    std::sort(atoms.begin(), atoms.end(),
              [](const auto& a, const auto& b) { return a.logLambda < b.logLambda; });
    return atoms;
}

std::string refusal(const JacobianLaw& law)
{
    const bool sound = std::all_of(law.layers.begin(), law.layers.end(), [](const auto& layers) {
        return layers.q > 0 && std::isfinite(layers.q) && layers.count >= 1;
    });
    if (!(sound && !law.layers.empty() && law.sigmaW2 > 0 && std::isfinite(law.sigmaW2))) {
        return "free probability needs a positive, finite variance of weights and "
               "pre-activations and at least one layer";
    }
    if (law.ensemble == Ensemble::Orthogonal && law.phi.outputsPerUnit > 1) {
        return "free probability knows no orthogonal weights behind units with two outputs";
    }
    return {};
}

} // namespace

JacobianPrediction::~JacobianPrediction() = default;
JacobianPrediction::JacobianPrediction(JacobianPrediction&&) noexcept = default;
JacobianPrediction& JacobianPrediction::operator=(JacobianPrediction&&) noexcept = default;

JacobianPrediction::JacobianPrediction(const JacobianLaw& law)
{
    m_spectrum.logMoments.fill(std::numeric_limits<double>::quiet_NaN());
    m_spectrum.logQuantiles.fill(std::numeric_limits<double>::quiet_NaN());
    m_spectrum.reason = refusal(law);
    if (!m_spectrum.reason.empty()) {
        return;
    }
    m_slopes = std::make_unique<SlopeLaws>(law.phi, law.layers);
    const auto factors = static_cast<double>(m_slopes->depth());
    m_logGain = factors * (std::log(law.sigmaW2) - std::log(law.phi.outputsPerUnit));
    m_spectrum.logMoments = logMoments(*m_slopes, law.ensemble);
    for (std::size_t i = 0; i < m_spectrum.logMoments.size(); ++i) {
        m_spectrum.logMoments[i] += static_cast<double>(i + 1) * m_logGain;
    }
    m_spectrum.zeroMass = m_slopes->zeroMass();
    m_spectrum.bulkMass = 1 - m_spectrum.zeroMass;
    const auto atoms = survivingAtoms(*m_slopes, law.ensemble);
    for (const auto& atom : atoms) {
        m_spectrum.atoms.push_back({.logS = (m_logGain + atom.logLambda) / 2, .mass = atom.mass});
        m_spectrum.logSMax = m_spectrum.atoms.back().logS;
        m_spectrum.bulkMass -= atom.mass;
    }
    if (m_spectrum.bulkMass < leastBulk) {
        m_spectrum.bulkMass = 0;
    } else {
        m_curve =
            std::make_unique<SpectrumCurve>(*m_slopes, law.ensemble, atoms, m_spectrum.bulkMass);
        if (!m_curve->sound()) {
            m_curve.reset();
            m_spectrum.reason = "the slopes of the layers differ too much for free "
                                "probability's equations to be followed";
            return;
        }
    }
    describe();
}

/// What follows from atoms and curve.
void JacobianPrediction::describe()
{
    const auto logS = [&](double logLambda) {
        return (m_logGain + logLambda) / 2;
    };
    if (m_curve) {
        m_spectrum.logBulkMin = logS(m_curve->logMin());
        m_spectrum.logBulkMax = logS(m_curve->logMax());
        m_spectrum.logSMax = std::max(m_spectrum.logSMax, m_spectrum.logBulkMax);
        const auto& points = m_curve->points();
        for (std::size_t i = 0; i < points.size(); ++i) {
            const bool besideBulk = (i > 0 && !points[i - 1].inGap()) ||
                                    (i + 1 < points.size() && !points[i + 1].inGap());
            const SpectrumPoint point = {.logS = logS(points[i].logLambda),
                                         .density = 2 * points[i].density,
                                         .massAbove = points[i].massAbove};
            // Next to a singular edge points may coincide to the last digit.
            const bool ascends =
                m_spectrum.curve.empty() || point.logS > m_spectrum.curve.back().logS;
            if (ascends && (!points[i].inGap() || besideBulk)) {
                m_spectrum.curve.push_back(point);
            }
        }
    }
    const double living = 1 - m_spectrum.zeroMass;
    for (std::size_t i = 0; i < spectrumLevels.size() && m_spectrum.logSMax > -infinity; ++i) {
        const double level = spectrumLevels[i];
        double& quantile = m_spectrum.logQuantiles[i];
        if (level == 1) {
            quantile = m_spectrum.logSMax;
        } else if (level == 0) {
            quantile = m_curve ? m_spectrum.logBulkMin : infinity;
            if (!m_spectrum.atoms.empty()) {
                quantile = std::min(quantile, m_spectrum.atoms.front().logS);
            }
        } else if (m_curve) {
            quantile = logS(m_curve->atMassAbove((1 - level) * living).logLambda);
            for (const SpectrumAtom& atom : m_spectrum.atoms) {
                // The curve passes an atom within rounding.
                quantile = std::abs(quantile - atom.logS) < 1e-10 ? atom.logS : quantile;
            }
        } else {
            double below = 0;
            for (const SpectrumAtom& atom : m_spectrum.atoms) {
                quantile = below <= level * living ? atom.logS : quantile;
                below += atom.mass;
            }
        }
        quantile = std::clamp(quantile, m_spectrum.logQuantiles[0], m_spectrum.logSMax);
    }
}

SpectrumPoint JacobianPrediction::at(double logS)
{
    SpectrumPoint result{.logS = logS};
    if (m_curve) {
        const auto point = m_curve->atLogLambda(2 * logS - m_logGain);
        result.density = 2 * point.density;
        result.massAbove = point.massAbove;
    } else {
        for (const SpectrumAtom& atom : m_spectrum.atoms) {
            result.massAbove += atom.logS > logS ? atom.mass : 0;
        }
    }
    return result;
}

double JacobianPrediction::density(double s)
{
    return s > 0 ? at(std::log(s)).density / s : 0;
}

JacobianSpectrum jacobianSpectrum(const JacobianLaw& law)
{
    return JacobianPrediction(law).spectrum();
}

} // namespace initlens::theory
