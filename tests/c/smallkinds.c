#include "smallkinds.h"

const char smallkinds_document[] =
    "{\"format\":2,\"name\":\"small\",\"version\":\"2.0.0\",\"labels\":["
    "{\"id\":\"one\",\"name\":\"The first\",\"about\":\"A class.\",\"malignant\":true},"
    "{\"id\":\"two\",\"name\":\"The second\",\"about\":\"A class.\",\"malignant\":false},"
    "{\"id\":\"three\",\"name\":\"The third\",\"about\":\"A class.\",\"malignant\":false},"
    "{\"id\":\"four\",\"name\":\"The fourth\",\"about\":\"A class.\",\"malignant\":true},"
    "{\"id\":\"five\",\"name\":\"The fifth \\u00e9\",\"about\":\"A class.\",\"malignant\":false}],"
    "\"preprocessing\":{\"crop\":1.0,\"width\":16,\"height\":16,\"mean\":[127,127,127],\"std\":[128,128,128],"
    "\"filter\":\"triangle\"},"
    "\"kinds\":[{\"id\":\"dermoscopic\",\"name\":\"Dermatoscopic picture\","
    "\"log_prior\":[-1.2,-2.3,-0.9,-3.1,-1.918],\"temperature\":0.8,"
    "\"thresholds\":{\"malignant\":0.2,\"confidence\":0.5},\"conformal\":{\"coverage\":0.9,\"prior\":\"uniform\","
    "\"thresholds\":[0.1,0.1,0.1,0.1,0.1]},\"operating_points\":[{\"name\":\"0.90\",\"threshold\":0.2,"
    "\"sensitivity\":0.9,\"specificity\":0.8,\"ppv\":0.5,\"ppv_at_2_percent\":0.08}],"
    "\"quality\":{\"sharpness\":{\"min\":0.05},\"brightness\":{\"min\":0.2,\"max\":0.95},\"contrast\":{\"min\":0.1}},"
    "\"ood\":{\"score\":\"linear\",\"threshold\":0.5},"
    "\"figures\":{\"part\":\"test\",\"pictures\":3000,\"lesions\":2500,\"accuracy\":0.86,\"balanced_accuracy\":0.8,"
    "\"macro_auc\":0.968,\"malignant_auc\":0.95,\"melanoma_recall\":0.75,\"set_coverage\":0.9,\"sources\":{"
    "\"ham10000\":{\"pictures\":1996,\"lesions\":1490,\"accuracy\":0.861,\"balanced_accuracy\":0.805,"
    "\"macro_auc\":0.969,\"malignant_auc\":0.957,\"melanoma_recall\":0.77,\"set_coverage\":0.902},"
    "\"milk10k\":{\"pictures\":1004,\"lesions\":1004,\"accuracy\":0.702,\"balanced_accuracy\":0.621,"
    "\"macro_auc\":0.881,\"malignant_auc\":0.806,\"melanoma_recall\":0.61,\"set_coverage\":0.881}}}},"
    "{\"id\":\"clinical\",\"name\":\"Close-up without a dermatoscope\","
    "\"log_prior\":[-1.0,-1.9,-1.3,-2.2,-2.28],\"temperature\":1.7,"
    "\"thresholds\":{\"malignant\":0.31,\"confidence\":0.4},\"conformal\":{\"coverage\":0.88,\"prior\":\"data\","
    "\"thresholds\":[0.08,0.08,0.08,0.08,0.08]},\"operating_points\":[{\"name\":\"0.90\",\"threshold\":0.31,"
    "\"sensitivity\":0.91,\"specificity\":0.52,\"ppv\":0.6,\"ppv_at_2_percent\":0.04},{\"name\":\"0.95\","
    "\"threshold\":0.22,\"sensitivity\":0.95,\"specificity\":0.4,\"ppv\":0.55,\"ppv_at_2_percent\":0.03}],"
    "\"quality\":{\"sharpness\":{\"min\":0.02},\"brightness\":{\"min\":0.1},\"contrast\":{\"min\":0.05}},"
    "\"ood\":{\"score\":\"linear\",\"threshold\":0.4},"
    "\"figures\":{\"part\":\"test\",\"pictures\":900,\"lesions\":810,\"accuracy\":0.62,\"balanced_accuracy\":0.58,"
    "\"macro_auc\":0.85,\"malignant_auc\":0.801,\"melanoma_recall\":0.52,\"set_coverage\":0.88,\"sources\":{"
    "\"padufes20\":{\"pictures\":500,\"lesions\":430,\"accuracy\":0.64,\"balanced_accuracy\":0.591,"
    "\"macro_auc\":0.86,\"malignant_auc\":0.812,\"melanoma_recall\":0.55,\"set_coverage\":0.885},"
    "\"milk10k\":{\"pictures\":400,\"lesions\":380,\"accuracy\":0.6,\"balanced_accuracy\":0.571,"
    "\"macro_auc\":0.84,\"malignant_auc\":0.791,\"melanoma_recall\":null,\"set_coverage\":0.875}}}}],"
    "\"licence\":\"CC0-1.0\",\"attribution\":\"made by a program\",\"figures_of\":\"1.9.0\"}";

/* Channels 1 and 9 are the same, and larger for darker pictures. */
const float smallkinds_ood[SMALLKINDS_CHANNELS + 1] = {0.01f,  0.75f,  -0.02f, 0.01f, 0.03f,  -0.01f,
                                                       0.04f,  0.06f,  -0.01f, 0.25f, -0.01f, 0.02f,
                                                       -0.02f, -0.03f, 0.01f,  0.02f, -1.4f};
const float smallkinds_kind[SMALLKINDS][SMALLKINDS_CHANNELS + 1] = {
    {0.01f, -0.5f, 0.02f, 0.01f, 0.03f, -0.01f, 0.04f, -0.02f, 0.01f, -0.25f, 0.01f, 0.01f, -0.02f, 0.03f, 0.01f, 0.02f,
     0.9f},
    {-0.01f, 0.25f, -0.02f, -0.01f, 0.02f, 0.01f, -0.03f, 0.02f, 0.01f, 0.5f, -0.02f, -0.01f, 0.02f, 0.03f, -0.01f,
     0.01f, -0.9f}};

mk_model *smallkinds(void) {
    mk_model *m = smallnet_with(1, SMALLNET_FLOAT_LOGITS, smallkinds_document, NULL);
    m->ood = smallkinds_ood;
    m->ood_size = sizeof smallkinds_ood;
    m->kind = smallkinds_kind;
    m->kind_size = sizeof smallkinds_kind;
    return m;
}
