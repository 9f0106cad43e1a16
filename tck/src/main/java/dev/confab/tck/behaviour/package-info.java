/**
 * What clients, hooks and embedders may rely on, as tests: {@link dev.confab.tck.behaviour.BehaviourSuite} runs them on a
 * store.
 */
package dev.confab.tck.behaviour;
