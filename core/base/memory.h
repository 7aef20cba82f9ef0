#pragma once

namespace initlens {

/// Bytes that this process may still allocate without harm to others: the machine's available
/// memory, or what is left of the limit of its container or of its address space where that is
/// less, with a fifth in reserve. Infinite where nothing can be found out.
double availableMemory();

} // namespace initlens
