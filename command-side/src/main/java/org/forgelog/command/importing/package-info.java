/** Histories of other forges, read from files and carried out as commands. */
@NullMarked
package org.forgelog.command.importing;

import org.jspecify.annotations.NullMarked;
