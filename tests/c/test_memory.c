/*
 * test_memory.c - each allocation of loading fails in turn: LT_MEMORY, and nothing leaks (the leak
 * sanitizer looks at the end).
 */
#include "check.h"

#include <stdlib.h>

#include "netload.h"
#include "scarce.h"
#include "smallnet.h"

/* Load with allocations failing from number n on, or number n alone; returns the status. */
static lt_status load_with_failure(const mk_model *m, uint32_t threads, long n, int once, net **out) {
    lt_error error = {.status = LT_OK};
    made = 0;
    failing_from = n;
    fails_once = once;
    lt_status status = net_from_file(m->file.bytes, m->file.size, threads, out, &error);
    failing_from = -1;
    assert_int_equal(error.status, status);
    if (status != LT_OK) assert_null(*out);
    return status;
}

/* m is freed. */
static void every_allocation_may_fail(mk_model *m, uint32_t threads, int once) {
    mk_write(m);
    net *n = NULL;
    long number = 0;
    while (load_with_failure(m, threads, number, once, &n) == LT_MEMORY) number++;
    assert_non_null(n);
    assert_true(number > 40);
    assert_int_equal(number, made); /* the last load needed all of them */
    net_free(n);
    mk_free(m);
}

static void memory_runs_out(void **state) {
    (void)state;
    every_allocation_may_fail(smallnet(1, NULL), 1, 0);
    every_allocation_may_fail(smallnet(0, NULL), 1, 0);
    every_allocation_may_fail(smallnet(1, NULL), 2, 0);
    every_allocation_may_fail(smallnet_with(1, SMALLNET_FLOAT_LOGITS, NULL, NULL), 1, 0);
}

static void one_allocation_fails(void **state) {
    (void)state;
    every_allocation_may_fail(smallnet(1, NULL), 1, 1);
    every_allocation_may_fail(smallnet(0, NULL), 1, 1);
    every_allocation_may_fail(smallnet_with(1, SMALLNET_FLOAT_LOGITS, NULL, NULL), 1, 1);
}

static void running_allocates_nothing(void **state) {
    (void)state;
    for (int which = 0; which < 3; which++) {
        mk_model *m = which < 2 ? smallnet(which, NULL) : smallnet_with(1, SMALLNET_FLOAT_LOGITS, NULL, NULL);
        mk_write(m);
        net *n;
        float shares[SMALLNET_CLASSES];
        lt_error error = {.status = LT_OK};
        assert_int_equal(load_with_failure(m, 2, -1, 0, &n), LT_OK);
        size_t peak = net_peak_bytes(n);
        made = 0;
        for (int i = 0; i < 3; i++) assert_int_equal(net_run(n, shares, &error), LT_OK);
        assert_int_equal(made, 0);
        assert_int_equal(net_peak_bytes(n), peak);
        net_free(n);
        mk_free(m);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_runs_out),
        cmocka_unit_test(one_allocation_fails),
        cmocka_unit_test(running_allocates_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
