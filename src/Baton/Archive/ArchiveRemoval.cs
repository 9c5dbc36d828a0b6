using Baton.Archive.Segments;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Archive;

/// <summary>Takes out of the database what a segment holds, and leaves the checkpoint.</summary>
internal static class ArchiveRemoval
{
    /// <summary>One stream, up to where the segment has it. What came since stays; done once is done.</summary>
    /// <exception cref="StorageException">The ledger has another event there.</exception>
    public static void Remove(WriteTransaction transaction, ArchiveSegment segment, SegmentHead head)
    {
        transaction.Lock(head.Stream);
        if (ArchivedStream.Find(transaction, head.Stream) is { } known && known.Version >= head.To) return;
        List<StoredEvent> events =
            [.. Ledger.Read(transaction, head.Stream).TakeWhile(e => e.Version <= head.To)];
        if (events.Count != head.To || events[^1].Hash != head.Last)
            throw new StorageException(
                $"{head.Stream} version {head.To} is not the event that {segment.Name} holds, so it stays; `baton ledger "
                + "verify` names what is wrong.", isTransient: false);
        new ArchivedStream(head.Stream, head.To, head.Last, segment.Month, segment.Number).Replace(transaction, events);
        foreach (var position in head.Messages) RemoveText(transaction, segment.Number, head.Stream, position);
    }

    /// <summary>
    /// The first message stays whole: it says where an answer to a customer who comes back goes. Of the others stay
    /// place, names, key and redacted text.
    /// </summary>
    private static void RemoveText(WriteTransaction transaction, long segment, string ticket, int position)
    {
        transaction.Execute(
            """
            update messages set archived = $3, sealed = case when position = 1 then sealed else null end
            where conversation_id = $1 and position = $2 and archived is null and erased_at is null
            """, ticket, (long)position, segment);
        transaction.Execute(
            """
            update attachments set sealed = null, not_stored = 'archived'
            where conversation_id = $1 and position = $2 and not_stored is null
            """, ticket, (long)position);
    }
}
