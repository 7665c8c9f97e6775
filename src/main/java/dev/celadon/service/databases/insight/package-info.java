/**
 * What can be asked about databases beside what is in them: logs, usage, the server. Entry: {@link
 * dev.celadon.service.databases.insight.InsightActions}. Rule: who asks is a key or an admin; what
 * others did, and from where, is nobody else's business.
 */
@NullMarked
package dev.celadon.service.databases.insight;

import org.jspecify.annotations.NullMarked;
