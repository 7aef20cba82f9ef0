#include "ui/window/status_line.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace initlens::ui {

namespace {

QString durationText(double seconds)
{
    if (seconds < 0.0995) {
        return StatusLine::tr("%1 ms").arg(seconds * 1000, 0, 'f', 0);
    }
    if (seconds < 60) {
        return StatusLine::tr("%1 s").arg(seconds, 0, 'f', seconds < 10 ? 1 : 0);
    }
    if (seconds < 3600) {
        return StatusLine::tr("%1 min").arg(seconds / 60, 0, 'f', 0);
    }
    return StatusLine::tr("%1 h").arg(seconds / 3600, 0, 'f', 1);
}

} // namespace

StatusLine::StatusLine(QWidget* parent)
    : QStatusBar(parent), m_text(new QLabel(this)), m_progress(new QProgressBar(this)),
      m_stop(new QPushButton(tr("Stop"), this)), m_facts(new QLabel(this))
{
    setObjectName(QStringLiteral("statusLine"));
    setSizeGripEnabled(false);
    m_text->setObjectName(QStringLiteral("activity"));
    m_text->setMinimumWidth(230);
    m_progress->setObjectName(QStringLiteral("progress"));
    m_progress->setAccessibleName(tr("Progress of the run"));
    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(180);
    m_stop->setObjectName(QStringLiteral("stop"));
    m_stop->setToolTip(tr("End the run with what it has (Esc)"));
    m_stop->setProperty("link", true);
    m_facts->setObjectName(QStringLiteral("facts"));

    auto* area = new QWidget(this);
    auto* layout = new QHBoxLayout(area);
    layout->setContentsMargins(14, 0, 14, 0);
    layout->setSpacing(10);
    layout->addWidget(m_text);
    layout->addWidget(m_progress);
    layout->addWidget(m_stop);
    layout->addStretch(1);
    layout->addWidget(m_facts);
    addWidget(area, 1);
    for (QWidget* widget : {static_cast<QWidget*>(m_progress), static_cast<QWidget*>(m_stop)}) {
        auto policy = widget->sizePolicy();
        policy.setRetainSizeWhenHidden(true);
        widget->setSizePolicy(policy);
    }
    connect(m_stop, &QPushButton::clicked, this, &StatusLine::stopRequested);
    setActivity({});
}

void StatusLine::setActivity(const Activity& activity)
{
    QString text = activity.text.isEmpty() ? tr("Ready") : activity.text;
    if (activity.running && activity.secondsLeft >= 0.1) {
        text = tr("%1, %2 left").arg(text, durationText(activity.secondsLeft));
    }
    m_text->setText(text);
    m_progress->setValue(qRound(activity.progress * m_progress->maximum()));
    m_progress->setVisible(activity.running);
    m_stop->setVisible(activity.running);
}

void StatusLine::setFinished(const experiment::RunRecord& record, const experiment::Plan& plan)
{
    const int count = record.timing.threads;
    const QString threads = count == 1 ? tr("1 thread") : tr("%1 threads").arg(count);
    const QString outcome =
        record.outcome == experiment::Outcome::Cancelled
            ? tr("stopped after %1").arg(durationText(record.timing.totalSeconds))
            : durationText(record.timing.totalSeconds);
    m_facts->setText(QStringList{threads, outcome,
                                 QString::fromStdString(experiment::bytesText(plan.totalBytes)),
                                 tr("seed %1").arg(record.spec.seed)}
                         .join(QStringLiteral(" · ")));
}

} // namespace initlens::ui
