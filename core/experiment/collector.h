#pragma once

#include "core/diagnostics/diagnostic.h"
#include "core/experiment/event_log.h"
#include "core/experiment/run.h"
#include "core/spectrum/layer_spectrum.h"

#include <chrono>
#include <map>
#include <mutex>
#include <vector>

namespace initlens::experiment {

/// Folds what the trials measure into readings and sends those on as they grow. Any thread may add;
/// a reading is sent at most every few milliseconds, and less often when building it takes long.
class Collector {
public:
    Collector(const RunSpec& spec, const Sink& sink);

    void addPrediction(PredictionPointer prediction);
    void addForward(std::size_t trial, const propagation::LayerStatistics& statistics);
    void addBackward(std::size_t trial, const propagation::LayerStatistics& statistics);
    void addHistogram(diagnostics::Histogram histogram);
    /// What the diagnostics that need it make of gradients along a path, and of spatial modes.
    /// Trials come in order.
    void addPath(std::size_t trial, const diagnostics::PathGradients& gradients);
    void addModes(std::size_t trial, const diagnostics::SpatialModes& modes);
    /// `replica` counts the Jacobians: the samples of the first trial, those of the second, ...
    void addSpectrum(std::size_t replica, Index layer, spectrum::LayerSpectrumPointer spectrum);

    /// Sends what has not been sent yet. Called at the end of a stage.
    void flush();
    /// Every reading, in the order of the diagnostics' table.
    [[nodiscard]] std::vector<diagnostics::ReadingPointer> readings();
    [[nodiscard]] std::vector<std::string> events() const;

private:
    using Clock = std::chrono::steady_clock;

    /// The profile of one diagnostic: a value per trial and layer, where it was measured.
    struct ProfileData {
        const diagnostics::Diagnostic* diagnostic = nullptr;
        std::vector<std::vector<double>> values; ///< per trial, layer - 1
    };
    /// The profiles that one pass measures, with the layers of each trial that it has reached.
    struct Stage {
        std::vector<ProfileData> profiles;
        bool upwards = true;             ///< from layer 1 on, or from L down
        std::vector<std::size_t> counts; ///< per trial: layers measured
        bool changed = false;
        Clock::time_point sent;
        Clock::duration pause{};
    };

    /// What one Jacobian has at a layer, and what the profiles make of it.
    struct Measured {
        spectrum::LayerSpectrumPointer spectrum;
        std::map<const diagnostics::Diagnostic*, spectrum::Estimate> profiles;
    };
    /// The Jacobians of a layer, and what was last made of them together.
    struct LayerReplicas {
        std::map<std::size_t, Measured> measured; ///< by replica: the order does not matter
        diagnostics::PooledSpectrumPointer pooled;
        std::size_t pooledCount = 0;
    };

    /// The curves of a diagnostic, trial by trial.
    struct CurveData {
        diagnostics::Curve first;
        std::vector<std::vector<double>> values; ///< per trial; the first's where no more is asked
    };
    struct FieldData {
        diagnostics::Field sum;
        std::size_t trials = 0;
    };
    void addCurve(const diagnostics::Diagnostic& row, std::size_t trial, diagnostics::Curve curve);
    void addField(const diagnostics::Diagnostic& row, std::size_t trial, diagnostics::Field field);
    void sendWholeWhenDue();
    void sendWhole();
    [[nodiscard]] diagnostics::ReadingPointer curveReading(const CurveData& data) const;
    [[nodiscard]] static diagnostics::ReadingPointer fieldReading(const FieldData& data);

    void add(Stage& stage, std::size_t trial, const propagation::LayerStatistics& statistics);
    void sendWhenDue(Stage& stage);
    void send(Stage& stage);
    void sendSpectra();
    [[nodiscard]] diagnostics::ReadingPointer profileOf(const Stage& stage,
                                                        const ProfileData& data) const;
    /// The singular values, or a profile that is measured from them.
    [[nodiscard]] diagnostics::ReadingPointer
    spectrumReading(const diagnostics::Diagnostic& diagnostic) const;
    /// Brings what is pooled up to date.
    void pool();

    const RunSpec& m_spec;
    const Sink& m_sink;
    mutable std::mutex m_mutex;
    EventLog m_events;
    Stage m_forward;
    Stage m_backward;
    std::map<std::int32_t, LayerReplicas> m_spectra;
    bool m_spectraChanged = false;
    Clock::time_point m_spectraSent;
    Clock::duration m_spectraPause{};
    std::map<std::string, diagnostics::ReadingPointer, std::less<>> m_histograms;
    std::map<const diagnostics::Diagnostic*, CurveData> m_curves;
    std::map<const diagnostics::Diagnostic*, FieldData> m_fields;
    bool m_wholeChanged = false;
    Clock::time_point m_wholeSent;
    Clock::duration m_wholePause{};
};

} // namespace initlens::experiment
