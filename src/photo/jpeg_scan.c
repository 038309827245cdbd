/*
 * The marker segments of a JPEG (annex B), and its scans: which blocks they bring, and what becomes of those.
 *
 * The steps are those of decoding in E.2: the image's frame (jpeg_read_scans), its scans (next_scan), of a scan the restart
 * intervals (jpeg_restart.c), of an interval the MCUs (jpeg_mcu.c), of an MCU the blocks (jpeg_block.c,
 * jpeg_refine.c). Sequential blocks become pixels at once; those of a progressive frame when the last scan is read.
 */
#include "jpeg_parts.h"

enum {
    /* Of a file. Common encoders write about ten progressive ones; the standard sets no limit, and files with thousands are
     * made to keep decoders busy. */
    MOST_SCANS = 100
};

/* ---- scans ---- */

/*
 * Whether a scan brings nothing that this size needs: AC coefficients where only DC is kept. Where AC coefficients are
 * kept, all scans are needed: a refinement can be decoded only with all that came before it (G.1.2.3).
 */
static int scan_is_idle(const jpeg *j) {
    return j->frame.progressive && j->scan.ss > 0 && j->planes[j->scan.order[0]].kept == 1;
}

/*
 * Check a scan's header (B.2.3) against what has come before it. A band of AC coefficients is of one component, and
 * DC coefficients stand in no band with others (G.1.1.1.1); a component's first scan is one of its DC coefficients; no
 * quantisation step is 0 (B.2.4.1), which is what a table has that was not defined.
 */
static int check_scan(jpeg *j) {
    const jpeg_scan *scan = &j->scan;
    int progressive = j->frame.progressive, begins = scan->ss == 0 && scan->ah == 0;
    if (progressive && ((scan->ss > 0 && scan->count != 1) || (scan->ss == 0 && scan->se > 0)))
        return jpeg_damaged(j, "bad scan");
    jpeg_default_tables(j->stb);
    for (int k = 0; k < scan->count; k++) {
        int n = scan->order[k], needs_dc = begins, needs_ac = !progressive || scan->ss > 0;
        const jpeg_component *c = &j->frame.component[n];
        if ((needs_dc && !jpeg_stb_has_huffman(j->stb, JPEG_DC, c->td)) ||
            (needs_ac && !jpeg_stb_has_huffman(j->stb, JPEG_AC, c->ta)))
            return jpeg_damaged(j, "a Huffman table is missing");
        if (c->steps[0] == 0) return jpeg_damaged(j, "a quantisation table is missing");
        if (begins) j->planes[n].begun = 1;
        if (!j->planes[n].begun) return jpeg_damaged(j, "scans out of order");
    }
    return 1;
}

/* Of the coefficients of the scan's band Ss to Se, all bits down to Al have come. */
static void note_sent(jpeg *j) {
    const jpeg_scan *scan = &j->scan;
    for (int k = 0; k < scan->count; k++)
        for (int i = scan->ss; i <= scan->se; i++) j->planes[scan->order[k]].unsent[i] = (uint8_t)scan->al;
}

/* A scan, from behind its SOS marker to the end of its entropy-coded data (E.2.3); 0 where its header is wrong. */
static int next_scan(jpeg *j) {
    if (!jpeg_stb_read_scan_header(j->stb, &j->file, &j->frame, &j->scan) || !check_scan(j)) return 0;
    note_sent(j);
    if (scan_is_idle(j)) return 1; /* next_marker passes over its data */
    jpeg_begin_data(j);
    jpeg_read_intervals(j);
    jpeg_end_data(j);
    return 1;
}

/* ---- the file ---- */

/* Whether each component has had its first scan. */
static int has_begun(const jpeg *j) {
    for (int n = 0; n < j->frame.count; n++)
        if (!j->planes[n].begun) return 0;
    return 1;
}

/* The most bits that are still to come of any coefficient that is needed. */
static int most_unsent(const jpeg *j) {
    int unsent = 0;
    for (int n = 0; n < j->frame.count; n++)
        for (int k = 0; k <= j->planes[n].last; k++)
            if (j->planes[n].unsent[k] > unsent) unsent = j->planes[n].unsent[k];
    return unsent;
}

/* The code of the next marker that begins a segment or ends the picture, past all else; 0 at the end of the file. Restart
 * markers belong to the data of a scan. */
static int next_marker(jpeg_file *file) {
    while (file->at < file->end) {
        const uint8_t *marker = jpeg_find_marker(file->at, file->end);
        if (marker == NULL) return 0;
        file->at = marker + 2;
        if (marker[1] >= JPEG_SOF0 && jpeg_restart_number(marker) < 0) return marker[1];
    }
    return 0;
}

/* A segment, from behind its marker; 0 where it is wrong. DNL (B.2.5) says the height once more, after the first scan;
 * next_marker passes over it. */
static int read_segment(jpeg *j, int marker) {
    int interval = j->frame.restart_interval;
    if (marker == JPEG_DNL) return 1;
    if (marker == JPEG_SOS) return next_scan(j);
    if (!jpeg_stb_read_segment(j->stb, &j->file, marker, &j->frame)) return 0;
    if (j->frame.restart_interval != interval && has_begun(j)) j->skips_intervals = 0;
    return 1;
}

/*
 * All that follows the frame header, as far as it is needed. A file may end before its EOI marker, or have other data
 * there: once each component has had its first scan, what cannot be read ends the picture. It is coarse then; not so
 * where EOI says that no more bits were meant to come.
 */
static int read_to_end(jpeg *j) {
    int scans = 0;
    while (most_unsent(j) > 0 && !cancel_seen(j->cancel)) {
        int marker = next_marker(&j->file), ends = marker == 0 || marker == JPEG_EOI;
        if (marker == JPEG_SOS && scans++ == MOST_SCANS) return jpeg_damaged(j, "too many scans");
        if (!ends && read_segment(j, marker)) continue;
        if (ends) j->reason = marker == 0 ? "the file ends early" : "a colour is missing";
        if (!has_begun(j)) return 0;
        if (ends && marker != 0 && most_unsent(j) < JPEG_UNSENT) return 1;
        for (size_t i = 0; i < (size_t)(j->right - j->left) * (j->bottom - j->top); i++)
            if (j->state[i] == JPEG_WHOLE) j->state[i] = JPEG_COARSE;
        return 1;
    }
    return 1;
}

int jpeg_read_scans(jpeg *j) {
    if (!read_to_end(j)) return 0;
    for (int n = 0; n < j->frame.count && j->frame.progressive; n++)
        jpeg_finish_plane(j, &j->planes[n], j->frame.component[n].steps);
    return 1;
}

const char *jpeg_reason(const jpeg *j) {
    if (j->reason != NULL) return j->reason;
    const char *reason = jpeg_stb_reason();
    return reason != NULL ? reason : "bad segment";
}
