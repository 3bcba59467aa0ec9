#include "powercut.h"

#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    sqlite3_file base;
    int number;  // 0 the database, 1 its log, -1 what is not recorded
    sqlite3_file *real;
} RecordedFile;

static sqlite3_vfs layer;
static sqlite3_vfs *original;
static int journal = -1;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void all(const void *bytes, size_t length) {
    const char *rest = bytes;
    while (length > 0) {
        ssize_t done = write(journal, rest, length);
        if (done <= 0) _exit(99);  // A journal with a hole would prove nothing.
        rest += done;
        length -= (size_t)done;
    }
}

static void record(char operation, int number, sqlite3_int64 place, const void *bytes, int length) {
    if (number < 0) return;
    char head[14];
    head[0] = operation;
    head[1] = (char)number;
    memcpy(head + 2, &place, 8);
    memcpy(head + 10, &length, 4);
    all(head, sizeof head);
    if (length > 0) all(bytes, (size_t)length);
}

#define REAL(file) (((RecordedFile *)(file))->real)
#define NUMBER(file) (((RecordedFile *)(file))->number)

static int pc_close(sqlite3_file *f) { return REAL(f)->pMethods->xClose(REAL(f)); }
static int pc_read(sqlite3_file *f, void *b, int n, sqlite3_int64 o) { return REAL(f)->pMethods->xRead(REAL(f), b, n, o); }

static int pc_write(sqlite3_file *f, const void *b, int n, sqlite3_int64 o) {
    pthread_mutex_lock(&lock);
    int code = REAL(f)->pMethods->xWrite(REAL(f), b, n, o);
    if (code == SQLITE_OK) record('w', NUMBER(f), o, b, n);
    pthread_mutex_unlock(&lock);
    return code;
}

static int pc_truncate(sqlite3_file *f, sqlite3_int64 size) {
    pthread_mutex_lock(&lock);
    int code = REAL(f)->pMethods->xTruncate(REAL(f), size);
    if (code == SQLITE_OK) record('t', NUMBER(f), size, NULL, 0);
    pthread_mutex_unlock(&lock);
    return code;
}

// The disk itself is not waited for: what counts is what SQLite asked to be safe, and when.
static int pc_sync(sqlite3_file *f, int flags) {
    (void)flags;
    pthread_mutex_lock(&lock);
    record('s', NUMBER(f), 0, NULL, 0);
    pthread_mutex_unlock(&lock);
    return SQLITE_OK;
}

static int pc_size(sqlite3_file *f, sqlite3_int64 *s) { return REAL(f)->pMethods->xFileSize(REAL(f), s); }
static int pc_lock(sqlite3_file *f, int l) { return REAL(f)->pMethods->xLock(REAL(f), l); }
static int pc_unlock(sqlite3_file *f, int l) { return REAL(f)->pMethods->xUnlock(REAL(f), l); }
static int pc_reserved(sqlite3_file *f, int *r) { return REAL(f)->pMethods->xCheckReservedLock(REAL(f), r); }
static int pc_control(sqlite3_file *f, int op, void *a) { return REAL(f)->pMethods->xFileControl(REAL(f), op, a); }
static int pc_sector(sqlite3_file *f) { return REAL(f)->pMethods->xSectorSize(REAL(f)); }
static int pc_traits(sqlite3_file *f) { return REAL(f)->pMethods->xDeviceCharacteristics(REAL(f)); }
static int pc_shm_map(sqlite3_file *f, int r, int s, int e, void volatile **p) { return REAL(f)->pMethods->xShmMap(REAL(f), r, s, e, p); }
static int pc_shm_lock(sqlite3_file *f, int o, int n, int flags) { return REAL(f)->pMethods->xShmLock(REAL(f), o, n, flags); }
static void pc_shm_barrier(sqlite3_file *f) { REAL(f)->pMethods->xShmBarrier(REAL(f)); }
static int pc_shm_unmap(sqlite3_file *f, int d) { return REAL(f)->pMethods->xShmUnmap(REAL(f), d); }

// Version 2: memory maps, which would pass by this layer, are not offered.
static const sqlite3_io_methods methods = {
    2, pc_close, pc_read, pc_write, pc_truncate, pc_sync, pc_size, pc_lock, pc_unlock, pc_reserved, pc_control, pc_sector, pc_traits,
    pc_shm_map, pc_shm_lock, pc_shm_barrier, pc_shm_unmap, NULL, NULL,
};

static int pc_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out) {
    (void)vfs;
    RecordedFile *file = (RecordedFile *)f;
    file->real = (sqlite3_file *)&file[1];
    file->number = flags & SQLITE_OPEN_MAIN_DB ? 0 : flags & SQLITE_OPEN_WAL ? 1 : -1;
    int code = original->xOpen(original, name, file->real, flags, out);
    file->base.pMethods = file->real->pMethods ? &methods : NULL;
    return code;
}

static int pc_delete(sqlite3_vfs *vfs, const char *name, int sync) {
    (void)vfs;
    size_t length = strlen(name);
    pthread_mutex_lock(&lock);
    int code = original->xDelete(original, name, sync);
    if (code == SQLITE_OK && length > 4 && strcmp(name + length - 4, "-wal") == 0) record('t', 1, 0, NULL, 0);
    pthread_mutex_unlock(&lock);
    return code;
}

int powercut_install(const char *path) {
    journal = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (journal < 0) return SQLITE_CANTOPEN;
    original = sqlite3_vfs_find(NULL);
    if (!original) return SQLITE_ERROR;
    layer = *original;
    layer.zName = "powercut";
    layer.szOsFile = (int)sizeof(RecordedFile) + original->szOsFile;
    layer.xOpen = pc_open;
    layer.xDelete = pc_delete;
    return sqlite3_vfs_register(&layer, 1);
}

void powercut_mark(const void *bytes, int length) {
    pthread_mutex_lock(&lock);
    record('m', 0, 0, bytes, length);
    pthread_mutex_unlock(&lock);
}
