/* The metadata document: one defect each, by the message it must give; and the defaults. */
#include "check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/meta.h"

static const meta_net network = {.classes = 3, .width = 8, .height = 6, .views = 4, .file_bytes = 4321};

/* The parts of a document, in single quotes for the reader's sake: what every format has, and what decides. */
#define ABOUT                                                                                    \
    "'name':'small','version':'1.2.3-rc.1',"                                                     \
    "'labels':[{'id':'mel','name':'Melanoma','about':'Dark.','malignant':true},"                 \
    "{'id':'nv','name':'Nevus','malignant':false},{'id':'df'}],"                                 \
    "'preprocessing':{'crop':0.75,'width':8,'height':6,'mean':[120,121,122.5],'std':[60,61,62]," \
    "'filter':'triangle'},"
#define DECIDES                                                                                                  \
    "'log_prior':[-0.6931472,-1.3862944,-1.3862944],'temperature':1.25,"                                         \
    "'thresholds':{'malignant':0.25,'confidence':0.5},"                                                          \
    "'operating_points':[{'name':'0.90','threshold':0.21,'sensitivity':0.9,'specificity':0.86,'ppv':0.55,"       \
    "'ppv_at_2_percent':0.11},{'name':'0.95','threshold':0.125,'sensitivity':0.95,'specificity':0.75,'ppv':0.5," \
    "'ppv_at_2_percent':0.07}],"                                                                                 \
    "'conformal':{'coverage':0.9,'prior':'uniform','thresholds':[0.25,0.5,0.75]},"                               \
    "'quality':{'sharpness':{'min':0.125},'lesion':{'min':0.25,'max':0.75}},'ood':{'score':'linear','threshold':-1.5}"
#define END ",'licence':'CC BY-NC 4.0','attribution':'W\\u00fcrzburg','training':{'epochs':7}}"

/* Whole documents. */
static const char whole[] = "{'format':1," ABOUT DECIDES END;
static const char with_kinds[] =
    "{'format':2," ABOUT "'kinds':[{'id':'first'," DECIDES ",'figures':{'part':'test','accuracy':'not read here'}},"
    "{'id':'second','name':'The other','temperature':3,'thresholds':{'confidence':0.75},"
    "'operating_points':[{'name':'0.80','threshold':0.5,'sensitivity':0.8,'specificity':0.9,'ppv':0.6,"
    "'ppv_at_2_percent':0.2}]}]" END;

/* text with " for ' and `from` replaced by `to` once; to be freed. */
static char *edited(const char *text, const char *from, const char *to) {
    const char *place = strstr(text, from);
    assert_non_null(place);
    size_t size = strlen(text) + strlen(to) + 1;
    char *copy = malloc(size);
    assert_non_null(copy);
    (void)snprintf(copy, size, "%.*s%s%s", (int)(place - text), text, to, place + strlen(from));
    for (char *c = copy; *c; c++)
        if (*c == '\'') *c = '"';
    return copy;
}

static lt_status read_text(const char *text, lt_model **out, lt_error *error) {
    size_t size = strlen(text);
    uint8_t *exact = malloc(size > 0 ? size : 1); /* without a final 0, as it stands in a model file */
    assert_non_null(exact);
    memcpy(exact, text, size);
    lt_clear(error);
    lt_status status = meta_read(exact, size, &network, NULL, out, error);
    free(exact);
    return status;
}

static void a_whole_document_is_read(void **state) {
    (void)state;
    lt_model *model;
    lt_error error;
    char *json = edited(whole, "small", "small");
    assert_int_equal(read_text(json, &model, &error), LT_OK);
    free(json);
    assert_string_equal(model->name, "small");
    assert_string_equal(model->version, "1.2.3-rc.1");
    assert_string_equal(model->licence, "CC BY-NC 4.0");
    assert_string_equal(model->attribution, "W\xc3\xbcrzburg");
    assert_int_equal(model->label_count, 3);
    assert_string_equal(model->labels[0].about, "Dark.");
    assert_true(model->labels[0].malignant);
    assert_string_equal(model->labels[1].name, "Nevus");
    assert_false(model->labels[1].malignant);
    assert_string_equal(model->labels[2].name, "df"); /* the id stands in */
    assert_string_equal(model->labels[2].about, "");
    assert_int_equal(model->width, 8);
    assert_int_equal(model->height, 6);
    assert_int_equal(model->file_bytes, 4321);
    assert_float_equal(model->crop, 0.75, 0);
    assert_float_equal(model->kinds[0].temperature, 1.25, 0);
    assert_float_equal(model->mean[2], 122.5, 0);
    assert_float_equal(model->std[0], 60, 0);
    assert_float_equal(model->kinds[0].log_prior[0], logf(0.5f), 1e-6);
    assert_int_equal(model->views, 4);
    assert_int_equal(model->kind_count, 1);
    assert_string_equal(model->kinds[0].id, ""); /* the model tells no kinds */
    assert_non_null(strstr(model->metadata, "\"training\":{\"epochs\":7}"));
    free(model);
}

/* What decides, as the parts above have it. */
static void assert_decides(const lt_kind *kind) {
    assert_float_equal(kind->temperature, 1.25, 0);
    assert_float_equal(kind->log_prior[0], logf(0.5f), 1e-6);
    assert_float_equal(kind->confidence, 0.5, 0);
    assert_int_equal(kind->point_count, 2);
    assert_string_equal(kind->points[0].name, "0.90");
    assert_float_equal(kind->points[1].threshold, 0.125, 0);
    assert_float_equal(kind->points[1].sensitivity, 0.95, 1e-6);
    assert_float_equal(kind->points[1].specificity, 0.75, 0);
    assert_float_equal(kind->points[1].ppv, 0.5, 0);
    assert_float_equal(kind->points[1].ppv_at_2_percent, 0.07, 1e-6);
    assert_int_equal(kind->set_prior, LT_PRIOR_UNIFORM);
    assert_float_equal(kind->set_coverage, 0.9, 1e-6);
    for (int i = 0; i < 3; i++) assert_float_equal(kind->set_thresholds[i], 0.25f * (float)(i + 1), 0);
    assert_float_equal(kind->quality[LT_SHARPNESS].min, 0.125, 0);
    assert_true(kind->quality[LT_SHARPNESS].max == INFINITY);
    assert_float_equal(kind->quality[LT_LESION].max, 0.75, 0);
    assert_true(kind->quality[LT_CONTRAST].min == -INFINITY);
    assert_float_equal(kind->ood_threshold, -1.5, 0);
}

static void what_decides_is_read(void **state) {
    (void)state;
    lt_model *model;
    lt_error error;
    char *json = edited(whole, "small", "small");
    assert_int_equal(read_text(json, &model, &error), LT_OK);
    free(json);
    assert_decides(&model->kinds[0]);
    free(model);
}

static void assert_kind_defaults(const lt_kind *kind) {
    assert_float_equal(kind->confidence, 0, 0);
    assert_int_equal(kind->point_count, 0);
    assert_null(kind->set_thresholds);
    assert_true(isnan(kind->ood_threshold));
    for (int i = 0; i < LT_MEASURE_COUNT; i++)
        assert_true(kind->quality[i].min == -INFINITY && kind->quality[i].max == INFINITY);
    assert_float_equal(kind->temperature, 1, 0);
    for (int i = 0; i < 3; i++) assert_float_equal(kind->log_prior[i], logf(1.0f / 3), 1e-6);
}

static void assert_defaults(const lt_model *model) {
    assert_int_equal(model->kind_count, 1);
    assert_string_equal(model->kinds[0].id, "");
    assert_kind_defaults(&model->kinds[0]);
    assert_float_equal(model->crop, 1, 0);
    for (int i = 0; i < 3; i++) {
        assert_float_equal(model->mean[i], 127, 0);
        assert_float_equal(model->std[i], 128, 0);
    }
    assert_string_equal(model->name, "unnamed");
    assert_string_equal(model->version, "0.0.0");
    assert_string_equal(model->licence, "");
    assert_string_equal(model->attribution, "");
}

static void the_kinds_are_read(void **state) {
    (void)state;
    lt_model *model;
    lt_error error;
    char *json = edited(with_kinds, "small", "small");
    assert_int_equal(read_text(json, &model, &error), LT_OK);
    free(json);
    assert_int_equal(model->kind_count, 2);
    const lt_kind *first = &model->kinds[0], *second = &model->kinds[1];
    assert_string_equal(first->id, "first");
    assert_string_equal(first->name, "first"); /* the id stands in */
    assert_decides(first);
    assert_string_equal(second->id, "second");
    assert_string_equal(second->name, "The other");
    assert_float_equal(second->temperature, 3, 0);
    assert_float_equal(second->confidence, 0.75, 0);
    assert_int_equal(second->point_count, 1);
    assert_string_equal(second->points[0].name, "0.80");
    assert_null(second->set_thresholds);
    assert_true(isnan(second->ood_threshold));
    assert_float_equal(second->log_prior[2], logf(1.0f / 3), 1e-6);
    assert_float_equal(model->crop, 0.75, 0);
    assert_string_equal(model->attribution, "W\xc3\xbcrzburg");
    assert_non_null(strstr(model->metadata, "\"figures\":{\"part\":\"test\""));
    free(model);
}

static void a_kind_without_numbers_takes_defaults(void **state) {
    (void)state;
    lt_model *model;
    lt_error error;
    assert_int_equal(read_text("{\"format\":2,\"labels\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"}],"
                               "\"kinds\":[{\"id\":\"1\",\"name\":\"\"},{\"id\":\"2\"},{\"id\":\"3\"},{\"id\":\"4\"}]}",
                               &model, &error),
                     LT_OK);
    assert_int_equal(model->kind_count, LT_MAX_KINDS);
    for (int i = 0; i < LT_MAX_KINDS; i++) {
        const char id[] = {(char)('1' + i), 0};
        assert_string_equal(model->kinds[i].id, id);
        assert_string_equal(model->kinds[i].name, id);
        assert_kind_defaults(&model->kinds[i]);
    }
    free(model);
}

static void missing_optional_fields_take_defaults(void **state) {
    (void)state;
    lt_model *model;
    lt_error error;
    assert_int_equal(
        read_text(" {\"format\":1,\"labels\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"}]}\n", &model, &error),
        LT_OK);
    assert_defaults(model);
    assert_string_equal(model->labels[1].id, "b");
    free(model);
}

static void no_document_takes_defaults(void **state) {
    (void)state;
    lt_model *model;
    lt_error error;
    assert_int_equal(meta_read(NULL, 0, &network, NULL, &model, &error), LT_OK);
    assert_defaults(model);
    assert_string_equal(model->labels[2].id, "2");
    assert_string_equal(model->labels[2].name, "2");
    assert_string_equal(model->metadata, "{}");
    free(model);
}

static void most_labels_are_numbered(void **state) {
    (void)state;
    const meta_net wide = {.classes = LT_MAX_LABELS, .width = 8, .height = 6, .file_bytes = 1};
    lt_model *model;
    lt_error error;
    assert_int_equal(meta_read(NULL, 0, &wide, NULL, &model, &error), LT_OK);
    assert_string_equal(model->labels[LT_MAX_LABELS - 1].id, "1023");
    free(model);
}

/* The document is kept word for word, on one line; what looks like space in a string is no space. */
static void what_is_kept_is_on_one_line(void **state) {
    (void)state;
    lt_model *model;
    lt_error error;
    assert_int_equal(read_text("{ \"format\": 1,\r\n\t\"labels\": [{\"id\":\"a\"}, {\"id\":\"b\"},{\"id\":\"c\"} ],"
                               "\"x\" : [ 1.50, \"\\\" , \\\\\" , \" \" ]\n}\n",
                               &model, &error),
                     LT_OK);
    assert_string_equal(model->metadata, "{\"format\":1,\"labels\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"}],"
                                         "\"x\":[1.50,\"\\\" , \\\\\",\" \"]}");
    free(model);
}

/* No stack grows with the nesting. */
static void deep_nesting_is_read(void **state) {
    enum { DEEP = 100000 };
    static const char head[] = "{\"format\":1,\"labels\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"}],\"x\":";
    (void)state;
    lt_model *model;
    lt_error error;
    size_t length = sizeof head - 1;
    char *text = malloc(length + 2 * DEEP + 2);
    assert_non_null(text);
    memcpy(text, head, length);
    memset(text + length, '[', DEEP);
    memset(text + length + DEEP, ']', DEEP);
    memcpy(text + length + 2 * DEEP, "}", 2);
    assert_int_equal(read_text(text, &model, &error), LT_OK);
    assert_string_equal(model->metadata, text);
    free(model);
    free(text);
}

/* One defect each: what is replaced in the whole document, by what, and what must be said. */
static const struct defect {
    const char *from, *to;
    lt_status status;
    const char *message;
} defects[] = {
    {"{'format'", "<html>", LT_MODEL_METADATA, "metadata: not JSON at byte 0 of"},
    {"'epochs':7}}", "'epochs':7}", LT_MODEL_METADATA, "metadata: not JSON at byte"},
    {"'epochs':7}}", "'epochs':7}} trailing", LT_MODEL_METADATA, "metadata: not JSON at byte"},
    {"'name':'small'", "'name':'sm\xff'", LT_MODEL_METADATA, "metadata: byte 22 is not UTF-8"},
    {"'epochs':7", "'epochs':007", LT_MODEL_METADATA, "metadata: not JSON at byte"},
    {"'epochs':7", "'epochs':1e999", LT_MODEL_METADATA, "metadata: not JSON at byte"},
    {"'epochs':7", "'epochs':'a\tb'", LT_MODEL_METADATA, "metadata: not JSON at byte"},
    {"'epochs':7", "'epochs':7,", LT_MODEL_METADATA, "metadata: not JSON at byte"},
    {"'format':1,", "", LT_MODEL_METADATA, "metadata.format: missing"},
    {"'format':1", "'format':'1'", LT_MODEL_METADATA, "metadata.format: not a whole number"},
    {"'format':1", "'format':0", LT_MODEL_METADATA, "metadata.format: not a whole number"},
    {"'format':1", "'format':1.5", LT_MODEL_METADATA, "metadata.format: not a whole number"},
    {"'format':1", "'format':3", LT_MODEL_UNSUPPORTED, "metadata.format: 3, newer than 2"},
    {"'name':'small'", "'name':7", LT_MODEL_METADATA, "metadata.name: not a string"},
    {"'1.2.3-rc.1'", "'1.2'", LT_MODEL_METADATA, "metadata.version: \"1.2\" is no semantic version"},
    {"'1.2.3-rc.1'", "'v1.2.3'", LT_MODEL_METADATA, "metadata.version: \"v1.2.3\""},
    {"'1.2.3-rc.1'", "'1.2.3.4'", LT_MODEL_METADATA, "metadata.version: \"1.2.3.4\""},
    {"'1.2.3-rc.1'", "[]", LT_MODEL_METADATA, "metadata.version: not a string"},
    {"'licence':'CC BY-NC 4.0'", "'licence':null", LT_MODEL_METADATA, "metadata.licence: not a string"},
    {"'attribution':", "'attribution':1,'x':", LT_MODEL_METADATA, "metadata.attribution: not a string"},
    {"'labels'", "'label'", LT_MODEL_METADATA, "metadata.labels: missing"},
    {"'labels':[", "'labels':7,'x':[", LT_MODEL_METADATA, "metadata.labels: not an array"},
    {"'labels':[", "'labels':[],'x':[", LT_MODEL_METADATA, "metadata.labels: empty"},
    {",{'id':'df'}", "", LT_MODEL_METADATA, "metadata.labels: 2, but the network gives 3 values"},
    {",{'id':'df'}", ",{'id':'df'},{'id':'x'}", LT_MODEL_METADATA, "metadata.labels: 4, but the network gives 3"},
    {"{'id':'df'}", "'df'", LT_MODEL_METADATA, "metadata.labels[2]: not an object"},
    {"{'id':'df'}", "{'name':'df'}", LT_MODEL_METADATA, "metadata.labels[2].id: missing"},
    {"{'id':'df'}", "{'id':''}", LT_MODEL_METADATA, "metadata.labels[2].id: empty"},
    {"{'id':'df'}", "{'id':5}", LT_MODEL_METADATA, "metadata.labels[2].id: not a string"},
    {"{'id':'df'}", "{'id':'mel'}", LT_MODEL_METADATA, "metadata.labels[2].id: \"mel\" is labels[0].id too"},
    {"'name':'Nevus'", "'name':1", LT_MODEL_METADATA, "metadata.labels[1].name: not a string"},
    {"'about':'Dark.'", "'about':{}", LT_MODEL_METADATA, "metadata.labels[0].about: not a string"},
    {"'malignant':true", "'malignant':1", LT_MODEL_METADATA, "metadata.labels[0].malignant: neither true nor false"},
    {"'preprocessing':{", "'preprocessing':1,'x':{", LT_MODEL_METADATA, "metadata.preprocessing: not an object"},
    {"'crop':0.75", "'crop':0", LT_MODEL_METADATA, "metadata.preprocessing.crop: 0 is not above 0"},
    {"'crop':0.75", "'crop':1.5", LT_MODEL_METADATA, "metadata.preprocessing.crop: 1.5 is not"},
    {"'crop':0.75", "'crop':'all'", LT_MODEL_METADATA, "metadata.preprocessing.crop: not a finite number"},
    {"'width':8", "'width':9", LT_MODEL_METADATA, "metadata.preprocessing.width: 9, but the network's input has 8"},
    {"'height':6", "'height':8", LT_MODEL_METADATA, "metadata.preprocessing.height: 8, but the network's input has 6"},
    {"'height':6", "'height':'6'", LT_MODEL_METADATA, "metadata.preprocessing.height: not a number"},
    {"'mean':[120,", "'mean':[", LT_MODEL_METADATA, "metadata.preprocessing.mean: not three numbers"},
    {"'mean':[120,", "'mean':[1e60,", LT_MODEL_METADATA, "metadata.preprocessing.mean[0]: not a finite number"},
    {"'std':[60,61", "'std':[60,0", LT_MODEL_METADATA, "metadata.preprocessing.std[1]: 0 is not above 0"},
    {"'std':[60,61", "'std':[60,-1", LT_MODEL_METADATA, "metadata.preprocessing.std[1]: -1 is not above 0"},
    {"'std':[60,61", "'std':[60,null", LT_MODEL_METADATA, "metadata.preprocessing.std[1]: not a finite number"},
    {"'filter':'triangle'", "'filter':'lanczos'", LT_MODEL_UNSUPPORTED, "metadata.preprocessing.filter: \"lanczos\""},
    {"'filter':'triangle'", "'filter':3", LT_MODEL_METADATA, "metadata.preprocessing.filter: not a string"},
    {"[-0.6931472,", "[", LT_MODEL_METADATA, "metadata.log_prior: 2 values for 3 classes"},
    {"[-0.6931472,", "['x',", LT_MODEL_METADATA, "metadata.log_prior[0]: not the logarithm of a share"},
    {"[-0.6931472,", "[0.5,", LT_MODEL_METADATA, "metadata.log_prior[0]: not the logarithm of a share"},
    {"[-0.6931472,", "[-1e99,", LT_MODEL_METADATA, "metadata.log_prior[0]: not the logarithm of a share"},
    {"[-0.6931472,", "[-0.1,", LT_MODEL_METADATA, "metadata.log_prior: the shares add up to 1.40484, not to 1"},
    {"'log_prior':", "'log_prior':{},'x':", LT_MODEL_METADATA, "metadata.log_prior: not an array"},
    {"'temperature':1.25", "'temperature':0", LT_MODEL_METADATA, "metadata.temperature: 0 is not above 0"},
    {"'temperature':1.25", "'temperature':-2", LT_MODEL_METADATA, "metadata.temperature: -2 is not above 0"},
    {"'temperature':1.25", "'temperature':1e39", LT_MODEL_METADATA, "metadata.temperature: not a finite number"},
    {"'temperature':1.25", "'temperature':1e-60", LT_MODEL_METADATA, "metadata.temperature: 0 is not above 0"},
    {"'temperature':1.25", "'temperature':[1]", LT_MODEL_METADATA, "metadata.temperature: not a finite number"},
    {"'thresholds':{", "'thresholds':1,'x':{", LT_MODEL_METADATA, "metadata.thresholds: not an object"},
    {"'malignant':0.25", "'malignant':1.5", LT_MODEL_METADATA,
     "metadata.thresholds.malignant: not a number from 0 to 1"},
    {"'confidence':0.5", "'confidence':'high'", LT_MODEL_METADATA,
     "metadata.thresholds.confidence: not a number from 0 to 1"},
    {"'operating_points':[", "'operating_points':7,'x':[", LT_MODEL_METADATA,
     "metadata.operating_points: not an array"},
    {"'operating_points':[", "'operating_points':[1,2,3,4,5,6,7,8,9],'x':[", LT_MODEL_METADATA,
     "metadata.operating_points: 9 of them, at most 8 are read"},
    {"'operating_points':[", "'operating_points':[[],", LT_MODEL_METADATA,
     "metadata.operating_points[0]: not an object"},
    {"'name':'0.95'", "'name':0.95", LT_MODEL_METADATA, "metadata.operating_points[1].name: not a string"},
    {"'name':'0.95'", "'name':''", LT_MODEL_METADATA, "metadata.operating_points[1].name: not a string of one"},
    {"'threshold':0.21", "'threshold':-0.1", LT_MODEL_METADATA,
     "metadata.operating_points[0].threshold: not a number from 0 to 1"},
    {"'sensitivity':0.9,", "", LT_MODEL_METADATA, "metadata.operating_points[0].sensitivity: not a number from 0 to 1"},
    {"'specificity':0.86", "'specificity':86", LT_MODEL_METADATA, "metadata.operating_points[0].specificity: not a"},
    {"'ppv':0.55", "'ppv':null", LT_MODEL_METADATA, "metadata.operating_points[0].ppv: not a number"},
    {"'ppv_at_2_percent':0.11", "'ppv_at_2_percent':'?'", LT_MODEL_METADATA,
     "metadata.operating_points[0].ppv_at_2_percent: not a number"},
    {"'conformal':{", "'conformal':[],'x':{", LT_MODEL_METADATA, "metadata.conformal: not an object"},
    {"'coverage':0.9", "'coverage':1", LT_MODEL_METADATA, "metadata.conformal.coverage: not a number between 0 and 1"},
    {"'coverage':0.9,", "", LT_MODEL_METADATA, "metadata.conformal.coverage: not a number between 0 and 1"},
    {"'prior':'uniform'", "'prior':'flat'", LT_MODEL_METADATA, "metadata.conformal.prior: neither \"data\" nor"},
    {"'prior':'uniform',", "", LT_MODEL_METADATA, "metadata.conformal.prior: neither \"data\" nor \"uniform\""},
    {"'thresholds':[0.25", "'thresholds':{},'x':[0.25", LT_MODEL_METADATA,
     "metadata.conformal.thresholds: not an array"},
    {"'thresholds':[0.25,", "'thresholds':[", LT_MODEL_METADATA, "metadata.conformal.thresholds: 2 values for 3"},
    {"'thresholds':[0.25", "'thresholds':[1.25", LT_MODEL_METADATA,
     "metadata.conformal.thresholds[0]: not a number from 0 to 1"},
    {"'quality':{", "'quality':[],'x':{", LT_MODEL_METADATA, "metadata.quality: not an object"},
    {"'quality':{", "'quality':{'beauty':{},", LT_MODEL_UNSUPPORTED,
     "metadata.quality.beauty: nothing that this engine measures"},
    {"'sharpness':{'min':0.125}", "'sharpness':0.125", LT_MODEL_METADATA, "metadata.quality.sharpness: not an object"},
    {"{'min':0.125}", "{'min':1e60}", LT_MODEL_METADATA, "metadata.quality.sharpness.min: not a finite number"},
    {"'max':0.75", "'max':'?'", LT_MODEL_METADATA, "metadata.quality.lesion.max: not a finite number"},
    {"'max':0.75", "'max':0.125", LT_MODEL_METADATA, "metadata.quality.lesion: min is above max"},
    {"'ood':{", "'ood':7,'x':{", LT_MODEL_METADATA, "metadata.ood: not an object"},
    {"'score':'linear',", "", LT_MODEL_METADATA, "metadata.ood.score: not a string"},
    {"'linear'", "'cubic'", LT_MODEL_UNSUPPORTED, "metadata.ood.score: \"cubic\", but this engine knows \"linear\""},
    {"'threshold':-1.5", "'x':-1.5", LT_MODEL_METADATA, "metadata.ood.threshold: not a finite number"},
    {"'threshold':-1.5", "'threshold':1e60", LT_MODEL_METADATA, "metadata.ood.threshold: not a finite number"},
    {"'threshold':-1.5", "'threshold':'0'", LT_MODEL_METADATA, "metadata.ood.threshold: not a finite number"},
};

/* The same of the kinds themselves. */
static const struct defect kind_defects[] = {
    {"'format':2", "'format':1", LT_OK, ""}, /* where kinds are nothing that is read */
    {"'kinds':[", "'x':[", LT_MODEL_METADATA, "metadata.kinds: missing"},
    {"'kinds':[", "'kinds':{},'x':[", LT_MODEL_METADATA, "metadata.kinds: not an array"},
    {"'kinds':[", "'kinds':[],'x':[", LT_MODEL_METADATA, "metadata.kinds: empty"},
    {"'kinds':[", "'kinds':[1,2,3,4,5],'x':[", LT_MODEL_METADATA, "metadata.kinds: 5 of them, at most 4 are read"},
    {"'kinds':[", "'kinds':['clinical',", LT_MODEL_METADATA, "metadata.kinds[0]: not an object"},
    {"{'id':'second',", "{", LT_MODEL_METADATA, "metadata.kinds[1].id: missing"},
    {"'id':'second'", "'id':2", LT_MODEL_METADATA, "metadata.kinds[1].id: not a string"},
    {"'id':'second'", "'id':''", LT_MODEL_METADATA, "metadata.kinds[1].id: empty"},
    {"'id':'second'", "'id':'first'", LT_MODEL_METADATA, "metadata.kinds[1].id: \"first\" is kinds[0].id too"},
    {"'id':'first'", "'id':'neither'", LT_MODEL_METADATA,
     "metadata.kinds[0].id: \"neither\" stands for a picture of no kind"},
    {"'name':'The other'", "'name':[]", LT_MODEL_METADATA, "metadata.kinds[1].name: not a string"},
    {"'temperature':3", "'temperature':0", LT_MODEL_METADATA, "metadata.kinds[1].temperature: 0 is not above 0"},
    {"'threshold':0.5,", "", LT_MODEL_METADATA, "metadata.kinds[1].operating_points[0].threshold: not a number"},
    {"'kinds':[", "'temperature':1,'kinds':[", LT_MODEL_METADATA,
     "metadata.temperature: stands in kinds from format 2 on"},
    {"'kinds':[", "'log_prior':[],'kinds':[", LT_MODEL_METADATA, "metadata.log_prior: stands in kinds"},
    {"'kinds':[", "'thresholds':{},'kinds':[", LT_MODEL_METADATA, "metadata.thresholds: stands in kinds"},
    {"'kinds':[", "'operating_points':[],'kinds':[", LT_MODEL_METADATA, "metadata.operating_points: stands in kinds"},
    {"'kinds':[", "'conformal':{},'kinds':[", LT_MODEL_METADATA, "metadata.conformal: stands in kinds"},
    {"'kinds':[", "'quality':{},'kinds':[", LT_MODEL_METADATA, "metadata.quality: stands in kinds"},
    {"'kinds':[", "'ood':{},'kinds':[", LT_MODEL_METADATA, "metadata.ood: stands in kinds from format 2 on"},
};

/* Read the document with that defect, which must give that status and a text with that message in it. */
static void assert_named(const char *document, const struct defect *defect, const char *message) {
    lt_model *model = (lt_model *)&network;
    lt_error error;
    char *json = edited(document, defect->from, defect->to);
    lt_status status = read_text(json, &model, &error);
    free(json);
    if (status != defect->status || !strstr(error.text, message))
        fail_msg("%s for %s: status %d, \"%s\"", defect->to, defect->from, (int)status, error.text);
    assert_true((model != NULL) == (status == LT_OK));
    free(model);
}

static void each_defect_is_named(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof defects / sizeof *defects; i++) assert_named(whole, &defects[i], defects[i].message);
}

/* Where a kind has it, a defect in what decides is named with the kind's place before it. */
static void each_defect_of_a_kind_is_named(void **state) {
    (void)state;
    static const char *const fields[] = {"log_prior", "temperature", "thresholds", "operating_points",
                                         "conformal", "quality",     "ood"};
    int tried[sizeof fields / sizeof *fields] = {0};
    for (size_t i = 0; i < sizeof kind_defects / sizeof *kind_defects; i++)
        assert_named(with_kinds, &kind_defects[i], kind_defects[i].message);
    for (size_t i = 0; i < sizeof defects / sizeof *defects; i++) {
        static const char place[] = "metadata.";
        const char *field = defects[i].message + sizeof place - 1;
        for (size_t k = 0; k < sizeof fields / sizeof *fields; k++) {
            char message[200];
            if (strncmp(field, fields[k], strlen(fields[k])) != 0) continue;
            (void)snprintf(message, sizeof message, "metadata.kinds[0].%s", field);
            assert_named(with_kinds, &defects[i], message);
            tried[k]++;
        }
    }
    for (size_t k = 0; k < sizeof fields / sizeof *fields; k++) assert_true(tried[k] > 1);
}

static void other_documents_are_refused(void **state) {
    (void)state;
    static const char *const documents[] = {"", " ", "null", "[]", "7", "\"text\"", "{", "{\"format\":1,}", "{}"};
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        lt_model *model;
        lt_error error;
        assert_int_equal(read_text(documents[i], &model, &error), LT_MODEL_METADATA);
        assert_null(model);
        assert_memory_equal(error.text, "metadata", 8);
    }
}

/* A document cut at any byte is an error, and nothing leaks or is read beyond it. */
static void cut_everywhere(const char *document) {
    char *json = edited(document, "small", "small");
    for (size_t size = 0; size < strlen(json); size++) {
        lt_model *model;
        lt_error error;
        uint8_t *cut = malloc(size > 0 ? size : 1);
        assert_non_null(cut);
        memcpy(cut, json, size);
        assert_int_equal(meta_read(cut, size, &network, NULL, &model, &error), LT_MODEL_METADATA);
        assert_null(model);
        free(cut);
    }
    free(json);
}

static void every_cut_is_refused(void **state) {
    (void)state;
    cut_everywhere(whole);
    cut_everywhere(with_kinds);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_decides_is_read),
        cmocka_unit_test(a_whole_document_is_read),
        cmocka_unit_test(missing_optional_fields_take_defaults),
        cmocka_unit_test(no_document_takes_defaults),
        cmocka_unit_test(most_labels_are_numbered),
        cmocka_unit_test(what_is_kept_is_on_one_line),
        cmocka_unit_test(deep_nesting_is_read),
        cmocka_unit_test(the_kinds_are_read),
        cmocka_unit_test(a_kind_without_numbers_takes_defaults),
        cmocka_unit_test(each_defect_is_named),
        cmocka_unit_test(each_defect_of_a_kind_is_named),
        cmocka_unit_test(other_documents_are_refused),
        cmocka_unit_test(every_cut_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
