#pragma once

#include <QString>
#include <QWidget>

#include <functional>
#include <utility>
#include <vector>

namespace initlens::ui {

/// Dialogs that block nothing: each opens beside the work and calls back with a file's path.
using TakePath = std::function<void(const QString& path)>;
void chooseFileToOpen(QWidget* parent, TakePath take);
void chooseSessionToSave(QWidget* parent, TakePath take);
void chooseResultToSave(QWidget* parent, TakePath take);
void chooseExportFile(QWidget* parent, const QString& chart, const QString& fileName,
                      TakePath take);

void showShortcuts(QWidget* parent, const std::vector<std::pair<QString, QString>>& table);
void showAbout(QWidget* parent);

} // namespace initlens::ui
