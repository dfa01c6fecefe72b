// given.h - between the files that make a test's data.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_TESTING_GIVEN_H
#define MOAT_TESTING_GIVEN_H

#include "testing/testing.h"

#define TEST_SUBSCRIPTION "00000000-0000-0000-0000-000000000000"

// A model value without expressions as data; its texts are shared.
Data given_value(Arena *a, const Value *v);
// What a resource has that says only some of it: type, name, id, location.
Data given_resource(Arena *a, const KindInfo *kind, const Data *said);
// `said` changed where `where`, objects around a null, leads: to what `body` has there, or to
// nothing.
Data given_changed(Arena *a, const Data *said, const Data *where, const Data *body);
// resourceGroup() and subscription(): what is said over what a group, a subscription has.
// A member said to be null is not there.
Data given_group(Arena *a, const Data *said, const Data *resource);
Data given_subscription(Arena *a, const Data *said);
Data given_request(Arena *a, const Data *said, const KindInfo *kind, const char **ret_time);

Data given_object(Arena *a, const DataMember *members, uint32_t count);
DataMember given_member(const char *name, Data value);

#endif
