#include "documents.h"
#include "base/wide.h"

static void put_probabilities(json_out *out, const lt_model *model, const lt_result *result) {
    json_raw(out, ",\"probabilities\":{");
    for (uint32_t i = 0; i < result->label_count; i++) {
        if (i > 0) json_raw(out, ",");
        json_string(out, model->labels[i].id);
        json_raw(out, ":");
        json_float(out, result->probabilities[i]);
    }
    json_raw(out, "}");
}

static void put_times_and_photo(json_out *out, const lt_result *result) {
    json_raw(out, ",\"ms\":{\"decode\":");
    json_milli(out, result->decode_ms);
    json_raw(out, ",\"resize\":");
    json_milli(out, result->resize_ms);
    json_raw(out, ",\"infer\":");
    json_milli(out, result->infer_ms);
    json_raw(out, "},\"photo\":{\"width\":");
    json_unsigned(out, result->photo_width);
    json_raw(out, ",\"height\":");
    json_unsigned(out, result->photo_height);
    json_raw(out, ",\"scale\":");
    json_unsigned(out, result->decode_scale);
    json_raw(out, ",\"missing\":");
    json_float(out, result->missing);
    json_raw(out, ",\"colour\":");
    json_string(out, lt_colour_name(result->colour));
    json_raw(out, ",\"profile\":");
    json_string(out, result->profile);
    json_raw(out, "}");
}

static void put_kind(json_out *out, const lt_model *model, const lt_result *result) {
    const char *id = model->kinds[result->kind].id;
    if (*id == '\0') {
        json_raw(out, "null");
        return;
    }
    json_string(out, result->not_a_lesion ? LT_NEITHER : id);
    json_raw(out, ",\"decided_by\":");
    json_string(out, id);
}

static void put_decision(json_out *out, const lt_model *model, const lt_result *result) {
    json_raw(out, result->set_count > 0 ? ",\"set\":[" : ",\"set\":null");
    for (uint32_t i = 0; i < result->set_count; i++) {
        if (i > 0) json_raw(out, ",");
        json_string(out, model->labels[result->set[i]].id);
    }
    if (result->set_count > 0) json_raw(out, "]");
    json_raw(out, ",\"abstain\":");
    json_bool(out, result->abstain);
    json_raw(out, ",\"not_a_lesion\":");
    json_bool(out, result->not_a_lesion);
    json_raw(out, ",\"ood_score\":");
    json_float(out, result->ood_score);
    json_raw(out, ",\"kind\":");
    put_kind(out, model, result);
}

void doc_quality(json_out *out, const lt_quality *quality) {
    int listed = 0;
    json_raw(out, "{");
    for (uint32_t i = 0; i < quality->measure_count; i++) {
        json_string(out, lt_measure_name((lt_measure)i));
        json_raw(out, ":");
        json_float(out, quality->values[i]);
        json_raw(out, ",");
    }
    json_raw(out, "\"faults\":[");
    for (int i = 0; i < LT_FAULT_COUNT; i++) {
        if (!(quality->faults & 1u << i)) continue;
        if (listed++ > 0) json_raw(out, ",");
        json_string(out, lt_fault_name((lt_fault)i));
    }
    json_raw(out, "]}");
}

void doc_map(json_out *out, const char *label, const float *values, uint32_t height, uint32_t width) {
    json_raw(out, "{\"label\":");
    json_string(out, label);
    json_raw(out, ",\"width\":");
    json_unsigned(out, width);
    json_raw(out, ",\"height\":");
    json_unsigned(out, height);
    json_raw(out, ",\"values\":");
    json_floats(out, values, (size_t)height * width);
    json_raw(out, "}");
}

void doc_result_open(json_out *out, const lt_model *model, const lt_result *result, const lt_extras *extras) {
    json_raw(out, "{");
    if (extras->file) {
        json_raw(out, "\"file\":");
        json_string(out, extras->file);
        json_raw(out, ",");
    }
    json_raw(out, "\"label\":");
    json_string(out, model->labels[result->order[0]].id);
    put_probabilities(out, model, result);
    json_raw(out, ",\"malignant\":");
    json_float(out, result->malignant);
    json_raw(out, ",\"prior\":");
    json_string(out, lt_prior_name(result->prior));
    put_decision(out, model, result);
    json_raw(out, ",\"quality\":");
    doc_quality(out, result->quality);
    json_raw(out, ",\"views\":");
    json_unsigned(out, result->views);
    json_raw(out, ",\"model\":{\"name\":");
    json_string(out, model->name);
    json_raw(out, ",\"version\":");
    json_string(out, model->version);
    json_raw(out, "}");
    put_times_and_photo(out, result);
    if (extras->logits) {
        json_raw(out, ",\"logits\":");
        json_floats(out, result->logits, result->label_count);
    }
}

void doc_failure(json_out *out, const char *file, const char *error) {
    json_raw(out, "{\"file\":");
    json_string(out, file);
    json_raw(out, ",\"error\":");
    json_string(out, error);
    json_raw(out, "}");
}

/* The beginning of an object of a list, the index-th: {"id","name" */
static void open_item(json_out *out, uint32_t index, const char *id, const char *name) {
    json_raw(out, index > 0 ? ",{\"id\":" : "{\"id\":");
    json_string(out, id);
    json_raw(out, ",\"name\":");
    json_string(out, name);
}

static void put_labels(json_out *out, const lt_model *model) {
    json_raw(out, ",\"labels\":[");
    for (uint32_t i = 0; i < model->label_count; i++) {
        const lt_label *label = &model->labels[i];
        open_item(out, i, label->id, label->name);
        json_raw(out, ",\"about\":");
        json_string(out, label->about);
        json_raw(out, ",\"malignant\":");
        json_bool(out, label->malignant);
        json_raw(out, "}");
    }
    json_raw(out, "]");
}

static void put_kinds(json_out *out, const lt_model *model) {
    json_raw(out, ",\"kinds\":[");
    for (uint32_t i = 0; i < model->kind_count; i++) {
        const lt_kind *kind = &model->kinds[i];
        open_item(out, i, kind->id, kind->name);
        json_raw(out, ",\"temperature\":");
        json_float(out, kind->temperature);
        json_raw(out, ",\"log_prior\":");
        json_floats(out, kind->log_prior, model->label_count);
        json_raw(out, "}");
    }
    json_raw(out, "]");
}

static void put_input(json_out *out, const lt_model *model) {
    json_raw(out, ",\"input\":{\"width\":");
    json_unsigned(out, model->width);
    json_raw(out, ",\"height\":");
    json_unsigned(out, model->height);
    json_raw(out, ",\"crop\":");
    json_float(out, model->crop);
    json_raw(out, ",\"mean\":");
    json_floats(out, model->mean, 3);
    json_raw(out, ",\"std\":");
    json_floats(out, model->std, 3);
    json_raw(out, "}");
}

/* What is told of lt_model.unsaid. */
static void put_unsaid(json_out *out, const lt_model *model) {
    static const struct {
        uint32_t bit;
        const char *name;
    } parts[] = {{LT_UNSAID_LABELS, "labels"}, {LT_UNSAID_PIXELS, "pixels"}, {LT_UNSAID_MALIGNANT, "malignant"}};
    const char *comma = "";
    json_raw(out, ",\"unsaid\":[");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!(model->unsaid & parts[i].bit)) continue;
        json_raw(out, comma);
        json_string(out, parts[i].name);
        comma = ",";
    }
    json_raw(out, "]");
}

void doc_model_open(json_out *out, const lt_model *model) {
    json_raw(out, "{\"name\":");
    json_string(out, model->name);
    json_raw(out, ",\"version\":");
    json_string(out, model->version);
    json_raw(out, ",\"licence\":");
    json_string(out, model->licence);
    json_raw(out, ",\"attribution\":");
    json_string(out, model->attribution);
    json_raw(out, ",\"bytes\":");
    json_unsigned(out, model->file_bytes);
    put_input(out, model);
    json_raw(out, ",\"views\":");
    json_unsigned(out, model->views);
    put_labels(out, model);
    put_kinds(out, model);
    if (LT_WIDE) put_unsaid(out, model);
    json_raw(out, ",\"metadata\":");
    json_raw(out, model->metadata);
}
