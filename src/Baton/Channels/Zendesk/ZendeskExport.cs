using System.Runtime.CompilerServices;
using System.Text.Json;
using Baton.Operations.Vendors;

namespace Baton.Channels.Zendesk;

/// <summary>A page of the incremental export.</summary>
/// <param name="Tickets">Tickets as the vendor writes them; the same one comes again when it has changed
/// meanwhile.</param>
/// <param name="Cursor">Where to go on, now or another day; null when the page had none.</param>
/// <param name="Problem">Why it ends here; null while it goes on, or at the end of the stream.</param>
internal sealed record ZendeskPage(IReadOnlyList<JsonElement> Tickets, string? Cursor, string? Problem = null);

/// <summary>
/// Everything that changed in Zendesk since a time, page by page (cursor-based incremental ticket export;
/// administrators only, ten calls a minute): what a history is read from. It waits out limits and short failures.
/// </summary>
internal sealed class ZendeskExport(VendorCalls calls, TimeProvider clock)
{
    private const int Attempts = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10), LongestPause = TimeSpan.FromMinutes(5);

    /// <param name="cursor">From an earlier page; null begins at <paramref name="since"/>.</param>
    /// <param name="since">More than a minute ago: the vendor refuses later ones.</param>
    public async IAsyncEnumerable<ZendeskPage> ReadAsync(
        string? cursor, DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var answer = await AskAsync(Path(cursor, since), cancellationToken);
            if (answer is VendorAnswer.Failed failed)
            {
                yield return new ZendeskPage([], cursor, failed.Failure.Why);
                yield break;
            }
            var page = ((VendorAnswer.Done)answer).Reply.Body;
            var next = page.Text("after_cursor");
            yield return new ZendeskPage([.. page.Items("tickets")], next ?? cursor);
            // A page without a way on would be asked for again and again.
            if (page.IsTrue("end_of_stream") || next is null || next == cursor) yield break;
            cursor = next;
        }
    }

    /// <summary>Address of a page.</summary>
    public static string Path(string? cursor, DateTimeOffset since) => "/api/v2/incremental/tickets/cursor?"
        + (string.IsNullOrEmpty(cursor)
            ? $"start_time={since.ToUnixTimeSeconds()}" : $"cursor={Uri.EscapeDataString(cursor)}");

    private async Task<VendorAnswer> AskAsync(string path, CancellationToken cancellationToken)
    {
        for (var left = Attempts; ; left--)
        {
            var answer = await calls.GetAsync(path, cancellationToken);
            if (left == 1 || answer is not VendorAnswer.Failed { Failure: { MayPass: true } failure }) return answer;
            var pause = failure.After ?? Pause;
            await Task.Delay(pause < LongestPause ? pause : LongestPause, clock, cancellationToken);
        }
    }
}
