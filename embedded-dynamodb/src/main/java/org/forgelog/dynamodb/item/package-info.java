/** The item model: attribute values, their JSON form, their size by AWS's rules and the order of keys. */
@NullMarked
package org.forgelog.dynamodb.item;

import org.jspecify.annotations.NullMarked;
