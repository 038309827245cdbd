/* table.c - a photo's answer for a person: first the verdict and what speaks against it, then the classes. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "classify.h"
#include "style.h"

/* A line in a style: its start, and its end with the line break. */
static void begin(cli_style style) {
    printf("%s  ", cli_style_on(style));
}

static void end(void) {
    printf("%s\n", cli_style_on(STYLE_PLAIN));
}

/* Print text and fill up to width characters. */
static void print_column(const char *text, int width) {
    int printed = cli_print_text(stdout, text);
    printf("%*s", printed < width ? width - printed : 0, "");
}

static void print_class(const run *r, uint32_t class) {
    static const char bar[] = "########################################";
    const lt_label *label = &lt_get_model(r->engine)->labels[class];
    float share = r->result->probabilities[class];
    printf("  ");
    print_column(label->id, 8);
    print_column(label->name, 40);
    printf(" %.3f", (double)share);
    if (r->settings->logits) printf(" %12.6f", (double)r->result->logits[class]);
    printf("  %.*s\n", (int)(share * 40.0f + 0.5f), bar);
}

/* Of what kind the picture is, where the model tells kinds. */
static void print_kind(const run *r) {
    const lt_kind *kind = &lt_get_model(r->engine)->kinds[r->result->kind];
    if (*kind->id == '\0') return;
    printf("  kind: ");
    cli_print_text(stdout, r->result->not_a_lesion ? LT_NEITHER : kind->id);
    printf(" (");
    if (r->result->not_a_lesion) printf("what follows is by the numbers for: ");
    cli_print_text(stdout, kind->name);
    printf(")\n");
}

/* What may be wrong: with the photo, or with taking it for a lesion at all. */
static void print_warnings(const run *r) {
    const lt_result *result = r->result;
    if (result->not_a_lesion) {
        begin(STYLE_WARNING);
        printf("does not look like a picture of a lesion as the model knows them");
        end();
    }
    for (int i = 0; i < LT_FAULT_COUNT; i++) {
        if (!(result->quality->faults & 1u << i)) continue;
        begin(STYLE_WARNING);
        printf("photo: %s", lt_fault_name((lt_fault)i));
        end();
    }
    if (result->missing > 0) {
        begin(STYLE_WARNING);
        printf("%.1f %% of the square is missing", 100.0 * (double)result->missing);
        end();
    }
    if (result->colour == LT_COLOUR_UNREAD) {
        begin(STYLE_WARNING);
        printf("its colours are taken for sRGB (");
        cli_print_text(stdout, result->profile);
        printf(")");
        end();
    }
}

/* The likeliest class, or that none is likely enough, and the set. */
static void print_verdict(const run *r) {
    const lt_result *result = r->result;
    const lt_model *model = lt_get_model(r->engine);
    const lt_label *label = &model->labels[result->order[0]];
    begin(STYLE_STRONG);
    if (result->abstain)
        printf("no clear match: no class is likely enough");
    else
        cli_print_text(stdout, label->name);
    end();
    if (result->set_count == 0) return;
    printf("  one of these, with a coverage of %g %%:", 100.0 * (double)model->kinds[result->kind].set_coverage);
    for (uint32_t i = 0; i < result->set_count; i++) {
        printf(" ");
        cli_print_text(stdout, model->labels[result->set[i]].id);
    }
    printf("\n");
}

/*
 * The malignant classes together, and on which side of the model's own threshold, which comes first, that lies. It holds
 * for the data's prior, and for pictures of a kind that the model knows.
 */
static void print_sum(const run *r) {
    const lt_result *result = r->result;
    const lt_kind *kind = &lt_get_model(r->engine)->kinds[result->kind];
    printf("  malignant %.3f in all", (double)result->malignant);
    if (kind->point_count > 0 && result->prior == LT_PRIOR_DATA && !result->not_a_lesion)
        printf(", %s the threshold of %.3f", result->malignant >= kind->points[0].threshold ? "at or above" : "below",
               (double)kind->points[0].threshold);
    printf("; prior: %s\n", lt_prior_name(result->prior));
}

/* The map as digits, 0 for the least and 9 for the most. */
static void print_map(const run *r) {
    uint32_t shape[2], label = run_map_label(r);
    (void)lt_class_map(r->engine, label, NULL, 0, shape);
    size_t count = (size_t)shape[0] * shape[1];
    float *map = malloc(count * sizeof *map), least = INFINITY, most = -INFINITY;
    if (!map || lt_class_map(r->engine, label, map, count, shape) != LT_OK) {
        free(map);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        least = fminf(least, map[i]);
        most = fmaxf(most, map[i]);
    }
    printf("  where ");
    cli_print_text(stdout, lt_get_model(r->engine)->labels[label].id);
    printf(" is seen, 0 for %.3g to 9 for %.3g\n", (double)least, (double)most);
    for (size_t i = 0; i < count; i++) {
        float share = most > least ? (map[i] - least) / (most - least) : 0.0f;
        printf("%s%d%s", i % shape[1] == 0 ? "    " : " ", (int)(share * 9.0f + 0.5f),
               (i + 1) % shape[1] == 0 ? "\n" : "");
    }
    free(map);
}

/* What looks alike, and whose pictures those are. */
static void print_similar(const run *r) {
    lt_neighbour found[LT_NEIGHBOURS];
    uint32_t count;
    if (lt_similar(r->engine, found, LT_NEIGHBOURS, &count) != LT_OK) return;
    printf("  looks to the network like lesions of known diagnosis; no proof:");
    for (uint32_t i = 0; i < count; i++) {
        printf(" ");
        cli_print_text(stdout, lt_get_model(r->engine)->labels[found[i].label].id);
        printf(" (%.2f)", (double)found[i].similarity);
    }
    printf("\n  (--json names each with its source and licence)\n");
}

void table_print(const run *r, const char *file) {
    const lt_result *result = r->result;
    cli_print_text(stdout, file);
    printf("\n");
    print_kind(r);
    print_warnings(r);
    print_verdict(r);
    for (uint32_t i = 0; i < result->label_count; i++) print_class(r, result->order[i]);
    print_sum(r);
    if (r->settings->map) print_map(r);
    if (r->atlas) print_similar(r);
    begin(STYLE_QUIET);
    printf("%u x %u pixels, decoded at 1/%u in %.1f ms, resized in %.1f ms, inference %.1f ms",
           (unsigned)result->photo_width, (unsigned)result->photo_height, (unsigned)result->decode_scale,
           result->decode_ms, result->resize_ms, result->infer_ms);
    end();
}
