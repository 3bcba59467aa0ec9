#ifndef DONDOC_CCURL_H
#define DONDOC_CCURL_H

/* Swift cannot call C's variadic functions. These inline wrappers give each shape of libcurl's calls a fixed signature, and nothing else. */

#include <curl/curl.h>

/* Macros with casts, which Swift does not import. */
static const long ccurl_auth_basic = CURLAUTH_BASIC;
static const long ccurl_auth_bearer = CURLAUTH_BEARER;

typedef size_t (*ccurl_write_callback)(char *_Nonnull bytes, size_t size, size_t count, void *_Nonnull context);
typedef size_t (*ccurl_read_callback)(char *_Nonnull buffer, size_t size, size_t count, void *_Nonnull context);
typedef int (*ccurl_progress_callback)(
    void *_Nonnull context, curl_off_t download_total, curl_off_t downloaded, curl_off_t upload_total, curl_off_t uploaded);
typedef int (*ccurl_debug_callback)(
    CURL *_Nonnull handle, curl_infotype type, char *_Nonnull bytes, size_t count, void *_Nonnull context);

static inline CURLcode ccurl_set_long(CURL *_Nonnull handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_large(CURL *_Nonnull handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_string(CURL *_Nonnull handle, CURLoption option, const char *_Nullable value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_list(CURL *_Nonnull handle, CURLoption option, struct curl_slist *_Nullable list) {
    return curl_easy_setopt(handle, option, list);
}

/* The buffer must hold CURL_ERROR_SIZE bytes and outlive the handle. */
static inline CURLcode ccurl_set_error_buffer(CURL *_Nonnull handle, char *_Nonnull buffer) {
    return curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, buffer);
}

/* libcurl copies the body. */
static inline CURLcode ccurl_set_body(CURL *_Nonnull handle, const void *_Nonnull bytes, curl_off_t count) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, count);
    return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_COPYPOSTFIELDS, (const char *)bytes);
}

static inline CURLcode ccurl_set_body_callback(CURL *_Nonnull handle, ccurl_write_callback _Nonnull callback, void *_Nonnull context) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, callback);
    return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_WRITEDATA, context);
}

static inline CURLcode ccurl_set_header_callback(CURL *_Nonnull handle, ccurl_write_callback _Nonnull callback, void *_Nonnull context) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, callback);
    return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_HEADERDATA, context);
}

static inline CURLcode ccurl_set_upload_callback(CURL *_Nonnull handle, ccurl_read_callback _Nonnull callback, void *_Nonnull context) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_READFUNCTION, callback);
    return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_READDATA, context);
}

static inline CURLcode ccurl_set_progress_callback(CURL *_Nonnull handle, ccurl_progress_callback _Nonnull callback, void *_Nonnull context) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, callback);
    if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_XFERINFODATA, context);
    return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
}

static inline CURLcode ccurl_set_debug_callback(CURL *_Nonnull handle, ccurl_debug_callback _Nonnull callback, void *_Nonnull context) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, callback);
    if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_DEBUGDATA, context);
    return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_VERBOSE, 1L);
}

static inline CURLcode ccurl_get_long(CURL *_Nonnull handle, CURLINFO info, long *_Nonnull value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode ccurl_get_large(CURL *_Nonnull handle, CURLINFO info, curl_off_t *_Nonnull value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode ccurl_get_socket(CURL *_Nonnull handle, curl_socket_t *_Nonnull value) {
    return curl_easy_getinfo(handle, CURLINFO_ACTIVESOCKET, value);
}

/* The text belongs to the handle. */
static inline CURLcode ccurl_get_string(CURL *_Nonnull handle, CURLINFO info, const char *_Nullable *_Nonnull value) {
    return curl_easy_getinfo(handle, info, value);
}

/* Names the calling thread for ps and gdb, at most 15 bytes; Swift's Glibc module hides the GNU call. */
void ccurl_name_this_thread(const char *_Nonnull name);

/* The next transfer that has ended, or NULL; flattens the anonymous union inside CURLMsg. */
static inline CURL *_Nullable ccurl_multi_done(CURLM *_Nonnull multi, CURLcode *_Nonnull code) {
    int left;
    CURLMsg *message;
    while ((message = curl_multi_info_read(multi, &left))) {
        if (message->msg == CURLMSG_DONE) {
            *code = message->data.result;
            return message->easy_handle;
        }
    }
    return NULL;
}

#endif
