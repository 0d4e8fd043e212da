/**
 * Tells people what happens to their jobs: by webhook, with templates for the usual chats, and by mail. Read {@link
 * io.flinkyarn.autoscaler.notify.Notifier} first. Nothing waits for it: an event is put into the outbox of each receiver that wants it, and
 * a chore of the loop empties the outboxes.
 */
@NullMarked
package io.flinkyarn.autoscaler.notify;

import org.jspecify.annotations.NullMarked;
