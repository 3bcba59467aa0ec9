#ifndef DONDOC_POWERCUT_H
#define DONDOC_POWERCUT_H

// Makes a layer between SQLite and its files the default of this process. It does what it is asked and writes each write, sync and truncation of
// databases and their write-ahead logs into a journal, in the order in which they were done. Returns 0, or an SQLite error code.
//
// An entry is: operation (1 byte: 'w', 's', 't', 'm'), file (1 byte: 0 the database, 1 its log), offset or new size (8 bytes), length (4 bytes), both
// of this machine's byte order, and as many bytes.
int powercut_install(const char *journal);

// Adds a mark of somebody who watches: everything that stands before it in the journal was done before.
void powercut_mark(const void *bytes, int length);

#endif
