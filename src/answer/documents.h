/* documents.h - results, qualities, maps and models as JSON. */
#ifndef LT_ANSWER_DOCUMENTS_H
#define LT_ANSWER_DOCUMENTS_H

#include "base/json.h"

/* The result as lt_result_json gives it, but for the map and the closing brace. */
void doc_result_open(json_out *out, const lt_model *model, const lt_result *result, const lt_extras *extras);

/* {"sharpness":…,…,"faults":[…]} */
void doc_quality(json_out *out, const lt_quality *quality);

/* {"label","width","height","values":[…]}; values is [height, width] f32. */
void doc_map(json_out *out, const char *label, const float *values, uint32_t height, uint32_t width);

/* {"file","error"}: a photo without an answer. */
void doc_failure(json_out *out, const char *file, const char *error);

/*
 * The model as lt_model_json gives it, without the closing brace so that a caller may add members.
 * {"name","version","licence","attribution","bytes","input":{"width","height","crop","mean","std"},
 * "views","labels":[{"id","name","about","malignant"}],"kinds":[{"id","name","temperature","log_prior":[…]}],
 * "metadata":{…}
 */
void doc_model_open(json_out *out, const lt_model *model);

#endif
