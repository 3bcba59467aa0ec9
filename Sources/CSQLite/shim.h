#include <sqlite3.h>

// sqlite3_config takes a variable number of arguments, which Swift cannot call.

/// Stops SQLite counting the bytes it allocates: the count is kept behind a lock that every allocation takes, and nothing reads it. Only before the
/// first connection; later it changes nothing and returns SQLITE_MISUSE.
static inline int csqlite_count_no_memory(void) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }
