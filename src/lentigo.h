/*
 * lentigo.h - classify a photo of a skin lesion on the device.
 *
 * An aid for study, not a medical device.
 *
 *     lt_options options;
 *     lt_options_default(&options);
 *
 *     lt_engine *engine = NULL;
 *     if (lt_create(&options, &engine) != LT_OK) return 1;
 *
 *     // model: the bytes of a .tflite file, no longer needed then
 *     if (lt_load_model(engine, model, model_size) != LT_OK)
 *         fprintf(stderr, "%s\n", lt_error_text(engine));
 *
 *     lt_result *result = NULL; // for any number of photos
 *     if (lt_result_create(engine, &result) == LT_OK &&
 *         lt_classify(engine, photo, photo_size, NULL, result) == LT_OK)
 *         printf("%s %.3f\n", lt_get_model(engine)->labels[result->order[0]].id,
 *                (double)result->probabilities[result->order[0]]);
 *     else
 *         fprintf(stderr, "%s\n", lt_error_text(engine));
 *
 *     lt_result_free(result);
 *     lt_destroy(engine);
 *
 * An engine belongs to one thread at a time, but for lt_cancel and lt_resume. Two engines share nothing.
 *
 * A program built with this header runs on later libraries of the same major version:
 *
 * - What the caller fills in (lt_options, lt_request, lt_quality, lt_extras, lt_stated) begins with its size in bytes. The library
 *   takes members that an older header lacks for 0, their default, and refuses with LT_ARGUMENT what is no size of a
 *   version, or a member other than 0 that it does not know. These could be opaque with a setter for each member; sizes
 *   were chosen since such a structure costs no allocation, may be constant, and is one call from any language.
 * - What the library makes and the caller reads (lt_result, lt_model, lt_photo_info) is read through a pointer, and new
 *   members come at its end: do not copy these structures, nor take their size.
 * - What stands in arrays (lt_label, lt_kind, lt_operating_point, lt_neighbour, lt_range) stays as it is.
 * - Enumerations grow at their end.
 */
#ifndef LENTIGO_H
#define LENTIGO_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this header, and of the library that it came with. */
#define LT_VERSION_MAJOR 0
#define LT_VERSION_MINOR 1
#define LT_VERSION_PATCH 0
#define LT_VERSION       "0.1.0"

/* Most classes a model may have. */
#define LT_MAX_LABELS 1024

/* Most operating points that a model may state for one kind of picture. */
#define LT_MAX_POINTS 8

/* Most kinds of picture that a model may tell apart. */
#define LT_MAX_KINDS 4

/* What stands for a kind where a picture is of none; no kind has this id. */
#define LT_NEITHER "neither"

/*
 * Largest share of the square that a damaged or cut photo may lack and still get an answer. A network that sees a
 * quarter of grey still sees the lesion in most photos; one that sees half of it may not.
 */
#define LT_MOST_MISSING 0.25

/* Most lesions of an atlas that this version tells for a photo. */
#define LT_NEIGHBOURS 6

/* Most bytes of the name of a photo's colour profile, with its final 0. */
#define LT_PROFILE_NAME 64

/* An engine: a model ready to run, its scratch memory and the text of the last error. */
typedef struct lt_engine lt_engine;

/* What a call came to. The numbers are part of the interface: new ones go to the end. */
typedef enum lt_status {
    LT_OK = 0,
    LT_ARGUMENT,          /* the caller passed what the function does not take */
    LT_NO_MODEL,          /* classify was called before a model was loaded */
    LT_MEMORY,            /* an allocation failed */
    LT_MODEL_FORMAT,      /* the file is no .tflite, or contradicts itself */
    LT_MODEL_UNSUPPORTED, /* a valid .tflite that uses what this engine does not run */
    LT_MODEL_METADATA,    /* the metadata entry `lentigo` is wrong */
    LT_IMAGE_FORMAT,      /* the photo is damaged, or none of JPEG, PNG and DICOM */
    LT_IMAGE_UNSUPPORTED, /* one of these, but of a kind that is not read */
    LT_IMAGE_SIZE,        /* the photo has more pixels than options.max_pixels, or none */
    LT_RUNTIME,           /* the inference library refused to run */
    LT_ATLAS,             /* the atlas is damaged, or belongs to another network */
    LT_NO_SELF_TEST,      /* the model file has no self-test */
    LT_SELF_TEST,         /* the network does not give what the file's self-test says */
    LT_CANCELLED,         /* lt_cancel was called */
    LT_STATUS_COUNT
} lt_status;

/* How common each class is taken to be when deciding. */
typedef enum lt_prior {
    LT_PRIOR_DATA = 0, /* as in the data the model was trained on; the model file says how */
    LT_PRIOR_UNIFORM,  /* all classes equally common */
    LT_PRIOR_COUNT
} lt_prior;

/* What is known of a photo's colours, which the network sees in sRGB. */
typedef enum lt_colour {
    LT_COLOUR_UNSTATED = 0, /* the photo says nothing, so sRGB was taken */
    LT_COLOUR_SRGB,         /* it says sRGB, or something within a level of it */
    LT_COLOUR_CONVERTED,    /* it says another space, from which the square was converted */
    LT_COLOUR_UNREAD,       /* it has a profile that is not read: by tables, of inks, or damaged; sRGB was taken */
    LT_COLOUR_COUNT
} lt_colour;

/* What a photo is, by its bytes: names and declared types lie. The numbers are part of the interface. */
typedef enum lt_photo_kind {
    LT_PHOTO_JPEG = 0,
    LT_PHOTO_PNG,
    LT_PHOTO_DICOM,
    LT_PHOTO_HEIC,  /* not read; what many phones take */
    LT_PHOTO_OTHER, /* not read: another picture, or none at all */
    LT_PHOTO_KIND_COUNT
} lt_photo_kind;

/*
 * Where an engine gets its memory: all of it, that of photos and of the kernels' packed weights too, but for the stacks of
 * its threads. Called only by the thread that calls the engine.
 */
typedef struct lt_allocator {
    void *(*allocate)(void *context, size_t size); /* size > 0, aligned as malloc's; NULL where there is none */
    void (*release)(void *context, void *memory);  /* what allocate gave; never NULL */
    void *context;                                 /* must outlive the engine, and its results */
} lt_allocator;

/* Made by lt_options_default. */
typedef struct lt_options {
    size_t size; /* sizeof(lt_options) */
    uint32_t threads;    /* 1..64; WebAssembly builds without threads run on one whatever is asked. Default 1 */
    uint64_t max_pixels; /* largest width x height of a photo. Default 50,000,000 */
    uint64_t max_bytes;  /* that a photo and reading a square of it may take together; more is refused with LT_MEMORY
                            before anything is decoded. Default UINT64_MAX */
    int full_decode;     /* not 0: never decode large JPEGs at a reduced size. Default 0 */
    lt_allocator allocator; /* Default all NULL: malloc and free */
} lt_options;

/* What of a photo is classified, and how. Made by lt_request_default, or all 0 but its size: the same. */
typedef struct lt_request {
    size_t size; /* sizeof(lt_request) */
    lt_prior prior;         /* default LT_PRIOR_DATA */
    float x, y;             /* the square's centre as shares, 0..1, of the width and height of the upright photo after
                               its quarter turns. Default 0.5; the square is moved inside where it would reach beyond */
    float side;             /* of the square over the photo's shorter side, (0, 1]; 0, the default: the model's own
                               crop in the centre, and x and y are not used */
    uint32_t quarter_turns; /* the upright photo is turned clockwise so many times, 0..3. Default 0 */
} lt_request;

/* A photo: a file's bytes, looked into once, of whose squares things are asked then. */
typedef struct lt_photo lt_photo;

/* What a photo says of itself before its pixels are read. Owned by the photo; new members come at the end. */
typedef struct lt_photo_info {
    lt_photo_kind kind;
    lt_status status; /* LT_OK, or why no square of it can be read: as lt_photo_classify, as far as a header tells */
    const char *wrong; /* the same as a sentence; "" for LT_OK */
    uint32_t width, height; /* of the upright photo before quarter turns, pixels; 0 where status is not LT_OK */
    uint32_t orientation; /* EXIF's, 1..8, by which it is turned upright; 0 as above */
    lt_colour colour;
    const char *profile; /* as lt_result.profile */
} lt_photo_info;

/* What is measured of a photo before the network, on the square that it sees. */
typedef enum lt_measure {
    LT_SHARPNESS = 0, /* strength of fine edges against coarse ones and the luma's spread */
    LT_BRIGHTNESS, /* mean luma, 0..1 */
    LT_CONTRAST, /* from the luma's 2nd to its 98th percentile, over its mean; from 0 on */
    LT_SHADOWS, /* share of pixels that are black */
    LT_HIGHLIGHTS, /* share of pixels that are white */
    LT_LESION, /* share of the square that the largest dark parts take */
    LT_MEASURE_COUNT
} lt_measure;

/*
 * What may be wrong with a photo, as bits of lt_quality.faults: 1 << fault. LT_CUT: some of the square is missing, or
 * lacks detail, since the file was cut or damaged; the others are beyond a limit of the model's.
 */
typedef enum lt_fault {
    LT_BLURRED = 0,
    LT_DARK,
    LT_BRIGHT,
    LT_FLAT,
    LT_SMALL,
    LT_LARGE,
    LT_CUT,
    LT_FAULT_COUNT
} lt_fault;

typedef struct lt_quality {
    size_t
        size; /* sizeof(lt_quality), set by the caller where it is the caller's; the library writes no more than that */
    uint32_t faults; /* LT_CUT, and those beyond the limits of the picture's kind, where it has any */
    uint32_t measure_count; /* of the library that wrote it */
    float values[LT_MEASURE_COUNT]; /* by lt_measure: as many of these as size has room for */
} lt_quality;

/* Both ends belong to it; infinite where the model states none. */
typedef struct lt_range {
    float min, max;
} lt_range;

/* A threshold on lt_result.malignant for the data's prior, and what it does on the validation lesions of the kind. */
typedef struct lt_operating_point {
    const char *name; /* "0.90" */
    float threshold; /* malignant at or above it counts as found */
    float sensitivity, specificity;
    float ppv; /* share of those found that are malignant, at the data's shares */
    float ppv_at_2_percent; /* the same where 2 % of all lesions are malignant */
} lt_operating_point;

/* One class. The strings are UTF-8, end in 0 and live as long as the loaded model. */
typedef struct lt_label {
    const char *id; /* "mel"; "0", "1", … where the model names none */
    const char *name; /* "Melanoma"; the id where the model has no name */
    const char *about; /* one or two sentences in plain words; "" where the model has none */
    int malignant; /* not 0: counted in lt_result.malignant */
} lt_label;

/*
 * A kind of picture that the model tells from others, as taken through a dermatoscope or without one, and the numbers
 * by which such a picture is decided. The strings are UTF-8, end in 0 and live as long as the loaded model.
 */
typedef struct lt_kind {
    const char *id; /* "dermoscopic"; "" where the model tells no kinds, and then this is the only one */
    const char *name; /* "Dermatoscopic picture"; the id where the model has no name */
    float temperature; /* the logits are divided by it, > 0 */
    const float *log_prior; /* [label_count], natural logarithm of each class's share */
    float confidence; /* abstain where no probability for the data's prior reaches it; 0: never */
    const float *set_thresholds; /* [label_count], of the prediction set; NULL where the model states none */
    lt_prior set_prior; /* the prior of the probabilities that are held against them */
    float set_coverage; /* share of lesions whose class is in their set, (0, 1); 0 where there are no sets */
    const lt_operating_point *points; /* [point_count] */
    uint32_t point_count; /* 0..LT_MAX_POINTS */
    const lt_range *quality; /* by lt_measure: outside of it a photo has a fault */
    float ood_threshold; /* a larger score means "not a lesion"; NaN where the kind has none */
} lt_kind;

/* What neither a model file nor its user says, as bits of lt_model.unsaid. */
enum {
    LT_UNSAID_LABELS = 1, /* the classes' names: they are numbered */
    LT_UNSAID_PIXELS = 2, /* the range of the pixels: mean 127 and std 128 were taken */
    LT_UNSAID_MALIGNANT = 4 /* which classes are malignant: none was taken to be */
};

/*
 * What the user knows of a model whose file does not say it. All 0 but its size: nothing. Borrowed for the call.
 */
typedef struct lt_stated {
    size_t size; /* sizeof(lt_stated) */
    const char
        *labels; /* [labels_size] UTF-8, a class a line, in the order of the network's values; NULL: not stated */
    size_t labels_size;
    const uint8_t *malignant; /* [malignant_count] not 0: the class is malignant; NULL: not stated */
    uint32_t malignant_count; /* as many as there are classes, which have to have names */
    int has_pixels; /* not 0: mean and std are stated */
    float mean[3], std[3]; /* R, G, B: of a pixel value of 0..255 the network gets (pixel - mean) / std; std > 0 */
} lt_stated;

/* What the model file says of itself. Owned by the engine, valid until the next lt_load_model; new members come at the
 * end. */
typedef struct lt_model {
    const char *name; /* "unnamed" where the file has no metadata */
    const char *version; /* semantic version; "0.0.0" where the file has no metadata */
    const char *licence; /* "" where unknown */
    const char *attribution; /* "" where unknown */
    const char *metadata; /* the whole JSON document; "{}" where the file has none */
    const lt_label *labels; /* [label_count] */
    uint32_t label_count; /* 1..LT_MAX_LABELS */
    uint32_t width, height; /* of the network's input, pixels */
    float crop; /* side of the centre crop over the photo's shorter side, (0, 1] */
    float mean[3], std[3]; /* of the pixels the network was trained on, R, G, B, 0..255 */
    const lt_kind *kinds; /* [kind_count] */
    uint32_t kind_count; /* 1..LT_MAX_KINDS */
    uint32_t views; /* that can be averaged: 8, or 4 where the input is no square */
    size_t file_bytes; /* size of the model file */
    uint64_t fingerprint; /* of its bytes; another file has another one */
    uint32_t unsaid; /* LT_UNSAID_…: what stands on a guess */
} lt_model;

/*
 * The answer for one photo, to be read: made by lt_result_create, written by classifying. As large as the model's
 * classes. New members come at the end.
 */
typedef struct lt_result {
    uint64_t model; /* lt_model.fingerprint of the model that it is for */
    uint32_t views; /* 1..lt_model.views: how many the logits are the mean of; 0: no photo was classified into it */
    uint32_t kind; /* of the picture, by its first view: index in lt_model.kinds of the numbers that decided */
    uint32_t label_count; /* the model's classes */
    const uint32_t *order; /* [label_count] class indices by falling probability; [0] is the answer */
    const float *probabilities; /* [label_count] by class index; they add up to 1 */
    const float *logits; /* [label_count]: what the network gave, before temperature and prior */
    float malignant; /* summed probability of the malignant classes, 0..1 */
    lt_prior prior; /* the prior that was used */
    const uint32_t
        *set; /* [set_count] the prediction set, class indices in the same order; the likeliest class is always
                            in it */
    uint32_t set_count; /* 0 where the model states no sets, else 1..label_count */
    int abstain; /* not 0: no class is likely enough to be named */
    int not_a_lesion; /* not 0: the score is above the threshold of the kind; where the model tells kinds, the picture is
                            then of neither */
    float ood_score; /* of the first view; larger: stranger; NaN where the model has none */
    const lt_quality *quality; /* of the square that was classified */
    uint32_t photo_width, photo_height; /* of the upright photo before quarter turns, pixels */
    uint32_t decode_scale; /* 1, 2, 4 or 8: the JPEG was decoded at 1/scale */
    float
        missing; /* share of the square that the file lacks, 0..LT_MOST_MISSING: it is grey; a part without all its detail
                      counts half */
    lt_colour colour;
    const char
        *profile; /* UTF-8: the name of the colour profile, after what keeps it from being read; "" where there is
                            none */
    double decode_ms, resize_ms, infer_ms; /* infer_ms is the sum over the views */
} lt_result;

/* LT_VERSION of the library at work, "0.1.0"; never NULL. */
const char *lt_version(void);

/* One line of English for a status; never NULL. */
const char *lt_status_text(lt_status status);

/* The name of a status as in this header ("LT_OK"); never NULL. */
const char *lt_status_name(lt_status status);

/* "data" or "uniform"; never NULL. */
const char *lt_prior_name(lt_prior prior);

/* Find the prior of that name. LT_ARGUMENT where there is none. */
lt_status lt_prior_from_name(const char *name, lt_prior *out);

/* "sharpness", "brightness", …; never NULL. */
const char *lt_measure_name(lt_measure measure);

/* "unstated", "srgb", "converted", "unread"; never NULL. */
const char *lt_colour_name(lt_colour colour);

/* What a file is; its first 4096 bytes ([size] u8) are enough to tell. */
lt_photo_kind lt_photo_kind_of(const void *bytes, size_t size);

/* "jpeg", "png", "dicom", "heic", "other"; never NULL. */
const char *lt_photo_kind_name(lt_photo_kind kind);

/* "blurred", "dark", …; never NULL. */
const char *lt_fault_name(lt_fault fault);

/* Fill the first size bytes of *options, or of *request, with the defaults above; for languages without the two below. */
void lt_options_init(lt_options *options, size_t size);
void lt_request_init(lt_request *request, size_t size);

/* Fill *options, or *request, with the defaults above. */
static inline void lt_options_default(lt_options *options) {
    lt_options_init(options, sizeof *options);
}

static inline void lt_request_default(lt_request *request) {
    lt_request_init(request, sizeof *request);
}

/*
 * Make an engine without a model; options may be NULL for the defaults and are copied.
 * The caller owns *out and frees it with lt_destroy. On error *out is NULL.
 * Errors: LT_ARGUMENT, LT_MEMORY, LT_RUNTIME.
 */
lt_status lt_create(const lt_options *options, lt_engine **out);

/* Free an engine and all it owns; NULL is allowed. */
void lt_destroy(lt_engine *engine);

/*
 * End what is at work on the engine: from any thread, or a signal handler. A photo is read to the end of the row of blocks
 * that it is at, a network runs to the end of its operator; the call then returns LT_CANCELLED, and so does every other that
 * reads a photo or runs the network until lt_resume. Nothing else changes: a look that was cancelled may be made again.
 */
void lt_cancel(lt_engine *engine);

/* Take that back: from any thread. A call that has begun to end ends all the same. */
void lt_resume(lt_engine *engine);

/*
 * Load a model from the bytes of a .tflite file ([size] u8 at any address), which are borrowed for the call: weights are
 * packed as kernels want them, and what else is needed is copied. Everything in them is checked. On error the model loaded before, if any, stays and works on.
 * Errors: LT_ARGUMENT, LT_MEMORY, LT_MODEL_FORMAT, LT_MODEL_UNSUPPORTED, LT_MODEL_METADATA, LT_RUNTIME.
 */
lt_status lt_load_model(lt_engine *engine, const void *bytes, size_t size);

/*
 * The same of a model by other people, which has no metadata of ours: what its file does not say in TFLite Metadata (names,
 * author, licence, labels, normalisation), or says wrongly, the caller states; stated may be NULL. A quantised input takes
 * the pixels as they are where nothing else is said. What neither says is told by lt_model.unsaid.
 * Errors: as above, and LT_ARGUMENT where what is stated does not fit, or the file has metadata of ours, which is whole.
 */
lt_status lt_load_model_as(lt_engine *engine, const void *bytes, size_t size, const lt_stated *stated);

/*
 * Run the self-test that travels in the loaded model's file (model/selftest.h): the network has to give exactly the numbers
 * that it gave where the file was made. Costs one inference; what the engine keeps of the photo classified last stays.
 * Errors: LT_NO_MODEL, LT_NO_SELF_TEST, LT_SELF_TEST (the text names the first class that differs), LT_MODEL_METADATA and
 * LT_MODEL_UNSUPPORTED (the self-test itself is wrong, or newer than this engine), LT_MEMORY, LT_RUNTIME, LT_CANCELLED.
 */
lt_status lt_self_test(lt_engine *engine);

/* The loaded model, or NULL where none is loaded. */
const lt_model *lt_get_model(const lt_engine *engine);

/*
 * Make a place for the answers of the loaded model, the one allocation that they take. Others of the same model file may
 * use it too, and it may outlive the engine. The caller owns *out and frees it with lt_result_free; on error *out is NULL.
 * Errors: LT_ARGUMENT, LT_NO_MODEL, LT_MEMORY.
 */
lt_status lt_result_create(lt_engine *engine, lt_result **out);

/* Free a result; NULL is allowed. */
void lt_result_free(lt_result *result);

/* Copy an answer into a result for the same model. Errors: LT_ARGUMENT (they are for different models). */
lt_status lt_result_copy(const lt_result *from, lt_result *to);

/*
 * Classify a JPEG or PNG file, or a DICOM file of one picture, a baseline JPEG or RGB of 8 bits ([size] u8, borrowed for
 * the call; builds for WebAssembly leave DICOM out: LT_IMAGE_UNSUPPORTED). The photo is turned upright by its EXIF
 * orientation, then as requested, cropped, resized, brought to sRGB and run through the network. request may be NULL for
 * the defaults. *result, made for the loaded model, is written on LT_OK only.
 *
 * A file that is cut or damaged is read as far as it can be: what is missing of the square is grey, result->missing
 * says how much that is, and the photo has the fault LT_CUT. Above LT_MOST_MISSING there is no answer but
 * LT_IMAGE_FORMAT.
 * Errors: LT_ARGUMENT, LT_NO_MODEL, LT_MEMORY, LT_IMAGE_FORMAT, LT_IMAGE_UNSUPPORTED, LT_IMAGE_SIZE, LT_RUNTIME.
 */
lt_status lt_classify(lt_engine *engine, const void *photo, size_t size, const lt_request *request, lt_result *result);

/*
 * Look into a photo ([size] u8). The bytes are borrowed until lt_photo_close: they may be hundreds of megabytes, and whoever
 * has them has them in memory once already. What cannot be read opens all the same, and says why. Needs no model. The
 * caller owns *out; it belongs to the engine, which must outlive it, as do its bytes. On error *out is NULL.
 * Errors: LT_ARGUMENT, LT_MEMORY.
 */
lt_status lt_photo_open(lt_engine *engine, const void *bytes, size_t size, lt_photo **out);

/* Free a photo; NULL is allowed. */
void lt_photo_close(lt_photo *photo);

/* What the photo says of itself; valid until lt_photo_close. NULL for NULL. */
const lt_photo_info *lt_photo_about(const lt_photo *photo);

/* lt_classify for a square of an open photo. Errors: as there, and those of lt_photo_info.status. */
lt_status lt_photo_classify(lt_photo *photo, const lt_request *request, lt_result *result);

/*
 * The bytes that the decoder will hold when that square is read: never less, and at most a quarter more, beside the
 * model's memory and the photo's own bytes. *bytes is written on LT_OK only. Errors: as lt_photo_classify, as far as a
 * header tells.
 */
lt_status lt_photo_bytes(lt_photo *photo, const lt_request *request, uint64_t *bytes);

/*
 * Only measure the quality of a square, as lt_check_rgba does. *out is written on LT_OK only.
 * Errors: as lt_photo_classify.
 */
lt_status lt_photo_check(lt_photo *photo, const lt_request *request, lt_quality *out);

/*
 * Propose what to look at, as lt_propose_rgba does, from a small picture of the whole photo. Needs no model.
 * *request is changed on LT_OK only. Errors: LT_ARGUMENT, LT_MEMORY, those of lt_photo_info.status, LT_IMAGE_FORMAT.
 */
lt_status lt_photo_propose(lt_photo *photo, lt_request *request);

/*
 * Draw a square of the photo small: rgba is [side, side, 4] u8, upright, turned as requested, in sRGB, opaque; side is
 * 1..4096. Without a model, or with request->side 0, it is the largest square in the centre. A large JPEG is decoded at an
 * eighth of its size at best. rgba is written on LT_OK only. Errors: as lt_photo_propose.
 */
lt_status lt_photo_draw(lt_photo *photo, const lt_request *request, uint32_t side, uint8_t *rgba);

/*
 * lt_classify for pixels decoded elsewhere: rgba is [height, width, 4] u8, rows without gaps, upright,
 * alpha not premultiplied (it is laid over white). Borrowed for the call.
 */
lt_status lt_classify_rgba(lt_engine *engine, const uint8_t *rgba, uint32_t width, uint32_t height,
                           const lt_request *request, lt_result *result);

/*
 * Look at the square classified last once more, turned or mirrored (lt_model.views ways in all), and decide again
 * from the mean of the logits so far, by the result's kind. *result is what that classification or the last look gave; it is
 * changed on LT_OK only. Costs one inference.
 * Errors: LT_ARGUMENT (another result, nothing classified yet, or all views are done), LT_NO_MODEL, LT_RUNTIME.
 */
lt_status lt_look_again(lt_engine *engine, lt_result *result);

/*
 * Only measure the quality of what lt_classify_rgba would classify; no inference, so the picture's kind is not known:
 * a fault is what is beyond the limits of every kind. What the engine keeps of the photo classified last stays. *out
 * is written on LT_OK only. Errors: LT_ARGUMENT, LT_NO_MODEL, LT_MEMORY, LT_IMAGE_SIZE.
 */
lt_status lt_check_rgba(lt_engine *engine, const uint8_t *rgba, uint32_t width, uint32_t height,
                        const lt_request *request, lt_quality *out);

/*
 * Propose what to look at: the square around what looks like the lesion, the largest dark part of the photo, as
 * request->x, y and side for a photo without quarter turns (which are set to 0, too). Where nothing stands out from
 * its ground, side is 0: the model's own crop. Needs no engine and takes rgba as lt_classify_rgba does; a small
 * picture of the whole photo is enough, and quick. *request is changed on LT_OK only. Errors: LT_ARGUMENT,
 * LT_IMAGE_SIZE where a side is 0 or above 4096.
 */
lt_status lt_propose_rgba(const uint8_t *rgba, uint32_t width, uint32_t height, lt_request *request);

/*
 * Decide again from a result's logits with another prior, by the result's kind; no inference. Changes probabilities,
 * order, malignant, prior and the order of the set. Errors: LT_ARGUMENT (a result of another model, or without an answer),
 * LT_NO_MODEL.
 */
lt_status lt_decide(lt_engine *engine, lt_prior prior, lt_result *result);

/*
 * The feature map before pooling of the photo classified last (its first view), as [height, width, channels] f32,
 * row-major. Call with out = NULL to learn the shape; capacity counts floats.
 * Errors: LT_ARGUMENT (capacity is short, or this model has classified no photo yet), LT_NO_MODEL,
 * LT_MODEL_UNSUPPORTED where the graph has none.
 */
lt_status lt_feature_map(lt_engine *engine, float *out, size_t capacity, uint32_t shape[3]);

/*
 * The class activation map of a class (its index): how much each place of the square classified last (its first
 * view, upright and turned) speaks for the class, as [height, width] f32, row-major; shape is {height, width}.
 * No inference. Call with out = NULL to learn the shape; capacity counts floats.
 * Errors: LT_ARGUMENT (no such class, capacity is short, or this model has classified no photo yet), LT_NO_MODEL,
 * LT_MODEL_UNSUPPORTED where the network does not end in global pooling and one dense layer.
 */
lt_status lt_class_map(lt_engine *engine, uint32_t label, float *out, size_t capacity, uint32_t shape[2]);

/* A lesion of an atlas that looks like the photo to the network; no proof of anything. */
typedef struct lt_neighbour {
    uint32_t lesion; /* index in the atlas */
    uint32_t label; /* its diagnosis, a class index */
    float similarity; /* -1..1, cosine of the angle between both as the network sees them; 1: the same */
} lt_neighbour;

/*
 * Take an atlas of lesions with known diagnosis ([size] u8, src/atlas.h), made for the loaded network. The bytes are
 * borrowed and must stay unchanged until another atlas or model is loaded or the engine is destroyed; loading a model
 * lets the atlas go. On error the atlas loaded before, if any, stays.
 * Errors: LT_ARGUMENT, LT_NO_MODEL, LT_ATLAS, LT_MEMORY.
 */
lt_status lt_load_atlas(lt_engine *engine, const void *bytes, size_t size);

/*
 * The lesions of the atlas that look most like the photo classified last (its first view), of its kind of picture, the
 * most similar first, as out [*count] of at most capacity and LT_NEIGHBOURS. No inference.
 * Errors: LT_ARGUMENT (no atlas is loaded, or this model has classified no photo yet), LT_NO_MODEL.
 */
lt_status lt_similar(lt_engine *engine, lt_neighbour *out, uint32_t capacity, uint32_t *count);

/* What lt_result_json writes besides the result. NULL stands for none of it. */
typedef struct lt_extras {
    size_t size; /* sizeof(lt_extras) */
    const char *file; /* the photo's name; NULL: none */
    int logits; /* not 0: also the network's own values */
    int map; /* not 0: also the class activation map of map_label, where the network has one; the result is then the one of the
                photo classified last */
    uint32_t map_label;
} lt_extras;

/*
 * Write a result as one JSON object without line breaks, as `lentigo classify --json` prints it. Its "kind" is the
 * kind's id, "neither" where this is not a lesion, null where the model tells no kinds; where it does, "decided_by" is the
 * kind whose numbers decided.
 * Returns the bytes needed without the final 0 (as snprintf does); 0 on bad arguments, or where the result is of another
 * model or has no answer.
 */
size_t lt_result_json(const lt_engine *engine, const lt_result *result, const lt_extras *extras, char *out,
                      size_t capacity);

/* Write a quality as the result's JSON has it, {"sharpness":…,…,"faults":["blurred",…]}. Returns as above. */
size_t lt_quality_json(const lt_quality *quality, char *out, size_t capacity);

/* Write a map of lt_class_map as {"label","width","height","values"}. Returns as above; 0 where there is none. */
size_t lt_map_json(const lt_engine *engine, uint32_t label, char *out, size_t capacity);

/*
 * Write the loaded model as one JSON object: name, version, licence, attribution, bytes, input
 * {width, height, crop, mean, std}, views, labels [{id, name, about, malignant}], kinds [{id, name, temperature,
 * log_prior}], unsaid ["labels", "pixels", "malignant"] (but in the builds for WebAssembly that run our own models alone) and metadata,
 * the model file's own document. Returns as lt_result_json does; 0 where no model is loaded.
 */
size_t lt_model_json(const lt_engine *engine, char *out, size_t capacity);

/*
 * Write which kernels compute the loaded model on this processor, and how many operators each runs:
 * [{name, operators}], those of other kernels than ours as "XNNPACK". Returns as lt_result_json does; 0 where no model
 * is loaded.
 */
size_t lt_kernels_json(const lt_engine *engine, char *out, size_t capacity);

/*
 * Write the lesions of lt_similar as [{id, label, similarity, confirmed, source, where, attribution, licence, picture
 * {offset, bytes, pixels}}]: whose picture it is and on which conditions, and where in the atlas its picture lies, a
 * WebP file. Returns as lt_result_json does; 0 where there are none to tell.
 */
size_t lt_similar_json(lt_engine *engine, char *out, size_t capacity);

/* A hash of all that the network computes its features with, by which an atlas knows it; 0 where no model is loaded. */
uint64_t lt_network(const lt_engine *engine);

/* What went wrong in the last call on this engine, naming field and place; "" after LT_OK. */
const char *lt_error_text(const lt_engine *engine);

/* Largest number of bytes this engine has held at once: the model, made ready, and what photos are decoded in. */
size_t lt_peak_bytes(const lt_engine *engine);

#ifdef __cplusplus
}
#endif

#endif
