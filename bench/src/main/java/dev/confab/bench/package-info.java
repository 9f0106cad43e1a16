/**
 * The load tool behind {@code confab bench}, and the bare loop that figures stand beside.
 *
 * <p>A {@link dev.confab.bench.Run} opens {@link dev.confab.bench.Client clients} on a few {@link dev.confab.bench.Lane
 * lanes}, lets {@link dev.confab.bench.Publisher publishers} talk, checks what every client hears with an {@link
 * dev.confab.bench.IdChecker}, and ends with an {@link dev.confab.bench.Outcome}.
 */
@NullMarked
package dev.confab.bench;

import org.jspecify.annotations.NullMarked;
