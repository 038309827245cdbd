/* decide.h - from the network's logits to the answer: temperature, prior, softmax, order. */
#ifndef LT_ANSWER_DECIDE_H
#define LT_ANSWER_DECIDE_H

#include "base/error.h"
#include "result.h"

/*
 * values: [count] f32, probabilities on entry, their logarithms on return. For networks that end in
 * SOFTMAX or LOGISTIC: the softmax of the logarithms gives the probabilities back. A probability of 0
 * counts as the smallest normal float.
 */
void dec_logarithms(float *values, uint32_t count);

/*
 * Decide from r->logits ([model->label_count] f32) by the kind model->kinds[r->shown.kind], which must be in range: the
 * share of class i is exp(logit[i] / temperature + log_prior[i]) over the sum of all; the uniform prior adds
 * nothing.
 * Writes probabilities, order, malignant, prior, set, set_count and abstain. Equal classes keep their order.
 *
 * A class is in the set where its share for the kind's set_prior reaches its threshold; a set that would be
 * empty takes the class of the largest such share. abstain holds where no share for the data's prior reaches
 * the kind's confidence. Neither depends on `prior`.
 * LT_RUNTIME where a logit is not finite; *r is then unchanged.
 */
lt_status dec_decide(const lt_model *model, lt_prior prior, full_result *r, lt_error *error);

#endif
