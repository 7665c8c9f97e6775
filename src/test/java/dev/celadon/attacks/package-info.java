/**
 * What attackers and broken machines do, each in a test of its own against a real server on a real
 * PostgreSQL. Numbers in the names (A58, F19) are those of our tables of attacks and faults.
 */
package dev.celadon.attacks;
