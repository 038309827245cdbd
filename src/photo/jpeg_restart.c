/*
 * Restart intervals (DRI, B.2.4.4; RSTm, E.2.4): a damaged one ends where the next begins, which is told by the number in its
 * marker.
 *
 * What may be met, and what is done about it:
 *  - other bytes before a marker: passed over;
 *  - a marker that is missing: what follows is taken for the next interval, if that ends where a marker is;
 *  - a marker where none is due: passed over if the one that is due comes after it;
 *  - data that is wrong or lost: the rest of its interval is lost, and those whose markers did not come.
 * Without restart markers all that follows is lost.
 */
#include "jpeg_parts.h"

/* ---- places in the data ---- */

static void begin_at(jpeg_bits *b, const uint8_t *at) {
    *b = (jpeg_bits){.at = at, .end = b->end, .due = b->due};
}

/* The first byte from `start` on none of whose bits have been used. */
static const uint8_t *first_unused(const jpeg_bits *b, const uint8_t *start) {
    const uint8_t *at = b->at;
    for (int bytes = (b->count - b->invented) / 8; bytes > 0 && at > start; bytes--)
        at -= at - start >= 2 && at[-1] == 0x00 && at[-2] == 0xFF ? 2 : 1;
    return at;
}

void jpeg_begin_data(jpeg *j) {
    const uint8_t *at = j->file.at, *end = j->file.end;
    j->bits = (jpeg_bits){.at = at, .end = end, .due = -1};
    j->restarts = (jpeg_restarts){.at = at, .end = end};
    jpeg_make_codes(j);
}

void jpeg_end_data(jpeg *j) {
    j->file.at = j->bits.at;
}

/* ---- intervals ---- */

/* One of them: MCUs first to below last, in the order of the data. */
typedef struct interval {
    uint64_t index, first, last;
    int sure; /* it began behind its marker */
} interval;

static void lose(jpeg *j, const jpeg_extent *e, uint64_t first, uint64_t last) {
    uint64_t bottom = (uint64_t)e->bottom * e->across;
    if (first < (uint64_t)e->top * e->across) first = (uint64_t)e->top * e->across;
    for (uint64_t mcu = first; mcu < last && mcu < bottom; mcu++)
        jpeg_lose_mcu(j, (uint32_t)(mcu % e->across), (uint32_t)(mcu / e->across));
}

/* Whether nothing of an interval is needed. */
static int is_outside(const jpeg_extent *e, const interval *i) {
    uint64_t first_row = i->first / e->across, last_row = (i->last - 1) / e->across;
    if (last_row < e->top) return 1;
    if (first_row != last_row) return 0;
    return (i->last - 1) % e->across < e->left || i->first % e->across >= e->right;
}

/* Pass over an interval whose end can be seen. 0 where it cannot. */
static int skip_interval(jpeg *j) {
    jpeg_look_ahead(&j->restarts, j->bits.at);
    if (j->bits.due < 0 || j->restarts.count == 0) return 0;
    if (jpeg_restart_number(j->restarts.found[0]) != j->bits.due) return 0;
    begin_at(&j->bits, j->restarts.found[0] + 2);
    return 1;
}

/* Decode MCUs first to below last, PRED and EOBRUN 0 at first (E.2.4); the first one that could not be read, or last. */
static uint64_t read_run(jpeg *j, const jpeg_extent *e, uint64_t first, uint64_t last) {
    for (int n = 0; n < j->frame.count; n++) j->planes[n].dc = 0;
    j->eob_run = 0;
    uint32_t x = (uint32_t)(first % e->across), y = (uint32_t)(first / e->across);
    for (uint64_t mcu = first; mcu < last;) {
        if (!jpeg_read_mcu(j, x, y)) return mcu;
        mcu++, x++;
        if (j->eob_run > 0 && x < e->across) {
            uint32_t passed = jpeg_pass_eob_run(j, x, y, last - mcu);
            mcu += passed, x += passed;
        }
        if (x < e->across) continue;
        x = 0, y++;
        if (cancel_seen(j->cancel)) return mcu;
    }
    return last;
}

/* Whether an interval may be read once more without the marker that has ended it: there is one more of its number. A
 * scan that refines cannot be read twice. */
static int ended_by_a_double(jpeg *j) {
    const jpeg_bits *b = &j->bits;
    if (j->scan.ah > 0 || b->due < 0 || !b->ended || b->stray != NULL || b->end - b->at < 2) return 0;
    if (jpeg_restart_number(b->at) != b->due) return 0;
    jpeg_look_ahead(&j->restarts, b->at);
    return j->restarts.count > 1 && jpeg_restart_number(j->restarts.found[1]) == b->due;
}

/*
 * After an interval of which all has been read, or not: begin the next of which there is something, at or behind
 * `from`. Its index; that of an interval behind all where there is none.
 */
static uint64_t resume(jpeg *j, uint64_t index, const uint8_t *from, int all_read, int *sure) {
    jpeg_restarts *r = &j->restarts;
    int due = j->bits.due;
    jpeg_look_ahead(r, from);
    int here = jpeg_find_number(r, 0, due);
    *sure = here >= 0 || !all_read;
    if (here >= 0) {
        begin_at(&j->bits, r->found[here] + 2);
        return index + 1;
    }
    if (all_read) {
        begin_at(&j->bits, from);
        return index + 1;
    }
    for (int i = 0; i < r->count; i++) {
        uint64_t lost = (uint64_t)(jpeg_restart_number(r->found[i]) - due + JPEG_RESTARTS) % JPEG_RESTARTS;
        if (lost > JPEG_RESTARTS / 2) continue; /* rather one from before */
        begin_at(&j->bits, r->found[i] + 2);
        return index + 1 + lost;
    }
    return UINT64_MAX;
}

/* Read an interval and go to the next one; its index, or UINT64_MAX. */
static uint64_t read_interval(jpeg *j, const jpeg_extent *e, interval *i) {
    uint64_t needed = (uint64_t)e->bottom * e->across, last = i->last < needed ? i->last : needed;
    const uint8_t *start = j->bits.at;
    uint64_t read = read_run(j, e, i->first, last);
    if (cancel_seen(j->cancel)) return UINT64_MAX;
    if (read < last && ended_by_a_double(j)) {
        const uint8_t *stray = j->bits.at;
        begin_at(&j->bits, start);
        j->bits.stray = stray;
        read = read_run(j, e, i->first, last);
    }
    const uint8_t *from = read < last ? j->bits.at : first_unused(&j->bits, start);
    jpeg_look_ahead(&j->restarts, from);
    const uint8_t *next = j->restarts.count > 0 ? j->restarts.found[0] : j->restarts.stop;
    int misplaced = !i->sure && i->last == last && (read < last || from != next);
    lose(j, e, misplaced ? i->first : read, last);
    if (last == needed) return UINT64_MAX;
    return resume(j, i->index, from, read == last && !misplaced, &i->sure);
}

void jpeg_read_intervals(jpeg *j) {
    jpeg_extent e = jpeg_scan_extent(j);
    uint64_t all = (uint64_t)e.rows * e.across, needed = (uint64_t)e.bottom * e.across;
    uint64_t size = j->frame.restart_interval > 0 ? (uint64_t)j->frame.restart_interval : all;
    interval i = {.sure = 1};
    while (i.first < needed && !cancel_seen(j->cancel)) {
        i.last = i.first + size < all ? i.first + size : all;
        j->bits.due = i.last < all ? (int)(i.index % JPEG_RESTARTS) : -1;
        uint64_t next = i.index + 1;
        if (!j->skips_intervals || !i.sure || !is_outside(&e, &i) || !skip_interval(j)) next = read_interval(j, &e, &i);
        if (next > all / size) next = all / size + 1;
        lose(j, &e, i.last, next * size);
        i.index = next;
        i.first = next * size;
    }
}
