/**
 * What a synthesized CloudFormation template says a bus is: tables, streams, buckets, functions, what feeds them and what calls them. It is
 * read strictly: what AWS would refuse, and what this machine would have to pass over although it changes what runs, is refused with where it
 * stands. Nothing is started here.
 */
@NullMarked
package dev.weir.local.template;

import org.jspecify.annotations.NullMarked;
