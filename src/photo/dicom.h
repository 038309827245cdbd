/* dicom.h - the picture in a DICOM file. */
#ifndef LT_PHOTO_DICOM_H
#define LT_PHOTO_DICOM_H

#include "job.h"

/*
 * Open a DICOM file: after it, job is one for the JPEG in it (job->kind says so), or its picture is there.
 * Errors: LT_IMAGE_FORMAT, LT_IMAGE_UNSUPPORTED, LT_IMAGE_SIZE, LT_MEMORY. A build without DICOM refuses them all.
 */
#ifdef IMG_WITHOUT_DICOM
static inline lt_status img_open_dicom(img_scratch *scratch, img_job *job, const img_want *want, lt_error *error) {
    (void)scratch, (void)job, (void)want;
    return lt_fail(error, LT_IMAGE_UNSUPPORTED, "photo: a DICOM file, which this build does not read");
}
#else
lt_status img_open_dicom(img_scratch *scratch, img_job *job, const img_want *want, lt_error *error);
#endif

#endif
