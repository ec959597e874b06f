/* Stands between a program and the disk: LD_PRELOAD=disk_shim.so.

   Between chaos_begin() and chaos_end() every call that changes something under a folder is an
   event. Each is numbered and written to a log with all its data, so that the disk as it was after
   any of them can be made again, and as it would be if what was not synced were lost. One of them
   can also be where the program is killed, or where the disk begins to fail. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { CREATE = 1, WRITE, TRUNCATE, SYNC, RENAME, UNLINK, LINK, MKDIR, RMDIR,
       NOTE, KILLED, FAILED, UNKNOWN };
enum { OFF, TRACE, KILL, FAIL_ONCE, FULL, READ_ONLY };

struct head {
    uint32_t kind, path, other, error;
    uint64_t file;
    int64_t at;
    uint64_t size;
};

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static char root[PATH_MAX];
static size_t root_length;
static int mode = OFF, failure, failing, log_fd = -1;
static long counted, target;

static void put(const void *data, size_t size)
{
    const char *rest = data;
    while (size) {
        ssize_t done = syscall(SYS_write, log_fd, rest, size);
        if (done <= 0)
            abort();
        rest += done;
        size -= done;
    }
}

static void record(int kind, const char *path, const char *other, uint64_t file, int64_t at,
                   const void *data, size_t size, int error)
{
    int before = errno;
    struct head head = { kind, strlen(path), strlen(other), error, file, at, size };
    put(&head, sizeof head);
    put(path, head.path);
    put(other, head.other);
    put(data, size);
    errno = before;
}

void chaos_begin(const char *folder, const char *log, int how, long at, int error)
{
    snprintf(root, sizeof root, "%s", folder);
    root_length = strlen(root);
    log_fd = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (log_fd < 0)
        abort();
    counted = 0;
    target = at;
    failure = error;
    failing = 0;
    mode = how;
}

void chaos_note(const char *said)
{
    pthread_mutex_lock(&turn);
    if (mode != OFF)
        record(NOTE, said, "", 0, 0, "", 0, 0);
    pthread_mutex_unlock(&turn);
}

void chaos_heal(void)
{
    pthread_mutex_lock(&turn);
    if (mode >= FAIL_ONCE)
        mode = TRACE;
    failing = 0;
    pthread_mutex_unlock(&turn);
}

long chaos_end(void)
{
    mode = OFF;
    close(log_fd);
    log_fd = -1;
    return counted;
}

/* Where things are */

static int within(const char *path)
{
    return strncmp(path, root, root_length) == 0;
}

static int of_descriptor(int fd, char *path)
{
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0)
        return 0;
    path[length] = 0;
    return path[0] == '/' && within(path);
}

static int of_name(int folder, const char *name, char *path)
{
    char base[PATH_MAX] = "";
    if (name[0] != '/') {
        char link[64] = "/proc/self/cwd";
        if (folder != AT_FDCWD)
            snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
        ssize_t length = readlink(link, base, sizeof base - 2);
        if (length < 0)
            return 0;
        base[length] = '/';
        base[length + 1] = 0;
    }
    if (strlen(base) + strlen(name) >= PATH_MAX)
        return 0;
    strcpy(path, base);
    strcat(path, name);
    return within(path);
}

static uint64_t number_of(int fd)
{
    struct stat status;
    return fstat(fd, &status) ? 0 : status.st_ino;
}

/* One event. Returns whether the disk refuses it; the caller holds the turn. */

static int grows(int kind)
{
    return kind == CREATE || kind == WRITE || kind == MKDIR || kind == LINK;
}

static int refused(int kind, const char *path)
{
    counted++;
    if (mode == KILL && counted == target) {
        record(KILLED, path, "", 0, kind, "", 0, 0);
        kill(getpid(), SIGKILL);
        pause();
    }
    if ((mode == FULL || mode == READ_ONLY) && counted >= target)
        failing = 1;
    int now = mode == FAIL_ONCE ? counted == target
            : mode == FULL ? failing && grows(kind)
            : mode == READ_ONLY && failing;
    if (now) {
        errno = failure;
        record(FAILED, path, "", 0, kind, "", 0, failure);
    }
    return now;
}

#define BEGIN(found) \
    if (mode == OFF) \
        goto untouched; \
    char path[PATH_MAX]; \
    pthread_mutex_lock(&turn); \
    if (!(found)) { \
        pthread_mutex_unlock(&turn); \
        goto untouched; \
    }
#define END(result) \
    do { \
        int kept = errno; \
        pthread_mutex_unlock(&turn); \
        errno = kept; \
        return result; \
    } while (0)

static void unknown(int fd, const char *what)
{
    char path[PATH_MAX];
    pthread_mutex_lock(&turn);
    if (mode != OFF && fd >= 0 && of_descriptor(fd, path))
        record(UNKNOWN, path, what, 0, 0, "", 0, 0);
    pthread_mutex_unlock(&turn);
}

/* Opening */

static int opened(int folder, const char *name, int flags, mode_t rights)
{
    BEGIN((flags & O_ACCMODE) != O_RDONLY && of_name(folder, name, path));
    struct stat status;
    int is_new = (flags & O_CREAT) && stat(path, &status);
    int empties = !is_new && (flags & O_TRUNC) && !stat(path, &status) && status.st_size;
    int fd = -1;
    if (is_new || empties) {
        if (refused(is_new ? CREATE : TRUNCATE, path))
            END(-1);
    } else if (mode == READ_ONLY && failing) {
        errno = failure;
        END(-1);
    }
    fd = syscall(SYS_openat, folder, name, flags, rights);
    if (fd >= 0 && is_new)
        record(CREATE, path, "", number_of(fd), 0, "", 0, 0);
    if (fd >= 0 && empties)
        record(TRUNCATE, path, "", number_of(fd), 0, "", 0, 0);
    END(fd);
untouched:
    return syscall(SYS_openat, folder, name, flags, rights);
}

#define RIGHTS \
    mode_t rights = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { \
        va_list rest; \
        va_start(rest, flags); \
        rights = va_arg(rest, mode_t); \
        va_end(rest); \
    }

int open(const char *name, int flags, ...) { RIGHTS return opened(AT_FDCWD, name, flags, rights); }
int open64(const char *name, int flags, ...) { RIGHTS return opened(AT_FDCWD, name, flags, rights); }
int openat(int folder, const char *name, int flags, ...) { RIGHTS return opened(folder, name, flags, rights); }
int openat64(int folder, const char *name, int flags, ...) { RIGHTS return opened(folder, name, flags, rights); }
int __open_2(const char *name, int flags) { return opened(AT_FDCWD, name, flags, 0); }
int __open64_2(const char *name, int flags) { return opened(AT_FDCWD, name, flags, 0); }
int creat(const char *name, mode_t rights) { return opened(AT_FDCWD, name, O_CREAT | O_WRONLY | O_TRUNC, rights); }
int creat64(const char *name, mode_t rights) { return creat(name, rights); }

/* Writing */

static ssize_t written(int fd, const void *data, size_t size, off_t at, int placed)
{
    BEGIN(of_descriptor(fd, path));
    int was_failing = failing;
    off_t place = placed ? at : lseek(fd, 0, SEEK_CUR);
    if (!placed && (fcntl(fd, F_GETFL) & O_APPEND))
        place = lseek(fd, 0, SEEK_END);
    if (refused(WRITE, path)) {
        /* A disk that fills up takes what there is room for. */
        if (mode != FULL || was_failing || size < 2)
            END(-1);
        size /= 2;
    }
    ssize_t done = placed ? syscall(SYS_pwrite64, fd, data, size, at)
                          : syscall(SYS_write, fd, data, size);
    if (done > 0)
        record(WRITE, path, "", number_of(fd), place, data, done, 0);
    END(done);
untouched:
    return placed ? syscall(SYS_pwrite64, fd, data, size, at) : syscall(SYS_write, fd, data, size);
}

ssize_t write(int fd, const void *data, size_t size) { return written(fd, data, size, 0, 0); }
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { return written(fd, data, size, at, 1); }
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) { return written(fd, data, size, at, 1); }

ssize_t sendfile(int out, int in, off_t *from, size_t size)
{
    char some[65536];
    if (size > sizeof some)
        size = sizeof some;
    ssize_t got = from ? pread(in, some, size, *from) : read(in, some, size);
    if (got <= 0)
        return got;
    ssize_t done = write(out, some, got);
    if (from && done > 0)
        *from += done;
    else if (!from && done < got)
        lseek(in, (done < 0 ? 0 : done) - got, SEEK_CUR);
    return done;
}
ssize_t sendfile64(int out, int in, off64_t *from, size_t size) { return sendfile(out, in, from, size); }

ssize_t writev(int fd, const struct iovec *parts, int count)
{
    unknown(fd, "writev");
    return syscall(SYS_writev, fd, parts, count);
}
ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t size, unsigned flags)
{
    errno = ENOSYS;
    return -1;
}
int posix_fallocate(int fd, off_t at, off_t size)
{
    unknown(fd, "posix_fallocate");
    return syscall(SYS_fallocate, fd, 0, at, size) ? errno : 0;
}
int posix_fallocate64(int fd, off64_t at, off64_t size) { return posix_fallocate(fd, at, size); }
int fallocate(int fd, int how, off_t at, off_t size)
{
    unknown(fd, "fallocate");
    return syscall(SYS_fallocate, fd, how, at, size);
}
int fallocate64(int fd, int how, off64_t at, off64_t size) { return fallocate(fd, how, at, size); }
void *mmap(void *where, size_t size, int rights, int flags, int fd, off_t at)
{
    if ((rights & PROT_WRITE) && (flags & MAP_SHARED))
        unknown(fd, "mmap");
    return (void *)syscall(SYS_mmap, where, size, rights, flags, fd, at);
}
void *mmap64(void *where, size_t size, int rights, int flags, int fd, off64_t at) { return mmap(where, size, rights, flags, fd, at); }

int ftruncate(int fd, off_t size)
{
    BEGIN(of_descriptor(fd, path));
    if (refused(TRUNCATE, path))
        END(-1);
    int result = syscall(SYS_ftruncate, fd, size);
    if (!result)
        record(TRUNCATE, path, "", number_of(fd), size, "", 0, 0);
    END(result);
untouched:
    return syscall(SYS_ftruncate, fd, size);
}
int ftruncate64(int fd, off64_t size) { return ftruncate(fd, size); }
int truncate(const char *name, off_t size)
{
    int fd = open(name, O_WRONLY);
    if (fd < 0)
        return -1;
    int result = ftruncate(fd, size);
    close(fd);
    return result;
}
int truncate64(const char *name, off64_t size) { return truncate(name, size); }

static int synced(int fd, long call)
{
    BEGIN(of_descriptor(fd, path));
    if (refused(SYNC, path))
        END(-1);
    int result = syscall(call, fd);
    if (!result)
        record(SYNC, path, "", number_of(fd), 0, "", 0, 0);
    END(result);
untouched:
    return syscall(call, fd);
}
int fsync(int fd) { return synced(fd, SYS_fsync); }
int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }

/* Names */

static int two_names(int kind, int from, const char *old, int to, const char *new, long flags)
{
    char other[PATH_MAX];
    BEGIN(of_name(from, old, path) | of_name(to, new, other));
    if (refused(kind, path))
        END(-1);
    int result = syscall(kind == RENAME ? SYS_renameat2 : SYS_linkat, from, old, to, new, flags);
    if (!result)
        record(kind, path, other, 0, 0, "", 0, 0);
    END(result);
untouched:
    return syscall(kind == RENAME ? SYS_renameat2 : SYS_linkat, from, old, to, new, flags);
}
int rename(const char *old, const char *new) { return two_names(RENAME, AT_FDCWD, old, AT_FDCWD, new, 0); }
int renameat(int from, const char *old, int to, const char *new) { return two_names(RENAME, from, old, to, new, 0); }
int renameat2(int from, const char *old, int to, const char *new, unsigned flags) { return two_names(RENAME, from, old, to, new, flags); }
int link(const char *old, const char *new) { return two_names(LINK, AT_FDCWD, old, AT_FDCWD, new, 0); }
int linkat(int from, const char *old, int to, const char *new, int flags) { return two_names(LINK, from, old, to, new, flags); }

static int one_name(int kind, int folder, const char *name, long argument)
{
    long call = kind == MKDIR ? SYS_mkdirat : SYS_unlinkat;
    struct stat status;
    BEGIN(of_name(folder, name, path) && (kind == MKDIR) == !!lstat(path, &status));
    if (refused(kind, path))
        END(-1);
    int result = syscall(call, folder, name, argument);
    if (!result)
        record(kind, path, "", 0, 0, "", 0, 0);
    END(result);
untouched:
    return syscall(call, folder, name, argument);
}
int unlink(const char *name) { return one_name(UNLINK, AT_FDCWD, name, 0); }
int unlinkat(int folder, const char *name, int flags) { return one_name(flags & AT_REMOVEDIR ? RMDIR : UNLINK, folder, name, flags); }
int rmdir(const char *name) { return one_name(RMDIR, AT_FDCWD, name, AT_REMOVEDIR); }
int mkdir(const char *name, mode_t rights) { return one_name(MKDIR, AT_FDCWD, name, rights); }
int mkdirat(int folder, const char *name, mode_t rights) { return one_name(MKDIR, folder, name, rights); }
