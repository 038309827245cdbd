/* names.c - the names and texts of the public enumerations, one line an entry. */
#include <string.h>

#include "lentigo.h"

static const struct {
    const char *name, *text;
} statuses[LT_STATUS_COUNT] = {
    [LT_OK] = {"LT_OK", "fine"},
    [LT_ARGUMENT] = {"LT_ARGUMENT", "the function was called with a wrong argument"},
    [LT_NO_MODEL] = {"LT_NO_MODEL", "no model is loaded"},
    [LT_MEMORY] = {"LT_MEMORY", "there is not enough memory"},
    [LT_MODEL_FORMAT] = {"LT_MODEL_FORMAT", "the model file is damaged or not a .tflite file"},
    [LT_MODEL_UNSUPPORTED] = {"LT_MODEL_UNSUPPORTED", "the model uses something this engine does not run"},
    [LT_MODEL_METADATA] = {"LT_MODEL_METADATA", "the model's metadata are wrong"},
    [LT_IMAGE_FORMAT] = {"LT_IMAGE_FORMAT", "the photo is damaged, or of no kind that is read"},
    [LT_IMAGE_UNSUPPORTED] = {"LT_IMAGE_UNSUPPORTED", "the photo is of a kind that is not read"},
    [LT_IMAGE_SIZE] = {"LT_IMAGE_SIZE", "the photo has too many pixels, or none"},
    [LT_RUNTIME] = {"LT_RUNTIME", "the computation failed"},
    [LT_CANCELLED] = {"LT_CANCELLED", "it was cancelled"},
    [LT_ATLAS] = {"LT_ATLAS", "the atlas is damaged or belongs to another model"},
    [LT_NO_SELF_TEST] = {"LT_NO_SELF_TEST", "the model file has no self-test"},
    [LT_SELF_TEST] = {"LT_SELF_TEST", "the network does not give what the file's self-test says"},
};

static const char *const priors[LT_PRIOR_COUNT] = {[LT_PRIOR_DATA] = "data", [LT_PRIOR_UNIFORM] = "uniform"};

static const char *const measures[LT_MEASURE_COUNT] = {
    [LT_SHARPNESS] = "sharpness", [LT_BRIGHTNESS] = "brightness", [LT_CONTRAST] = "contrast",
    [LT_SHADOWS] = "shadows",     [LT_HIGHLIGHTS] = "highlights", [LT_LESION] = "lesion",
};

static const char *const faults[LT_FAULT_COUNT] = {
    [LT_BLURRED] = "blurred", [LT_DARK] = "dark",   [LT_BRIGHT] = "bright", [LT_FLAT] = "flat",
    [LT_SMALL] = "small",     [LT_LARGE] = "large", [LT_CUT] = "cut",
};

static const char *const colours[LT_COLOUR_COUNT] = {[LT_COLOUR_UNSTATED] = "unstated",
                                                     [LT_COLOUR_SRGB] = "srgb",
                                                     [LT_COLOUR_CONVERTED] = "converted",
                                                     [LT_COLOUR_UNREAD] = "unread"};

static const char *const photo_kinds[LT_PHOTO_KIND_COUNT] = {[LT_PHOTO_JPEG] = "jpeg",
                                                             [LT_PHOTO_PNG] = "png",
                                                             [LT_PHOTO_DICOM] = "dicom",
                                                             [LT_PHOTO_HEIC] = "heic",
                                                             [LT_PHOTO_OTHER] = "other"};

const char *lt_version(void) {
    return LT_VERSION;
}

const char *lt_status_text(lt_status status) {
    return (unsigned)status < LT_STATUS_COUNT ? statuses[status].text : "an unknown status";
}

const char *lt_status_name(lt_status status) {
    return (unsigned)status < LT_STATUS_COUNT ? statuses[status].name : "unknown";
}

const char *lt_prior_name(lt_prior prior) {
    return (unsigned)prior < LT_PRIOR_COUNT ? priors[prior] : "unknown";
}

const char *lt_measure_name(lt_measure measure) {
    return (unsigned)measure < LT_MEASURE_COUNT ? measures[measure] : "unknown";
}

const char *lt_colour_name(lt_colour colour) {
    return (unsigned)colour < LT_COLOUR_COUNT ? colours[colour] : "unknown";
}

const char *lt_photo_kind_name(lt_photo_kind kind) {
    return (unsigned)kind < LT_PHOTO_KIND_COUNT ? photo_kinds[kind] : "unknown";
}

const char *lt_fault_name(lt_fault fault) {
    return (unsigned)fault < LT_FAULT_COUNT ? faults[fault] : "unknown";
}

lt_status lt_prior_from_name(const char *name, lt_prior *out) {
    if (!name || !out) return LT_ARGUMENT;
    for (int i = 0; i < LT_PRIOR_COUNT; i++) {
        if (strcmp(name, priors[i]) != 0) continue;
        *out = (lt_prior)i;
        return LT_OK;
    }
    return LT_ARGUMENT;
}
