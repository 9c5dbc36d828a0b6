using Baton.Playbooks;
using Baton.Storage;

namespace Baton.Gateway.Money.Exporting;

/// <summary>What an export wrote.</summary>
/// <param name="Next">Where the next one goes on.</param>
internal readonly record struct Exported(long Rows, long Next, Usd Cost);

/// <summary>Receipts as a stream for a warehouse, in the order in which they were written.</summary>
internal static class ReceiptExport
{
    /// <summary>Receipts that are read and written at once.</summary>
    private const int Page = 10_000;

    /// <param name="after">Place of the last that is known; 0: none.</param>
    /// <param name="since">Older ones are left out.</param>
    /// <param name="most">Receipts at most.</param>
    public static async Task<Exported> WriteAsync(
        Database database, ReceiptFormat format, Stream stream, long after, DateTimeOffset since, long most,
        CancellationToken cancellationToken)
    {
        var done = new Exported(0, after, Usd.Zero);
        await using var writer = new ReceiptWriter(format, stream);
        while (done.Rows < most)
        {
            var limit = (int)Math.Min(Page, most - done.Rows);
            var page = database.Read(c => ReceiptStore.After(c, done.Next, since, limit));
            if (page.Count == 0) break;
            await writer.WriteAsync(page, cancellationToken);
            done = new Exported(done.Rows + page.Count, page[^1].Place,
                done.Cost + Usd.FromNanos(page.Sum(r => r.Receipt.Cost.Nanos)));
        }
        await writer.EndAsync(cancellationToken);
        return done;
    }
}
