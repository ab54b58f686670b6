/* A disk that misbehaves as it is told, for the fault tests: preloaded into the receiver, it stands between SQLite and
 * the file system. It records every change of the database's files, the flushes, and what is sent to clients, in one
 * order (ALL_EARS_DISK_TRACE); fails or kills at a given call (ALL_EARS_DISK_FAIL, read again whenever the file that
 * ALL_EARS_DISK_ORDER names changes); shifts the clock (ALL_EARS_CLOCK_SHIFT_S); and slows flushes down
 * (ALL_EARS_FLUSH_US). Test equipment: nothing of it is part of the product. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define FILES_MAX 4096

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int trace_fd = -1;
static char order_path[512];
static char prefix[512];
static int64_t shift_s;
static long flush_us;
static unsigned char kind_of[FILES_MAX]; /* 0: not ours, 1: database, 2: its log */

static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_write)(int, const void *, size_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_ftruncate)(int, off_t);
static ssize_t (*real_send)(int, const void *, size_t, int);
static ssize_t (*real_writev)(int, const struct iovec *, int);
static int (*real_open)(const char *, int, ...);
static int (*real_close)(int);
static int (*real_clock)(clockid_t, struct timespec *);

__attribute__((constructor)) static void begin(void) {
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_write = dlsym(RTLD_NEXT, "write");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
    real_send = dlsym(RTLD_NEXT, "send");
    real_writev = dlsym(RTLD_NEXT, "writev");
    real_open = dlsym(RTLD_NEXT, "open64");
    real_close = dlsym(RTLD_NEXT, "close");
    real_clock = dlsym(RTLD_NEXT, "clock_gettime");
    const char *value = getenv("ALL_EARS_DISK_DB");
    if (value) snprintf(prefix, sizeof prefix, "%s", value);
    value = getenv("ALL_EARS_DISK_ORDER");
    if (value) snprintf(order_path, sizeof order_path, "%s", value);
    value = getenv("ALL_EARS_CLOCK_SHIFT_S");
    if (value) shift_s = atoll(value);
    value = getenv("ALL_EARS_FLUSH_US");
    if (value) flush_us = atol(value);
    value = getenv("ALL_EARS_DISK_TRACE");
    if (value) trace_fd = syscall(SYS_openat, AT_FDCWD, value, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
}

/* One record: what, file, place, length, bytes. */
static void record(char what, unsigned char kind, int64_t place, const void *bytes, uint32_t length) {
    if (trace_fd < 0) return;
    unsigned char head[16];
    head[0] = (unsigned char)what;
    head[1] = kind;
    head[2] = head[3] = 0;
    memcpy(head + 4, &place, 8);
    memcpy(head + 12, &length, 4);
    struct iovec parts[2] = {{head, sizeof head}, {(void *)bytes, length}};
    ssize_t done = syscall(SYS_writev, trace_fd, parts, bytes && length ? 2 : 1);
    if (done < 0) _exit(99);
}

/* What the order says about this call: 0 nothing, else an errno; -1 a short write. "fsync EIO 3" fails the third flush
 * from now and every one after it, "fsync EIO 3 once" no other; "kill 7" ends the process before its seventh call. */
static int ordered(const char *call) {
    static struct timespec seen;
    static ino_t file;
    static char what[32], how[32], times[32];
    static long left;
    struct stat about;
    if (!order_path[0] || stat(order_path, &about) != 0) return 0;
    /* Two orders of the same tick of the clock are two files: each is renamed into place. */
    if (about.st_ino != file || about.st_mtim.tv_sec != seen.tv_sec || about.st_mtim.tv_nsec != seen.tv_nsec) {
        char text[128] = {0};
        int fd = syscall(SYS_openat, AT_FDCWD, order_path, O_RDONLY | O_CLOEXEC);
        if (fd < 0) return 0;
        ssize_t count = read(fd, text, sizeof text - 1);
        real_close(fd);
        if (count <= 0) return 0;
        what[0] = how[0] = times[0] = 0;
        left = 1;
        sscanf(text, "%31s %31s %ld %31s", what, how, &left, times);
        seen = about.st_mtim;
        file = about.st_ino;
    }
    if (strcmp(what, "none") == 0 || !what[0]) return 0;
    if (strcmp(what, "kill") == 0) {
        if (--left <= 0) syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
        return 0;
    }
    if (strcmp(what, call) != 0) return 0;
    if (left > 1) {
        left--;
        return 0;
    }
    if (strcmp(times, "once") == 0) what[0] = 0;
    if (strcmp(how, "EIO") == 0) return EIO;
    if (strcmp(how, "ENOSPC") == 0) return ENOSPC;
    if (strcmp(how, "short") == 0) return -1;
    return 0;
}

static unsigned char kind(int fd) {
    return fd >= 0 && fd < FILES_MAX ? kind_of[fd] : 0;
}

static void opened(int fd, const char *path) {
    if (fd < 0 || fd >= FILES_MAX || !prefix[0]) return;
    size_t length = strlen(prefix);
    kind_of[fd] = 0;
    if (strncmp(path, prefix, length) != 0) return;
    if (path[length] == 0) kind_of[fd] = 1;
    else if (strcmp(path + length, "-wal") == 0) kind_of[fd] = 2;
}

static int opening(const char *path, int flags, mode_t mode) {
    int fd = real_open(path, flags, mode);
    pthread_mutex_lock(&lock);
    opened(fd, path);
    if (kind(fd) && (flags & O_TRUNC)) record('t', kind(fd), 0, NULL, 0);
    pthread_mutex_unlock(&lock);
    return fd;
}

int open(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = va_arg(more, int);
    va_end(more);
    return opening(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = va_arg(more, int);
    va_end(more);
    return opening(path, flags, mode);
}

int close(int fd) {
    if (fd >= 0 && fd < FILES_MAX) kind_of[fd] = 0;
    return real_close(fd);
}

static ssize_t writing(int fd, const void *bytes, size_t length, off_t place) {
    if (!kind(fd)) return real_pwrite(fd, bytes, length, place);
    pthread_mutex_lock(&lock);
    int fault = ordered("write");
    ssize_t done;
    if (fault > 0) {
        done = -1;
        record('f', kind(fd), 0, NULL, 0);
    } else {
        if (fault < 0) length = length > 1 ? length / 2 : length;
        done = real_pwrite(fd, bytes, length, place);
        fault = errno;
        if (done > 0) record('w', kind(fd), place, bytes, (uint32_t)done);
    }
    pthread_mutex_unlock(&lock);
    if (done < 0) errno = fault;
    return done;
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t place) {
    return writing(fd, bytes, length, place);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t place) {
    return writing(fd, bytes, length, place);
}

static int flushing(int fd, int (*real)(int)) {
    if (!kind(fd)) return real(fd);
    if (flush_us > 0) usleep((useconds_t)flush_us);
    pthread_mutex_lock(&lock);
    int fault = ordered("fsync");
    int done = fault > 0 ? -1 : real(fd);
    if (done == 0) record('s', kind(fd), 0, NULL, 0);
    if (fault > 0) record('f', kind(fd), 0, NULL, 0);
    pthread_mutex_unlock(&lock);
    if (fault > 0) errno = fault;
    return done;
}

int fsync(int fd) {
    return flushing(fd, real_fsync);
}

int fdatasync(int fd) {
    return flushing(fd, real_fdatasync);
}

static int shortening(int fd, off_t length) {
    if (!kind(fd)) return real_ftruncate(fd, length);
    pthread_mutex_lock(&lock);
    ordered("truncate");
    int done = real_ftruncate(fd, length);
    if (done == 0) record('t', kind(fd), length, NULL, 0);
    pthread_mutex_unlock(&lock);
    return done;
}

int ftruncate(int fd, off_t length) {
    return shortening(fd, length);
}

int ftruncate64(int fd, off_t length) {
    return shortening(fd, length);
}

/* What leaves for a client is noted before it leaves: from then on the promise holds. */
static void leaving(int fd, const void *bytes, size_t length) {
    if (trace_fd < 0 || kind(fd)) return;
    if (length < 12 || memcmp(bytes, "HTTP/1.1 20", 11) != 0) return;
    pthread_mutex_lock(&lock);
    record('a', 0, 0, bytes, (uint32_t)length);
    pthread_mutex_unlock(&lock);
}

ssize_t send(int fd, const void *bytes, size_t length, int flags) {
    leaving(fd, bytes, length);
    return real_send(fd, bytes, length, flags);
}

ssize_t write(int fd, const void *bytes, size_t length) {
    leaving(fd, bytes, length);
    return real_write(fd, bytes, length);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    if (trace_fd >= 0 && count > 0 && !kind(fd)) {
        static __thread char all[16384];
        size_t length = 0;
        for (int at = 0; at < count && length + parts[at].iov_len <= sizeof all; at++) {
            memcpy(all + length, parts[at].iov_base, parts[at].iov_len);
            length += parts[at].iov_len;
        }
        leaving(fd, all, length);
    }
    return real_writev(fd, parts, count);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    int done = real_clock ? real_clock(clock, now) : (int)syscall(SYS_clock_gettime, clock, now);
    if (done == 0 && clock == CLOCK_REALTIME) now->tv_sec += shift_s;
    return done;
}
